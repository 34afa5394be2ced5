-- Surveys that are asked on a page, and who sent it: a page that was opened, and nobody's name.
CREATE TABLE measure_experience_asked (
    "Survey" {id} NOT NULL CONSTRAINT "PK_measure_experience_asked" PRIMARY KEY,
    "Service" text NOT NULL,
    "By" text NOT NULL,
    "OpenedAt" {time} NOT NULL,
    "ClosedAt" {time} NULL
);
CREATE INDEX "IX_measure_experience_asked_Service" ON measure_experience_asked ("Service");

CREATE TABLE measure_experience_respondent (
    "Survey" {id} NOT NULL,
    "Page" {id} NOT NULL,
    "Respondent" {int} NOT NULL,
    CONSTRAINT "PK_measure_experience_respondent" PRIMARY KEY ("Survey", "Page")
);
CREATE UNIQUE INDEX "IX_measure_experience_respondent_Survey_Respondent" ON measure_experience_respondent ("Survey", "Respondent");
