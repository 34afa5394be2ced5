-- The names of all that one key may do, one after the other, are longer than one word.
ALTER TABLE core_api_key ALTER COLUMN "Scopes" TYPE character varying(200);
