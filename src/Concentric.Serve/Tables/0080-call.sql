-- A phone call as a phone system reported it, with the caller's number. All of it goes after 28 days.
CREATE TABLE serve_call (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_call" PRIMARY KEY,
    "Name" text NOT NULL,
    "Number" text NULL,
    "Line" text NULL,
    "At" {time} NOT NULL,
    "StartedAt" {time} NULL,
    "AnsweredAt" {time} NULL,
    "EndedAt" {time} NULL,
    "Transfers" {int} NOT NULL
);
CREATE UNIQUE INDEX "IX_serve_call_Name" ON serve_call ("Name");
CREATE INDEX "IX_serve_call_At" ON serve_call ("At");

CREATE TABLE serve_call_event (
    "CallId" {id} NOT NULL,
    "Kind" {enum} NOT NULL,
    "At" {time} NOT NULL,
    "Line" text NULL,
    "Adviser" text NULL,
    "To" text NULL,
    "Reason" text NULL,
    CONSTRAINT "PK_serve_call_event" PRIMARY KEY ("CallId", "Kind", "At"),
    CONSTRAINT "FK_serve_call_event_serve_call_CallId" FOREIGN KEY ("CallId") REFERENCES serve_call ("Id") ON DELETE CASCADE
);

-- From which call a conversation was begun, by the phone system's own name of it: the call may be reported only afterwards.
ALTER TABLE serve_conversation ADD COLUMN "Call" text NULL;
CREATE INDEX "IX_serve_conversation_Call" ON serve_conversation ("Call");
