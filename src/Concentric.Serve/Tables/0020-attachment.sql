-- Files that citizens send with forms. The bytes stand in the data folder, under the id.
CREATE TABLE serve_attachment (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_attachment" PRIMARY KEY,
    "DraftId" {id} NOT NULL,
    "Question" text NOT NULL,
    "FileName" text NOT NULL,
    "Kind" text NOT NULL,
    "Size" {int} NOT NULL,
    "Digest" text NOT NULL,
    "State" {enum} NOT NULL,
    "At" {time} NOT NULL,
    "CheckedAt" {time} NULL,
    "SubmissionId" {id} NULL
);
CREATE INDEX "IX_serve_attachment_DraftId" ON serve_attachment ("DraftId");
CREATE INDEX "IX_serve_attachment_SubmissionId" ON serve_attachment ("SubmissionId");
CREATE INDEX "IX_serve_attachment_State_At" ON serve_attachment ("State", "At");
