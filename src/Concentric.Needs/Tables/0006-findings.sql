-- What people decided about findings of the need model. A finding is worked out of the model and known by its id; nothing is ever taken out of here.
CREATE TABLE needs_finding_action (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Finding" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Title" text NOT NULL,
    "Action" {enum} NOT NULL,
    "GivenTo" {id} NULL,
    "Note" text NULL,
    "Due" {date} NULL,
    "Edition" {int} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);
CREATE INDEX needs_finding_action_finding ON needs_finding_action ("Finding");
