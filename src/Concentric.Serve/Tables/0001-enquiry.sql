CREATE TABLE serve_enquiry (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_enquiry" PRIMARY KEY,
    "Reference" text NOT NULL,
    "Token" {id} NOT NULL,
    "Service" text NULL,
    "Words" text NOT NULL,
    "Email" text NOT NULL,
    "Channel" text NOT NULL,
    "RaisedAt" {time} NOT NULL,
    "IsOpen" {bool} NOT NULL
);
CREATE UNIQUE INDEX "IX_serve_enquiry_Reference" ON serve_enquiry ("Reference");
CREATE UNIQUE INDEX "IX_serve_enquiry_Token" ON serve_enquiry ("Token");
CREATE INDEX "IX_serve_enquiry_IsOpen_RaisedAt_Id" ON serve_enquiry ("IsOpen", "RaisedAt", "Id");

CREATE TABLE serve_answer (
    "EnquiryId" {id} NOT NULL CONSTRAINT "PK_serve_answer" PRIMARY KEY,
    "Text" text NOT NULL,
    "Resolved" {bool} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_answer_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);

CREATE TABLE serve_demand_type (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_demand_type" PRIMARY KEY,
    "Service" text NOT NULL,
    "Words" text NOT NULL,
    "Demand" {enum} NOT NULL,
    "InUse" {bool} NOT NULL
);
CREATE INDEX "IX_serve_demand_type_Service" ON serve_demand_type ("Service");

CREATE TABLE serve_purpose (
    "Service" text NOT NULL CONSTRAINT "PK_serve_purpose" PRIMARY KEY,
    "Text" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);

CREATE TABLE serve_coding (
    "EnquiryId" {id} NOT NULL CONSTRAINT "PK_serve_coding" PRIMARY KEY,
    "Words" text NULL,
    "WordsKeptUntil" {date} NOT NULL,
    "DemandTypeId" {id} NULL,
    "Demand" {enum} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_coding_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_coding_serve_demand_type_DemandTypeId" FOREIGN KEY ("DemandTypeId") REFERENCES serve_demand_type ("Id")
);
CREATE INDEX "IX_serve_coding_DemandTypeId" ON serve_coding ("DemandTypeId");
CREATE INDEX "IX_serve_coding_WordsKeptUntil" ON serve_coding ("WordsKeptUntil");

CREATE TABLE serve_cause (
    "EnquiryId" {id} NOT NULL CONSTRAINT "PK_serve_cause" PRIMARY KEY,
    "Cause" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_cause_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
