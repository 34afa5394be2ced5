-- What a message is about, so that it stands with what the citizen asked, and is seen by those who may see that.
ALTER TABLE serve_message ADD COLUMN "EnquiryId" {id} NULL;
CREATE INDEX "IX_serve_message_EnquiryId" ON serve_message ("EnquiryId");
