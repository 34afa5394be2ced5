-- What is known of a council's places: lists as they were brought, areas, their groups, populations and boundaries.
CREATE TABLE measure_place_list (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Council" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Part" text NOT NULL,
    "Year" {int} NOT NULL,
    "Source" text NOT NULL,
    "FileName" text NOT NULL,
    "Digest" text NOT NULL,
    "Read" {long} NOT NULL,
    "Taken" {long} NOT NULL,
    "Unchanged" {long} NOT NULL,
    "Refused" {long} NOT NULL,
    "Removed" {long} NOT NULL,
    "At" {time} NOT NULL,
    "By" text NOT NULL
);

CREATE TABLE measure_area (
    "Council" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Key" text NOT NULL,
    "Label" text NULL,
    "Ward" text NULL,
    "Group" text NULL,
    "GroupShare" {real} NULL,
    "Decile" {int} NULL,
    CONSTRAINT "PK_measure_area" PRIMARY KEY ("Council", "Kind", "Key")
);

CREATE TABLE measure_area_mix (
    "Council" text NOT NULL,
    "Area" text NOT NULL,
    "Group" text NOT NULL,
    "Parts" {int} NOT NULL,
    CONSTRAINT "PK_measure_area_mix" PRIMARY KEY ("Council", "Area", "Group")
);

CREATE TABLE measure_group (
    "Council" text NOT NULL,
    "Key" text NOT NULL,
    "Label" text NOT NULL,
    CONSTRAINT "PK_measure_group" PRIMARY KEY ("Council", "Key")
);

CREATE TABLE measure_population (
    "Council" text NOT NULL,
    "Service" text NOT NULL,
    "Unit" {enum} NOT NULL,
    "Area" text NOT NULL,
    "Group" text NOT NULL,
    "Value" {long} NOT NULL,
    "Year" {int} NOT NULL,
    "Source" text NOT NULL,
    CONSTRAINT "PK_measure_population" PRIMARY KEY ("Council", "Service", "Unit", "Area", "Group")
);

CREATE TABLE measure_boundary (
    "Council" text NOT NULL,
    "Level" {enum} NOT NULL,
    "GeoJson" text NOT NULL,
    "Shapes" {int} NOT NULL,
    "Year" {int} NOT NULL,
    "Source" text NOT NULL,
    CONSTRAINT "PK_measure_boundary" PRIMARY KEY ("Council", "Level")
);
