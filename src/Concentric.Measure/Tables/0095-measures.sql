CREATE TABLE measure_measure (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_measure" PRIMARY KEY,
    "Council" text NOT NULL,
    "Board" text NOT NULL,
    "Name" text NOT NULL,
    "About" text NOT NULL,
    "Owner" {id} NOT NULL,
    "Better" {enum} NOT NULL,
    "For" {enum} NOT NULL,
    "Use" {enum} NOT NULL,
    "Period" {enum} NOT NULL,
    "KeptAt" {time} NOT NULL,
    "EndedAt" {time}
);
CREATE INDEX "IX_measure_measure_Council_Board" ON measure_measure ("Council", "Board");
CREATE TABLE measure_measure_version (
    "Measure" {id} NOT NULL,
    "Number" {int} NOT NULL,
    "From" {date},
    "Source" text NOT NULL,
    "Reason" text,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_measure_measure_version" PRIMARY KEY ("Measure", "Number")
);
CREATE TABLE measure_chart_phase (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_chart_phase" PRIMARY KEY,
    "Council" text NOT NULL,
    "Measure" text NOT NULL,
    "From" {date} NOT NULL,
    "Reason" text NOT NULL,
    "Evidence" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "EndedAt" {time}
);
CREATE INDEX "IX_measure_chart_phase_Council_Measure" ON measure_chart_phase ("Council", "Measure");
CREATE TABLE measure_chart_note (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_chart_note" PRIMARY KEY,
    "Council" text NOT NULL,
    "Measure" text NOT NULL,
    "On" {date} NOT NULL,
    "Text" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "EndedAt" {time}
);
CREATE INDEX "IX_measure_chart_note_Council_Measure" ON measure_chart_note ("Council", "Measure");
CREATE TABLE measure_target (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_target" PRIMARY KEY,
    "Council" text NOT NULL,
    "Measure" text NOT NULL,
    "Value" {real} NOT NULL,
    "Reason" text NOT NULL,
    "Points" {int} NOT NULL,
    "Observed" {real} NOT NULL,
    "Modelled" {real} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "EndedAt" {time}
);
CREATE INDEX "IX_measure_target_Council_Measure" ON measure_target ("Council", "Measure");
