-- What was said before and nobody had dealt with when something else was said; and by which a change is seen.
ALTER TABLE serve_feedback ADD COLUMN "Earlier" text NULL;
ALTER TABLE serve_feedback ADD COLUMN "Revision" {int} NOT NULL DEFAULT 1;

-- Second coders of one audit wait for each other.
ALTER TABLE serve_audit ADD COLUMN "Revision" {int} NOT NULL DEFAULT 1;
