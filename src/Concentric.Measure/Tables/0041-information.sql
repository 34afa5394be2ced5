-- What people look for without asking anybody: page views, searches and calls by page, summed by day, week or month; never of a person.
CREATE TABLE measure_information (
    "Council" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Text" text NOT NULL,
    "From" {date} NOT NULL,
    "Through" {date} NOT NULL,
    "Count" {long} NOT NULL,
    "Nothing" {long} NULL,
    "NothingBy" {enum} NULL,
    CONSTRAINT "PK_measure_information" PRIMARY KEY ("Council", "Kind", "Text", "From")
);

CREATE TABLE measure_information_service (
    "Council" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Pattern" text NOT NULL,
    "Service" text NOT NULL,
    CONSTRAINT "PK_measure_information_service" PRIMARY KEY ("Council", "Kind", "Pattern")
);

CREATE TABLE measure_information_list (
    "Id" {id} NOT NULL PRIMARY KEY,
    "Council" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Source" text NOT NULL,
    "FileName" text NOT NULL,
    "Digest" text NOT NULL,
    "From" {date} NOT NULL,
    "Through" {date} NOT NULL,
    "Read" {long} NOT NULL,
    "Taken" {long} NOT NULL,
    "Unchanged" {long} NOT NULL,
    "Dropped" {long} NOT NULL,
    "Refused" {long} NOT NULL,
    "At" {time} NOT NULL,
    "By" text NOT NULL
);
