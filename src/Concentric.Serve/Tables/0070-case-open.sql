-- In which steps cases are now.
CREATE TABLE serve_case_open (
    "CaseId" {id} NOT NULL,
    "Node" text NOT NULL,
    "Process" text NOT NULL,
    "Version" {int} NOT NULL,
    "Since" {time} NOT NULL,
    CONSTRAINT "PK_serve_case_open" PRIMARY KEY ("CaseId", "Node"),
    CONSTRAINT "FK_serve_case_open_serve_case_CaseId" FOREIGN KEY ("CaseId") REFERENCES serve_case ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_case_open_Process_Version_Node" ON serve_case_open ("Process", "Version", "Node");

-- When somebody is to be told that a step is overdue, and who was.
ALTER TABLE serve_case ADD COLUMN "TellFrom" {date} NULL;
ALTER TABLE serve_case ADD COLUMN "EscalatedTo" {enum} NULL;
CREATE INDEX "IX_serve_case_TellFrom" ON serve_case ("TellFrom");
CREATE INDEX "IX_serve_case_EscalatedTo_IsOpen_NextOn_Id" ON serve_case ("EscalatedTo", "IsOpen", "NextOn", "Id");

-- Cases that have to do with one another, and parts of a case that are cases of their own.
CREATE TABLE serve_case_link (
    "CaseId" {id} NOT NULL,
    "OtherId" {id} NOT NULL,
    "Kind" {enum} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_case_link" PRIMARY KEY ("CaseId", "OtherId"),
    CONSTRAINT "FK_serve_case_link_serve_case_CaseId" FOREIGN KEY ("CaseId") REFERENCES serve_case ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_case_link_serve_case_OtherId" FOREIGN KEY ("OtherId") REFERENCES serve_case ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_case_link_OtherId" ON serve_case_link ("OtherId");
