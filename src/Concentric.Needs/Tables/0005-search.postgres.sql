-- What the search reads. The full text is a column that the database works out of the others.
CREATE TABLE needs_search (
    "Id" {long} NOT NULL PRIMARY KEY,
    "Subject" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "InPlainWords" {bool} NOT NULL,
    "Name" text NOT NULL,
    "Others" text NOT NULL,
    "Former" text NOT NULL,
    "Definition" text NOT NULL,
    "Words" tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, "Name"), 'A') || setweight(to_tsvector('simple'::regconfig, "Others"), 'B') ||
        setweight(to_tsvector('simple'::regconfig, "Former"), 'C') || setweight(to_tsvector('simple'::regconfig, "Definition"), 'D')) STORED
);
CREATE UNIQUE INDEX needs_search_subject ON needs_search ("Subject");
CREATE INDEX needs_search_words ON needs_search USING gin ("Words");

-- Bytes in order, as in the other database, so that all words with one beginning lie together.
CREATE TABLE needs_search_word (
    "Word" text COLLATE "C" NOT NULL PRIMARY KEY,
    "Documents" {int} NOT NULL
);
