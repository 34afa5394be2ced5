-- What an analyst decided about anticipation from counts, by the service that is asked for. The journal has every decision; here is the last.
CREATE TABLE needs_anticipation (
    "Service" text NOT NULL PRIMARY KEY,
    "Approved" {bool} NOT NULL,
    "Reason" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "From" {date} NOT NULL,
    "To" {date} NOT NULL,
    "Tried" {long} NOT NULL
);
