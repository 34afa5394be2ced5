-- A file of contacts on its way into the contact store: given at one of the doors, tried, waiting, running, ended.
CREATE TABLE measure_import (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_import" PRIMARY KEY,
    "FileName" text NOT NULL,
    "Digest" text NOT NULL,
    "Bytes" {long} NOT NULL,
    "Door" {enum} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "State" {enum} NOT NULL,
    "MappingName" text NULL,
    "Mapping" text NULL,
    "Draft" text NULL,
    "StartedAt" {time} NULL,
    "EndedAt" {time} NULL,
    "Batch" {int} NULL,
    "Read" {long} NOT NULL,
    "Imported" {long} NOT NULL,
    "Duplicates" {long} NOT NULL,
    "Changed" {long} NOT NULL,
    "Rejected" {long} NOT NULL,
    "Flagged" {long} NOT NULL,
    "Message" text NULL,
    "Rejects" text NULL,
    "ApiKey" text NULL,
    "IdempotencyKey" text NULL
);
CREATE UNIQUE INDEX "IX_measure_import_ApiKey_IdempotencyKey" ON measure_import ("ApiKey", "IdempotencyKey");
CREATE INDEX "IX_measure_import_Digest" ON measure_import ("Digest");
CREATE INDEX "IX_measure_import_State" ON measure_import ("State");

-- How to read files of one kind. Saved again, it is the next version; none is changed.
CREATE TABLE measure_mapping (
    "Name" text NOT NULL,
    "Version" {int} NOT NULL,
    "Json" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_measure_mapping" PRIMARY KEY ("Name", "Version")
);
