-- Whom an enquiry is from, as far as they told us. Somebody may stand here twice until staff join the two.
CREATE TABLE serve_citizen (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_citizen" PRIMARY KEY,
    "Name" text NOT NULL,
    "Born" {date} NULL,
    "Email" text NULL,
    "Phone" text NULL,
    "Address" text NULL,
    "Postcode" text NULL,
    "Uprn" text NULL,
    "Language" {enum} NOT NULL,
    "Since" {time} NOT NULL
);
CREATE INDEX "IX_serve_citizen_Email" ON serve_citizen ("Email");
CREATE INDEX "IX_serve_citizen_Phone" ON serve_citizen ("Phone");
CREATE INDEX "IX_serve_citizen_Postcode" ON serve_citizen ("Postcode");

-- Who of the staff works in which team.
CREATE TABLE serve_team_member (
    "PersonId" {id} NOT NULL,
    "Team" text NOT NULL,
    CONSTRAINT "PK_serve_team_member" PRIMARY KEY ("PersonId", "Team"),
    CONSTRAINT "FK_serve_team_member_core_person_PersonId" FOREIGN KEY ("PersonId") REFERENCES core_person ("Id") ON DELETE CASCADE
);

ALTER TABLE serve_enquiry ADD COLUMN "CitizenId" {id} NULL CONSTRAINT "FK_serve_enquiry_serve_citizen_CitizenId" REFERENCES serve_citizen ("Id") ON DELETE SET NULL;
ALTER TABLE serve_enquiry ADD COLUMN "Team" text NOT NULL DEFAULT '';
ALTER TABLE serve_enquiry ADD COLUMN "OwnerId" {id} NULL;
ALTER TABLE serve_enquiry ADD COLUMN "IsSensitive" {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX "IX_serve_enquiry_CitizenId_RaisedAt" ON serve_enquiry ("CitizenId", "RaisedAt");
CREATE INDEX "IX_serve_enquiry_Team_IsOpen_RaisedAt_Id" ON serve_enquiry ("Team", "IsOpen", "RaisedAt", "Id");
CREATE INDEX "IX_serve_enquiry_OwnerId_IsOpen_RaisedAt_Id" ON serve_enquiry ("OwnerId", "IsOpen", "RaisedAt", "Id");

ALTER TABLE serve_case ADD COLUMN "OwnerId" {id} NULL;
ALTER TABLE serve_case ADD COLUMN "IsSensitive" {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX "IX_serve_case_OwnerId_IsOpen_NextOn_Id" ON serve_case ("OwnerId", "IsOpen", "NextOn", "Id");
CREATE INDEX "IX_serve_case_IsPaused_IsOpen_NextOn_Id" ON serve_case ("IsPaused", "IsOpen", "NextOn", "Id");

-- What was sent before these columns were.
UPDATE serve_enquiry SET "Team" = (SELECT s."Team" FROM serve_submission s WHERE s."Id" = serve_enquiry."Id") WHERE EXISTS (SELECT 1 FROM serve_submission s WHERE s."Id" = serve_enquiry."Id");
UPDATE serve_enquiry SET "Team" = (SELECT c."Team" FROM serve_case c WHERE c."Id" = serve_enquiry."Id") WHERE EXISTS (SELECT 1 FROM serve_case c WHERE c."Id" = serve_enquiry."Id");
