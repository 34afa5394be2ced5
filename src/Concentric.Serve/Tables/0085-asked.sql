-- It waits for the citizen; where there is a case, as its case does.
ALTER TABLE serve_enquiry ADD COLUMN "IsPaused" {bool} NOT NULL DEFAULT FALSE;
UPDATE serve_enquiry SET "IsPaused" = TRUE WHERE "IsOpen" AND EXISTS (SELECT 1 FROM serve_case c WHERE c."Id" = serve_enquiry."Id" AND c."IsPaused");
CREATE INDEX "IX_serve_enquiry_IsPaused_IsOpen_RaisedAt_Id" ON serve_enquiry ("IsPaused", "IsOpen", "RaisedAt", "Id");

-- What the citizen was asked about an enquiry without a case, and how that ended.
CREATE TABLE serve_asked (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_asked" PRIMARY KEY,
    "EnquiryId" {id} NOT NULL,
    "Question" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "BackOn" {date} NOT NULL,
    "SentBy" {enum} NULL,
    "End" {enum} NULL,
    "EndedAt" {time} NULL,
    CONSTRAINT "FK_serve_asked_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_asked_EnquiryId_At" ON serve_asked ("EnquiryId", "At");
CREATE INDEX "IX_serve_asked_End_BackOn" ON serve_asked ("End", "BackOn");
