-- Amounts are whole tenths of a penny.
CREATE TABLE measure_cost (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_cost" PRIMARY KEY,
    "Council" text NOT NULL,
    "Channel" text NOT NULL,
    "Low" {long} NOT NULL,
    "Mode" {long} NULL,
    "High" {long} NOT NULL,
    "Unit" {enum} NOT NULL,
    "Scope" {enum} NOT NULL,
    "PriceYear" {int} NULL,
    "Source" text NOT NULL,
    "Address" text NULL,
    "IsLocal" {bool} NOT NULL,
    "By" text NOT NULL,
    "EnteredAt" {time} NOT NULL,
    "ReplacedBy" {id} NULL,
    "WithdrawnAt" {time} NULL
);
CREATE INDEX "IX_measure_cost_Council" ON measure_cost ("Council");

CREATE TABLE measure_deflator (
    "Load" {id} NOT NULL,
    "Council" text NOT NULL,
    "Year" {int} NOT NULL,
    "Index" {real} NOT NULL,
    "Source" text NOT NULL,
    "By" text NOT NULL,
    "LoadedAt" {time} NOT NULL,
    CONSTRAINT "PK_measure_deflator" PRIMARY KEY ("Load", "Year")
);
CREATE INDEX "IX_measure_deflator_Council" ON measure_deflator ("Council");

CREATE TABLE measure_local_cost (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_local_cost" PRIMARY KEY,
    "Council" text NOT NULL,
    "Service" text NOT NULL,
    "Channel" text NOT NULL,
    "Inputs" text NOT NULL,
    "PriceYear" {int} NULL,
    "Note" text NULL,
    "By" text NOT NULL,
    "EnteredAt" {time} NOT NULL,
    "EndedAt" {time} NULL
);
CREATE INDEX "IX_measure_local_cost_Council" ON measure_local_cost ("Council");
