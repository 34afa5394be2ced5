-- The model as a whole: more kinds of lists, sources of each statement, and the editions in which it changed.
ALTER TABLE needs_concept ADD COLUMN "ScopeNote" text NULL;
ALTER TABLE needs_concept ADD COLUMN "HistoryNote" text NULL;
ALTER TABLE needs_concept ADD COLUMN "FormerLabels" text NULL;
ALTER TABLE needs_concept ADD COLUMN "ReplacedBy" text NULL;
ALTER TABLE needs_concept ADD COLUMN "Created" {date} NULL;
ALTER TABLE needs_concept ADD COLUMN "Modified" {date} NULL;
ALTER TABLE needs_concept ADD COLUMN "Details" text NULL;

ALTER TABLE needs_relation ADD COLUMN "Mode" {enum} NULL;
ALTER TABLE needs_relation ADD COLUMN "Evidence" text NULL;
ALTER TABLE needs_relation ADD COLUMN "ValidFrom" {date} NULL;
ALTER TABLE needs_relation ADD COLUMN "ValidTo" {date} NULL;
ALTER TABLE needs_relation ADD COLUMN "SubjectVersion" text NULL;
ALTER TABLE needs_relation ADD COLUMN "ObjectVersion" text NULL;

CREATE TABLE needs_offer (
    "Identifier" text NOT NULL PRIMARY KEY,
    "Service" text NOT NULL REFERENCES needs_concept ("Uri"),
    "Organisation" text NOT NULL REFERENCES needs_concept ("Uri"),
    "Name" text NOT NULL,
    "Description" text NOT NULL,
    "Status" {enum} NOT NULL,
    "MinimumAge" {int} NULL,
    "MaximumAge" {int} NULL,
    "Area" text NULL,
    "Cost" text NULL,
    "Ways" text NULL,
    "Places" text NULL,
    "PassesOnTo" text NULL,
    "AssuredOn" {date} NULL,
    "ModifiedAt" {time} NOT NULL
);
CREATE INDEX needs_offer_service ON needs_offer ("Service");
CREATE INDEX needs_offer_organisation ON needs_offer ("Organisation");

CREATE TABLE needs_place (
    "Identifier" text NOT NULL PRIMARY KEY,
    "Name" text NOT NULL,
    "Street" text NULL,
    "Town" text NULL,
    "Postcode" text NULL,
    "Latitude" {real} NULL,
    "Longitude" {real} NULL,
    "Opening" text NULL
);

CREATE TABLE needs_edition (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Number" {int} NULL,
    "Kind" {enum} NOT NULL,
    "Title" text NOT NULL,
    "Why" text NOT NULL,
    "By" text NOT NULL,
    "StartedAt" {time} NOT NULL,
    "PublishedAt" {time} NULL,
    "Scheme" text NULL,
    "SchemeVersion" text NULL,
    "File" text NULL,
    "Digest" text NULL,
    "Undoes" {int} NULL
);
CREATE UNIQUE INDEX needs_edition_number ON needs_edition ("Number");

CREATE TABLE needs_edition_change (
    "Edition" {id} NOT NULL REFERENCES needs_edition ("Id"),
    "Place" {int} NOT NULL,
    "Kind" {enum} NOT NULL,
    "Subject" text NOT NULL,
    "Before" text NULL,
    "After" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "Why" text NULL,
    PRIMARY KEY ("Edition", "Place")
);
CREATE INDEX needs_edition_change_subject ON needs_edition_change ("Subject");

-- Which seed was applied is told by the editions.
ALTER TABLE needs_scheme DROP COLUMN "SeedDigest";
