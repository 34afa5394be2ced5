-- Every version of every form, as written; which one people get stands in serve_form.
CREATE TABLE serve_form (
    "Id" text NOT NULL CONSTRAINT "PK_serve_form" PRIMARY KEY,
    "Title" text NOT NULL,
    "Service" text NOT NULL,
    "Team" text NOT NULL,
    "Published" {int} NULL
);

CREATE TABLE serve_form_version (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_form_version" PRIMARY KEY,
    "Form" text NOT NULL,
    "Number" {int} NOT NULL,
    "Definition" text NOT NULL,
    "Digest" text NOT NULL,
    "State" {enum} NOT NULL,
    "Revision" {int} NOT NULL,
    "Note" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "Authors" text NULL,
    "ReviewedBy" text NULL,
    "ReviewedAt" {time} NULL,
    CONSTRAINT "FK_serve_form_version_serve_form_Form" FOREIGN KEY ("Form") REFERENCES serve_form ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_serve_form_version_Form_Number" ON serve_form_version ("Form", "Number");

-- Answers that must go on leading to the same end, whatever is changed.
CREATE TABLE serve_form_example (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_form_example" PRIMARY KEY,
    "Form" text NOT NULL,
    "Name" text NOT NULL,
    "Answers" text NOT NULL,
    "EndsAt" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_form_example_serve_form_Form" FOREIGN KEY ("Form") REFERENCES serve_form ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_form_example_Form" ON serve_form_example ("Form");

-- What somebody is filling in. The browser holds the key, we hold its digest.
CREATE TABLE serve_draft (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_draft" PRIMARY KEY,
    "Form" text NOT NULL,
    "Version" {int} NOT NULL,
    "Parts" text NULL,
    "KeyDigest" {bytes} NOT NULL,
    "Answers" text NOT NULL,
    "Offered" text NULL,
    "Trail" text NOT NULL,
    "VisitEnded" {bool} NOT NULL,
    "Revision" {int} NOT NULL,
    "Language" {enum} NOT NULL,
    "Channel" text NOT NULL,
    "Conversation" {id} NULL,
    "By" text NULL,
    "Email" text NULL,
    "StartedAt" {time} NOT NULL,
    "SeenAt" {time} NOT NULL,
    "ExpiresAt" {time} NOT NULL,
    "SentAt" {time} NULL
);
CREATE INDEX "IX_serve_draft_Conversation" ON serve_draft ("Conversation");
CREATE INDEX "IX_serve_draft_ExpiresAt" ON serve_draft ("ExpiresAt");
CREATE INDEX "IX_serve_draft_VisitEnded_SeenAt" ON serve_draft ("VisitEnded", "SeenAt");
CREATE INDEX "IX_serve_draft_KeyDigest" ON serve_draft ("KeyDigest");

-- One-use ways back into a draft: a link by e-mail, a code read out on the phone.
CREATE TABLE serve_way_back (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_way_back" PRIMARY KEY,
    "DraftId" {id} NOT NULL,
    "Digest" {bytes} NOT NULL,
    "Kind" {enum} NOT NULL,
    "MadeAt" {time} NOT NULL,
    "ExpiresAt" {time} NOT NULL,
    "UsedAt" {time} NULL,
    CONSTRAINT "FK_serve_way_back_serve_draft_DraftId" FOREIGN KEY ("DraftId") REFERENCES serve_draft ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_serve_way_back_Digest" ON serve_way_back ("Digest");
CREATE INDEX "IX_serve_way_back_DraftId" ON serve_way_back ("DraftId");

CREATE TABLE serve_submission (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_submission" PRIMARY KEY,
    "Reference" text NOT NULL,
    "DraftId" {id} NOT NULL,
    "Form" text NOT NULL,
    "Version" {int} NOT NULL,
    "Answers" text NOT NULL,
    "Language" {enum} NOT NULL,
    "Channel" text NOT NULL,
    "MediatedBy" text NULL,
    "Bundle" text NULL,
    "Team" text NOT NULL,
    "Process" text NOT NULL,
    "SentAt" {time} NOT NULL,
    "DueOn" {date} NOT NULL,
    "KeptUntil" {date} NOT NULL
);
CREATE UNIQUE INDEX "IX_serve_submission_Reference" ON serve_submission ("Reference");
CREATE UNIQUE INDEX "IX_serve_submission_DraftId_Form" ON serve_submission ("DraftId", "Form");
CREATE INDEX "IX_serve_submission_KeptUntil" ON serve_submission ("KeptUntil");

CREATE TABLE serve_payment (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_payment" PRIMARY KEY,
    "DraftId" {id} NOT NULL,
    "Reference" text NOT NULL,
    "AmountPence" {long} NOT NULL,
    "Description" text NOT NULL,
    "State" {enum} NOT NULL,
    "Provider" text NOT NULL,
    "ProviderId" text NULL,
    "At" {time} NOT NULL,
    "ChangedAt" {time} NOT NULL
);
CREATE UNIQUE INDEX "IX_serve_payment_DraftId" ON serve_payment ("DraftId");
