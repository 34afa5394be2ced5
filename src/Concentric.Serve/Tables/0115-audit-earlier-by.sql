-- Who coded a contact before whoever coded it last does not code it again in an audit either.
ALTER TABLE serve_audit_item ADD COLUMN "EarlierBy" text NOT NULL DEFAULT '';
