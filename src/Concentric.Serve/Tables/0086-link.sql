-- Two enquiries that are about the same thing: each pair is one row, the smaller id first.
CREATE TABLE serve_enquiry_link (
    "OneId" {id} NOT NULL,
    "OtherId" {id} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_enquiry_link" PRIMARY KEY ("OneId", "OtherId"),
    CONSTRAINT "FK_serve_enquiry_link_serve_enquiry_OneId" FOREIGN KEY ("OneId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_enquiry_link_serve_enquiry_OtherId" FOREIGN KEY ("OtherId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_enquiry_link_OtherId" ON serve_enquiry_link ("OtherId");

-- Links of cases that have no direction likewise. Two who linked the same two at once from either side had made two rows of it.
DELETE FROM serve_case_link WHERE "Kind" = 'Linked' AND "CaseId" > "OtherId"
    AND EXISTS (SELECT 1 FROM serve_case_link o WHERE o."CaseId" = serve_case_link."OtherId" AND o."OtherId" = serve_case_link."CaseId");
UPDATE serve_case_link SET "CaseId" = "OtherId", "OtherId" = "CaseId" WHERE "Kind" = 'Linked' AND "CaseId" > "OtherId";
