-- Processes as they were when cases began by them: a version never changes.
CREATE TABLE serve_process (
    "Id" text NOT NULL,
    "Version" {int} NOT NULL,
    "Definition" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_process" PRIMARY KEY ("Id", "Version")
);

-- How a case stands follows from its events; what lists ask for is kept beside it.
CREATE TABLE serve_case (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_case" PRIMARY KEY,
    "Reference" text NOT NULL,
    "Process" text NOT NULL,
    "Version" {int} NOT NULL,
    "PromiseDays" {int} NOT NULL,
    "BegunAt" {time} NOT NULL,
    "Team" text NOT NULL,
    "IsOpen" {bool} NOT NULL,
    "IsPaused" {bool} NOT NULL,
    "NextOn" {date} NOT NULL,
    "WaitsUntil" {date} NULL,
    "Outcome" {enum} NULL,
    "Revision" {int} NOT NULL,
    CONSTRAINT "FK_serve_case_serve_enquiry_Id" FOREIGN KEY ("Id") REFERENCES serve_enquiry ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_case_serve_process_Process_Version" FOREIGN KEY ("Process", "Version") REFERENCES serve_process ("Id", "Version")
);
CREATE UNIQUE INDEX "IX_serve_case_Reference" ON serve_case ("Reference");
CREATE INDEX "IX_serve_case_Process_Version" ON serve_case ("Process", "Version");
CREATE INDEX "IX_serve_case_IsOpen_NextOn_Id" ON serve_case ("IsOpen", "NextOn", "Id");
CREATE INDEX "IX_serve_case_Team_IsOpen_NextOn_Id" ON serve_case ("Team", "IsOpen", "NextOn", "Id");
CREATE INDEX "IX_serve_case_WaitsUntil" ON serve_case ("WaitsUntil");

CREATE TABLE serve_case_event (
    "CaseId" {id} NOT NULL,
    "Number" {int} NOT NULL,
    "Kind" {enum} NOT NULL,
    "Node" text NULL,
    "Way" text NULL,
    "Team" text NULL,
    "Note" text NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_case_event" PRIMARY KEY ("CaseId", "Number"),
    CONSTRAINT "FK_serve_case_event_serve_case_CaseId" FOREIGN KEY ("CaseId") REFERENCES serve_case ("Id") ON DELETE CASCADE
);
