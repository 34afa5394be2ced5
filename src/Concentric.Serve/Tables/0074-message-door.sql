-- By which channel a message goes, who has taken it to send it, and what the message service said of it.
ALTER TABLE serve_message ADD COLUMN "Channel" {enum} NOT NULL DEFAULT 'Email';
ALTER TABLE serve_message ADD COLUMN "TakenBy" {id} NULL;
ALTER TABLE serve_message ADD COLUMN "TriedAt" {time} NULL;
ALTER TABLE serve_message ADD COLUMN "UnsureSince" {time} NULL;
ALTER TABLE serve_message ADD COLUMN "Fault" {enum} NULL;
ALTER TABLE serve_message ADD COLUMN "DoorId" text NULL;
ALTER TABLE serve_message ADD COLUMN "AskAt" {time} NULL;
ALTER TABLE serve_message ADD COLUMN "Delivery" {enum} NULL;
ALTER TABLE serve_message ADD COLUMN "DeliveryAt" {time} NULL;
ALTER TABLE serve_message ADD COLUMN "AgainAs" {id} NULL;

-- What is due is sent in the order of its age.
DROP INDEX "IX_serve_message_NextAt";
CREATE INDEX "IX_serve_message_Channel_NextAt_At_Id" ON serve_message ("Channel", "NextAt", "At", "Id");
CREATE INDEX "IX_serve_message_AskAt" ON serve_message ("AskAt");
CREATE INDEX "IX_serve_message_Fault_At_Id" ON serve_message ("Fault", "At", "Id");

-- What was given up before kinds of failure were told apart.
UPDATE serve_message SET "Fault" = 'Later' WHERE "SentAt" IS NULL AND "NextAt" IS NULL;
