-- What lists of work ask for, beside the case; and whose it became, beside what happened.
ALTER TABLE serve_case ADD COLUMN "Service" text NULL;
UPDATE serve_case SET "Service" = (SELECT e."Service" FROM serve_enquiry e WHERE e."Id" = serve_case."Id");
CREATE INDEX "IX_serve_case_Process_IsOpen_NextOn_Id" ON serve_case ("Process", "IsOpen", "NextOn", "Id");
CREATE INDEX "IX_serve_case_Service_IsOpen_NextOn_Id" ON serve_case ("Service", "IsOpen", "NextOn", "Id");
ALTER TABLE serve_case_event ADD COLUMN "Owner" {id} NULL;

-- An enquiry that is worked on as a case is listed there.
ALTER TABLE serve_enquiry ADD COLUMN "HasCase" {bool} NOT NULL DEFAULT FALSE;
UPDATE serve_enquiry SET "HasCase" = TRUE WHERE EXISTS (SELECT 1 FROM serve_case c WHERE c."Id" = serve_enquiry."Id");
CREATE INDEX "IX_serve_enquiry_HasCase_IsOpen_RaisedAt_Id" ON serve_enquiry ("HasCase", "IsOpen", "RaisedAt", "Id");

-- What came of each row of something done to many at once: a second press finds it and does nothing.
CREATE TABLE serve_bulk_row (
    "Key" {id} NOT NULL,
    "Reference" text NOT NULL,
    "By" text NOT NULL,
    "Refused" text NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_bulk_row" PRIMARY KEY ("Key", "Reference")
);
CREATE INDEX "IX_serve_bulk_row_At" ON serve_bulk_row ("At");
