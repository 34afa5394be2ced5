-- What a service is meant to be like, and what people of a survey expected and got.
CREATE TABLE measure_experience_intended (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_experience_intended" PRIMARY KEY,
    "Service" text NOT NULL,
    "Dimension" text NOT NULL,
    "Value" {real} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);
CREATE UNIQUE INDEX "IX_measure_experience_intended_Service_Dimension" ON measure_experience_intended ("Service", "Dimension");

CREATE TABLE measure_experience_answer (
    "Survey" {id} NOT NULL,
    "Respondent" {int} NOT NULL,
    "Dimension" text NOT NULL,
    "Service" text NOT NULL,
    "Expected" {real} NULL,
    "Received" {real} NULL,
    "Importance" {real} NULL,
    "Overall" {real} NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_measure_experience_answer" PRIMARY KEY ("Survey", "Respondent", "Dimension")
);
CREATE INDEX "IX_measure_experience_answer_Service" ON measure_experience_answer ("Service");
