-- What a key may do. Those made before there were scopes could read.
ALTER TABLE core_api_key ADD COLUMN "Scopes" {enum} NOT NULL DEFAULT 'Read';
