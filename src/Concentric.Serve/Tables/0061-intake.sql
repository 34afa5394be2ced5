-- What another system calls it, and the number of the row's last change that programs are told of.
ALTER TABLE serve_enquiry ADD COLUMN "OtherReference" text NULL;
ALTER TABLE serve_enquiry ADD COLUMN "Revision" {int} NOT NULL DEFAULT 1;
CREATE INDEX "IX_serve_enquiry_OtherReference" ON serve_enquiry ("OtherReference");

-- What was written of an enquiry or came to it after it was raised.
CREATE TABLE serve_enquiry_note (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_enquiry_note" PRIMARY KEY,
    "EnquiryId" {id} NOT NULL,
    "Kind" {enum} NOT NULL,
    "Words" text NOT NULL,
    "Team" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_enquiry_note_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_enquiry_note_EnquiryId_At" ON serve_enquiry_note ("EnquiryId", "At");

-- What a program was answered under a key of its own, so that the same sent again is the same answer.
CREATE TABLE serve_kept_answer (
    "KeyId" {id} NOT NULL,
    "IdempotencyKey" text NOT NULL,
    "Digest" text NOT NULL,
    "Reference" text NOT NULL,
    "Answer" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_kept_answer" PRIMARY KEY ("KeyId", "IdempotencyKey")
);
CREATE INDEX "IX_serve_kept_answer_At" ON serve_kept_answer ("At");
