-- Pages of plain words about a service, each version of them, and whether people found there what they looked for.
CREATE TABLE serve_knowledge_page (
    "Slug" text NOT NULL CONSTRAINT "PK_serve_knowledge_page" PRIMARY KEY,
    "Service" text NULL,
    "Team" text NOT NULL,
    "Form" text NULL,
    "Version" {int} NOT NULL,
    "ReviewedOn" {date} NOT NULL,
    "ReviewBy" {date} NOT NULL
);

CREATE TABLE serve_knowledge_version (
    "Slug" text NOT NULL,
    "Version" {int} NOT NULL,
    "Title" text NOT NULL,
    "Body" text NOT NULL,
    "WelshTitle" text NULL,
    "WelshBody" text NULL,
    "ForAdvisers" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_knowledge_version" PRIMARY KEY ("Slug", "Version"),
    CONSTRAINT "FK_serve_knowledge_version_serve_knowledge_page_Slug" FOREIGN KEY ("Slug") REFERENCES serve_knowledge_page ("Slug") ON DELETE CASCADE
);

CREATE TABLE serve_knowledge_verdict (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_knowledge_verdict" PRIMARY KEY,
    "Slug" text NOT NULL,
    "Version" {int} NOT NULL,
    "Found" {bool} NOT NULL,
    "Words" text NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_knowledge_verdict_serve_knowledge_page_Slug" FOREIGN KEY ("Slug") REFERENCES serve_knowledge_page ("Slug") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_knowledge_verdict_Slug_At" ON serve_knowledge_verdict ("Slug", "At");
CREATE INDEX "IX_serve_knowledge_verdict_At" ON serve_knowledge_verdict ("At");
