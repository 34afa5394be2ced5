CREATE TABLE measure_saved_view (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_saved_view" PRIMARY KEY,
    "Owner" text NOT NULL,
    "Name" text NOT NULL,
    "Question" text NOT NULL,
    "Chart" text NOT NULL,
    "IsShared" {bool} NOT NULL,
    "SavedAt" {time} NOT NULL
);
CREATE INDEX "IX_measure_saved_view_Owner" ON measure_saved_view ("Owner");
CREATE TABLE measure_first_view (
    "Owner" text NOT NULL CONSTRAINT "PK_measure_first_view" PRIMARY KEY,
    "View" {id} NOT NULL
);
