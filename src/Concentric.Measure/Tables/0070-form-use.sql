-- Derived from the journal by FormUseReader: to be deleted and read again. "Number" is the place of the visit's fact in the chain.
CREATE TABLE measure_form_visit (
    "Number" {long} NOT NULL CONSTRAINT "PK_measure_form_visit" PRIMARY KEY,
    "Visit" {id} NOT NULL,
    "Form" text NOT NULL,
    "Version" {int} NOT NULL,
    "Service" text NULL,
    "Channel" text NOT NULL,
    "IsMediated" {bool} NOT NULL,
    "Language" text NOT NULL,
    "Day" {date} NOT NULL,
    "Outcome" {enum} NOT NULL,
    "LastPage" text NULL
);
CREATE UNIQUE INDEX "IX_measure_form_visit_Visit" ON measure_form_visit ("Visit");
CREATE INDEX "IX_measure_form_visit_Form_Day" ON measure_form_visit ("Form", "Day");

CREATE TABLE measure_form_page (
    "Number" {long} NOT NULL,
    "Place" {int} NOT NULL,
    "Page" text NOT NULL,
    "Seconds" {int} NOT NULL,
    "Shown" {int} NOT NULL,
    "Back" {int} NOT NULL,
    CONSTRAINT "PK_measure_form_page" PRIMARY KEY ("Number", "Place")
);

CREATE TABLE measure_form_message (
    "Number" {long} NOT NULL,
    "Nth" {int} NOT NULL,
    "Page" text NOT NULL,
    "Question" text NOT NULL,
    "Problem" text NOT NULL,
    "Message" text NOT NULL,
    "Times" {int} NOT NULL,
    CONSTRAINT "PK_measure_form_message" PRIMARY KEY ("Number", "Nth")
);

CREATE TABLE measure_form_sent (
    "Number" {long} NOT NULL CONSTRAINT "PK_measure_form_sent" PRIMARY KEY,
    "Form" text NOT NULL,
    "Version" {int} NOT NULL,
    "IsMediated" {bool} NOT NULL,
    "Bundle" text NULL,
    "Day" {date} NOT NULL
);
CREATE INDEX "IX_measure_form_sent_Form_Day" ON measure_form_sent ("Form", "Day");

CREATE TABLE measure_form_version (
    "Number" {long} NOT NULL CONSTRAINT "PK_measure_form_version" PRIMARY KEY,
    "Form" text NOT NULL,
    "Version" {int} NOT NULL,
    "Day" {date} NOT NULL
);
CREATE INDEX "IX_measure_form_version_Form" ON measure_form_version ("Form");

-- How far a reader of the journal has come; committed with what it read.
CREATE TABLE measure_form_reading (
    "Reader" text NOT NULL CONSTRAINT "PK_measure_form_reading" PRIMARY KEY,
    "Through" {long} NOT NULL
);
