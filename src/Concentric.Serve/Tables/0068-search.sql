-- Words by which citizens are found: of their names and addresses, as they are looked for.
CREATE TABLE serve_citizen_word (
    "Word" text NOT NULL,
    "CitizenId" {id} NOT NULL,
    CONSTRAINT "PK_serve_citizen_word" PRIMARY KEY ("Word", "CitizenId"),
    CONSTRAINT "FK_serve_citizen_word_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_citizen_word_CitizenId" ON serve_citizen_word ("CitizenId");

-- Each of these words with a letter or two left out, so that what was mistyped meets it.
CREATE TABLE serve_near_word (
    "Near" text NOT NULL,
    "Word" text NOT NULL,
    CONSTRAINT "PK_serve_near_word" PRIMARY KEY ("Near", "Word")
);
