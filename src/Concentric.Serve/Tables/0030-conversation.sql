-- An adviser's conversation with somebody. What is known of the person goes when it ends.
CREATE TABLE serve_conversation (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_conversation" PRIMARY KEY,
    "Channel" text NOT NULL,
    "By" text NOT NULL,
    "StartedAt" {time} NOT NULL,
    "EndedAt" {time} NULL,
    "Outcome" {enum} NULL,
    "Demand" {enum} NULL,
    "Handling" {int} NULL,
    "PersonEmail" text NULL,
    "PersonPhone" text NULL,
    "Known" text NOT NULL,
    "WrongCodes" {int} NOT NULL
);
CREATE INDEX "IX_serve_conversation_By_EndedAt" ON serve_conversation ("By", "EndedAt");

-- By which number somebody who rings is found again; digits only.
CREATE TABLE serve_submission_phone (
    "SubmissionId" {id} NOT NULL CONSTRAINT "PK_serve_submission_phone" PRIMARY KEY,
    "Phone" text NOT NULL,
    CONSTRAINT "FK_serve_submission_phone_serve_submission_SubmissionId" FOREIGN KEY ("SubmissionId") REFERENCES serve_submission ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_submission_phone_Phone" ON serve_submission_phone ("Phone");
