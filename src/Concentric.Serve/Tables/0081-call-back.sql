-- That somebody is rung, by when, on which number and about what. Number and words go 28 days after it is done.
CREATE TABLE serve_call_back (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_call_back" PRIMARY KEY,
    "EnquiryId" {id} NULL,
    "CitizenId" {id} NULL,
    "Number" text NULL,
    "About" text NULL,
    "Team" text NOT NULL,
    "OwnerId" {id} NULL,
    "Part" {enum} NOT NULL,
    "DueAt" {time} NOT NULL,
    "BrokenAt" {time} NULL,
    "Attempts" {int} NOT NULL,
    "TriedAt" {time} NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "IsOpen" {bool} NOT NULL,
    "Outcome" {enum} NULL,
    "DoneAt" {time} NULL,
    "DoneBy" text NULL,
    "Revision" {int} NOT NULL,
    CONSTRAINT "FK_serve_call_back_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_call_back_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_call_back_IsOpen_DueAt_Id" ON serve_call_back ("IsOpen", "DueAt", "Id");
CREATE INDEX "IX_serve_call_back_OwnerId_IsOpen_DueAt_Id" ON serve_call_back ("OwnerId", "IsOpen", "DueAt", "Id");
CREATE INDEX "IX_serve_call_back_EnquiryId" ON serve_call_back ("EnquiryId");
CREATE INDEX "IX_serve_call_back_CitizenId" ON serve_call_back ("CitizenId");
CREATE INDEX "IX_serve_call_back_Number" ON serve_call_back ("Number");
