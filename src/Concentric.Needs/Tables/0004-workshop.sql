-- In which draft somebody works; gone when that is published or discarded.
CREATE TABLE needs_draft_in_work (
    "Person" text NOT NULL PRIMARY KEY,
    "Edition" {id} NOT NULL REFERENCES needs_edition ("Id")
);

CREATE TABLE needs_workshop (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Title" text NOT NULL,
    "HeldOn" {date} NOT NULL,
    "Venue" text NOT NULL,
    "Situation" text NOT NULL REFERENCES needs_concept ("Uri"),
    "Services" text NULL,
    "By" text NOT NULL,
    "CreatedAt" {time} NOT NULL,
    "Draft" {id} NULL
);

CREATE TABLE needs_workshop_statement (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Workshop" {id} NOT NULL REFERENCES needs_workshop ("Id"),
    "Ring" {enum} NOT NULL,
    "Concept" text NULL REFERENCES needs_concept ("Uri"),
    "Words" text NULL,
    "Because" text NULL,
    "Strength" {enum} NOT NULL,
    "SaidBy" text NOT NULL,
    "Quote" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);
CREATE INDEX needs_workshop_statement_workshop ON needs_workshop_statement ("Workshop");
