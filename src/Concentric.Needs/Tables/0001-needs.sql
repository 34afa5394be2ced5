CREATE TABLE needs_scheme (
    "Uri" text NOT NULL PRIMARY KEY,
    "Identifier" text NOT NULL,
    "Label" text NOT NULL,
    "Version" text NOT NULL,
    "Licence" text NOT NULL,
    "Attribution" text NOT NULL,
    "Source" text NOT NULL,
    "ModifiedAt" {time} NOT NULL,
    "SeedDigest" text NULL
);

CREATE TABLE needs_concept (
    "Uri" text NOT NULL PRIMARY KEY,
    "Scheme" text NOT NULL REFERENCES needs_scheme ("Uri"),
    "Identifier" text NOT NULL,
    "Type" {enum} NOT NULL,
    "Label" text NOT NULL,
    "CitizenLabel" text NULL,
    "Definition" text NULL,
    "OtherWords" text NULL,
    "Status" {enum} NOT NULL,
    "InLgsl" {bool} NOT NULL,
    "Place" {int} NOT NULL
);
CREATE UNIQUE INDEX needs_concept_identifier ON needs_concept ("Scheme", "Identifier");

CREATE TABLE needs_relation (
    "Subject" text NOT NULL REFERENCES needs_concept ("Uri"),
    "Predicate" {enum} NOT NULL,
    "Object" text NOT NULL REFERENCES needs_concept ("Uri"),
    "Source" text NOT NULL,
    "Confidence" {enum} NOT NULL,
    "Reason" text NOT NULL,
    PRIMARY KEY ("Subject", "Predicate", "Object", "Source")
);
CREATE INDEX needs_relation_object ON needs_relation ("Object", "Predicate");
