-- Tables that the council loads for the lookups of forms: rounds, addresses. Values stand in the order of the table's columns.
CREATE TABLE serve_reference_table (
    "Name" text NOT NULL CONSTRAINT "PK_serve_reference_table" PRIMARY KEY,
    "Columns" text NOT NULL,
    "KeyColumns" text NOT NULL,
    "Rows" {int} NOT NULL,
    "Digest" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);

CREATE TABLE serve_reference_row (
    "Table" text NOT NULL,
    "Key" text NOT NULL,
    "Number" {int} NOT NULL,
    "Values" text NOT NULL,
    CONSTRAINT "PK_serve_reference_row" PRIMARY KEY ("Table", "Key", "Number")
);
