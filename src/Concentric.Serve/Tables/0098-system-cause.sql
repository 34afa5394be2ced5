-- What in how we work makes people ask: a tree that service managers write, apart from the symptoms in serve_cause.
CREATE TABLE serve_system_cause (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_system_cause" PRIMARY KEY,
    "ParentId" {id} NULL,
    "Words" text NOT NULL,
    "Service" text NULL,
    "InUse" {bool} NOT NULL,
    CONSTRAINT "FK_serve_system_cause_serve_system_cause_ParentId" FOREIGN KEY ("ParentId") REFERENCES serve_system_cause ("Id")
);
CREATE INDEX "IX_serve_system_cause_ParentId" ON serve_system_cause ("ParentId");

-- Which of them made somebody ask, with the service and the step that caused it.
CREATE TABLE serve_caused_by (
    "Contact" text NOT NULL CONSTRAINT "PK_serve_caused_by" PRIMARY KEY,
    "EnquiryId" {id} NOT NULL,
    "CauseId" {id} NOT NULL,
    "Service" text NULL,
    "Step" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_caused_by_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_caused_by_serve_system_cause_CauseId" FOREIGN KEY ("CauseId") REFERENCES serve_system_cause ("Id")
);
CREATE INDEX "IX_serve_caused_by_EnquiryId" ON serve_caused_by ("EnquiryId");
CREATE INDEX "IX_serve_caused_by_CauseId" ON serve_caused_by ("CauseId");

-- Whether Measure was told the words of a demand type: those of before were not.
ALTER TABLE serve_demand_type ADD COLUMN "IsTold" {bool} NOT NULL DEFAULT FALSE;
