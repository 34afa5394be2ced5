-- All that came, the newest first.
CREATE INDEX "IX_serve_received_mail_At_Id" ON serve_received_mail ("At", "Id");
