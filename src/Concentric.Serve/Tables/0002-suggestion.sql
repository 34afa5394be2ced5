-- What came of suggestions of next likely needs, with the reason as it was shown.
CREATE TABLE serve_suggestion (
    "EnquiryId" {id} NOT NULL,
    "Service" text NOT NULL,
    "Response" {enum} NOT NULL,
    "Basis" {enum} NOT NULL,
    "Reason" text NOT NULL,
    "Source" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_suggestion" PRIMARY KEY ("EnquiryId", "Service"),
    CONSTRAINT "FK_serve_suggestion_serve_enquiry_EnquiryId" FOREIGN KEY ("EnquiryId") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE
);
-- What else the same person asked is looked up each time an enquiry is opened.
CREATE INDEX "IX_serve_enquiry_email" ON serve_enquiry (lower("Email"));
