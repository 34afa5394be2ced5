-- How it was closed: answered, or withdrawn by the citizen.
ALTER TABLE serve_answer ADD COLUMN "Outcome" {enum} NOT NULL DEFAULT 'Answered';

-- E-mail that came, whatever became of it. The bytes as received stand in the data folder, under the id.
CREATE TABLE serve_received_mail (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_received_mail" PRIMARY KEY,
    "Digest" text NOT NULL,
    "MessageId" text NULL,
    "Sender" text NOT NULL,
    "Subject" text NOT NULL,
    "Size" {long} NOT NULL,
    "At" {time} NOT NULL,
    "By" text NOT NULL,
    "State" {enum} NOT NULL,
    "Fault" {enum} NULL,
    "EnquiryId" {id} NULL,
    "HandledBy" text NULL,
    "HandledAt" {time} NULL,
    "Reason" text NULL,
    CONSTRAINT "FK_serve_received_mail_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE SET NULL
);
CREATE UNIQUE INDEX "IX_serve_received_mail_Digest" ON serve_received_mail ("Digest");
CREATE INDEX "IX_serve_received_mail_MessageId" ON serve_received_mail ("MessageId");
CREATE INDEX "IX_serve_received_mail_State_At_Id" ON serve_received_mail ("State", "At", "Id");
CREATE INDEX "IX_serve_received_mail_EnquiryId" ON serve_received_mail ("EnquiryId");
