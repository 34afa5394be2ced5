-- An audit asks who ever coded the contacts that it draws, and so does not read the whole journal. Only what coded something is in it.
CREATE INDEX "IX_core_fact_coded" ON core_fact ("Subject") WHERE "Kind" = 'contact-coded';
