-- A contact about an enquiry that there is, which nobody should have had to make, and what caused it.
CREATE TABLE serve_follow_up (
    "Contact" text NOT NULL CONSTRAINT "PK_serve_follow_up" PRIMARY KEY,
    "EnquiryId" {id} NOT NULL,
    "Cause" text NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_follow_up_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_follow_up_EnquiryId" ON serve_follow_up ("EnquiryId");
