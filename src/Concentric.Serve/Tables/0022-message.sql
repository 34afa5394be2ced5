-- E-mail that waits to be sent, and what became of it. The body goes some days after it was sent.
CREATE TABLE serve_message (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_message" PRIMARY KEY,
    "Kind" text NOT NULL,
    "To" text NOT NULL,
    "Subject" text NOT NULL,
    "Body" text NULL,
    "Language" {enum} NOT NULL,
    "At" {time} NOT NULL,
    "SentAt" {time} NULL,
    "Attempts" {int} NOT NULL,
    "NextAt" {time} NULL,
    "Error" text NULL
);
CREATE INDEX "IX_serve_message_NextAt" ON serve_message ("NextAt");
CREATE INDEX "IX_serve_message_SentAt" ON serve_message ("SentAt");
