-- With what else a list of one service's cases asks for: it is counted by the index alone.
DROP INDEX "IX_serve_case_Service_IsOpen_NextOn_Id";
CREATE INDEX "IX_serve_case_Service_list" ON serve_case ("Service", "IsOpen", "NextOn", "Id", "Team", "OwnerId", "IsSensitive", "IsPaused");
