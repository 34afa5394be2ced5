-- Samples of coded contacts that are coded a second time, by people who do not see the first code.
CREATE TABLE serve_audit (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_audit" PRIMARY KEY,
    "Seed" {long} NOT NULL,
    "From" {date} NOT NULL,
    "Through" {date} NOT NULL,
    "Strata" text NOT NULL,
    "Left" {int} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "EndedAt" {time} NULL
);

CREATE TABLE serve_audit_item (
    "AuditId" {id} NOT NULL,
    "Place" {int} NOT NULL,
    "EnquiryId" {id} NOT NULL,
    "Part" {int} NOT NULL,
    "First" {enum} NOT NULL,
    "FirstBy" text NOT NULL,
    "Second" {enum} NOT NULL,
    "SecondTypeId" {id} NULL,
    "SecondBy" text NULL,
    "SecondAt" {time} NULL,
    CONSTRAINT "PK_serve_audit_item" PRIMARY KEY ("AuditId", "Place"),
    CONSTRAINT "FK_serve_audit_item_serve_audit_AuditId" FOREIGN KEY ("AuditId") REFERENCES serve_audit ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_audit_item_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_audit_item_EnquiryId" ON serve_audit_item ("EnquiryId");
