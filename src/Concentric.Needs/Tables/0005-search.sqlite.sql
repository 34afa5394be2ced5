-- What the search reads. The full text follows the table by triggers, so that nothing but the table is ever written.
CREATE TABLE needs_search (
    "Id" {long} NOT NULL PRIMARY KEY,
    "Subject" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "InPlainWords" {bool} NOT NULL,
    "Name" text NOT NULL,
    "Others" text NOT NULL,
    "Former" text NOT NULL,
    "Definition" text NOT NULL
);
CREATE UNIQUE INDEX needs_search_subject ON needs_search ("Subject");

CREATE TABLE needs_search_word (
    "Word" text NOT NULL PRIMARY KEY,
    "Documents" {int} NOT NULL
);

CREATE VIRTUAL TABLE needs_search_text USING fts5("Name", "Others", "Former", "Definition", content='needs_search', content_rowid='Id', tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER needs_search_added AFTER INSERT ON needs_search BEGIN
    INSERT INTO needs_search_text (rowid, "Name", "Others", "Former", "Definition") VALUES (new."Id", new."Name", new."Others", new."Former", new."Definition");
END;
CREATE TRIGGER needs_search_removed AFTER DELETE ON needs_search BEGIN
    INSERT INTO needs_search_text (needs_search_text, rowid, "Name", "Others", "Former", "Definition") VALUES ('delete', old."Id", old."Name", old."Others", old."Former", old."Definition");
END;
CREATE TRIGGER needs_search_changed AFTER UPDATE ON needs_search BEGIN
    INSERT INTO needs_search_text (needs_search_text, rowid, "Name", "Others", "Former", "Definition") VALUES ('delete', old."Id", old."Name", old."Others", old."Former", old."Definition");
    INSERT INTO needs_search_text (rowid, "Name", "Others", "Former", "Definition") VALUES (new."Id", new."Name", new."Others", new."Former", new."Definition");
END;
