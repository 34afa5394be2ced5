-- How it was: who was asked, what they said, and what was done about it.
CREATE TABLE serve_feedback (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_feedback" PRIMARY KEY,
    "Digest" {bytes} NOT NULL,
    "Service" text NULL,
    "Channel" text NOT NULL,
    "Way" text NOT NULL,
    "EnquiryId" {id} NULL,
    "Team" text NOT NULL,
    "PersonId" {id} NULL,
    "IsSensitive" {bool} NOT NULL,
    "Language" {enum} NOT NULL,
    "AskedAt" {time} NOT NULL,
    "ExpiresAt" {time} NOT NULL,
    "Said" {enum} NOT NULL,
    "SaidAt" {time} NULL,
    "Words" text NULL,
    "Kind" {enum} NOT NULL,
    "IsNotice" {bool} NOT NULL,
    "Done" text NULL,
    "DoneBy" text NULL,
    "DoneAt" {time} NULL
);
CREATE UNIQUE INDEX "IX_serve_feedback_Digest" ON serve_feedback ("Digest");
CREATE INDEX "IX_serve_feedback_IsNotice_DoneAt_SaidAt" ON serve_feedback ("IsNotice", "DoneAt", "SaidAt");
CREATE INDEX "IX_serve_feedback_SaidAt" ON serve_feedback ("SaidAt");
CREATE INDEX "IX_serve_feedback_EnquiryId" ON serve_feedback ("EnquiryId");

CREATE TABLE serve_notice_address (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_notice_address" PRIMARY KEY,
    "Team" text NULL,
    "PersonId" {id} NULL,
    "Email" text NOT NULL
);
CREATE UNIQUE INDEX "IX_serve_notice_address_Team" ON serve_notice_address ("Team");
CREATE UNIQUE INDEX "IX_serve_notice_address_PersonId" ON serve_notice_address ("PersonId");

CREATE TABLE serve_said_done (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_said_done" PRIMARY KEY,
    "Service" text NOT NULL,
    "Said" text NOT NULL,
    "Done" text NOT NULL,
    "Since" {date} NOT NULL,
    "Moved" {enum} NOT NULL,
    "Figure" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "HiddenAt" {time} NULL
);
CREATE INDEX "IX_serve_said_done_Service_Since" ON serve_said_done ("Service", "Since");
