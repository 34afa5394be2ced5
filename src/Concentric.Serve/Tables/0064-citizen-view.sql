-- By which a citizen is found again and compared with others, and how they want to be reached.
ALTER TABLE serve_citizen ADD COLUMN "NameKey" text NOT NULL DEFAULT '';
ALTER TABLE serve_citizen ADD COLUMN "PreferredChannel" text NULL;
ALTER TABLE serve_citizen ADD COLUMN "IsCompared" {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE serve_citizen ADD COLUMN "IsLeft" {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX "IX_serve_citizen_NameKey" ON serve_citizen ("NameKey");
CREATE INDEX "IX_serve_citizen_Born" ON serve_citizen ("Born");
CREATE INDEX "IX_serve_citizen_Uprn" ON serve_citizen ("Uprn");
CREATE INDEX "IX_serve_citizen_IsCompared" ON serve_citizen ("IsCompared");
CREATE INDEX "IX_serve_citizen_IsLeft" ON serve_citizen ("IsLeft");

-- Whom a conversation is with, once the adviser found them.
ALTER TABLE serve_conversation ADD COLUMN "CitizenId" {id} NULL;
CREATE INDEX "IX_serve_conversation_CitizenId" ON serve_conversation ("CitizenId");

-- Each time that somebody of the staff saw a citizen's page. Who is known to the service managers; the citizen is told role, team and reason.
CREATE TABLE serve_citizen_look (
    "Id" {id} NOT NULL,
    "CitizenId" {id} NOT NULL,
    "PersonId" {id} NOT NULL,
    "Role" {enum} NOT NULL,
    "Team" text NOT NULL,
    "Reason" {enum} NOT NULL,
    "Words" text NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_citizen_look" PRIMARY KEY ("CitizenId", "Id"),
    CONSTRAINT "FK_serve_citizen_look_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_citizen_look_At" ON serve_citizen_look ("At");

-- Why somebody opens a citizen who is not theirs. It holds until the end of the day.
CREATE TABLE serve_citizen_reason (
    "PersonId" {id} NOT NULL,
    "CitizenId" {id} NOT NULL,
    "Reason" {enum} NOT NULL,
    "Words" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_citizen_reason" PRIMARY KEY ("PersonId", "CitizenId"),
    CONSTRAINT "FK_serve_citizen_reason_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);

-- A citizen who signs in showed that they are this one.
CREATE TABLE serve_citizen_person (
    "PersonId" {id} NOT NULL CONSTRAINT "PK_serve_citizen_person" PRIMARY KEY,
    "CitizenId" {id} NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "FK_serve_citizen_person_core_person_PersonId" FOREIGN KEY ("PersonId") REFERENCES core_person ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_citizen_person_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_citizen_person_CitizenId" ON serve_citizen_person ("CitizenId");

CREATE TABLE serve_citizen_consent (
    "CitizenId" {id} NOT NULL,
    "Channel" text NOT NULL,
    "May" {bool} NOT NULL,
    "Source" {enum} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_citizen_consent" PRIMARY KEY ("CitizenId", "Channel"),
    CONSTRAINT "FK_serve_citizen_consent_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);

-- Somebody who helps a citizen, and what they may do for them.
CREATE TABLE serve_citizen_helper (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_citizen_helper" PRIMARY KEY,
    "CitizenId" {id} NOT NULL,
    "Name" text NOT NULL,
    "Relation" text NOT NULL,
    "Contact" text NOT NULL,
    "May" {enum} NOT NULL,
    "Until" {date} NULL,
    "Since" {time} NOT NULL,
    "EndedAt" {time} NULL,
    CONSTRAINT "FK_serve_citizen_helper_serve_citizen_CitizenId" FOREIGN KEY ("CitizenId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_citizen_helper_CitizenId" ON serve_citizen_helper ("CitizenId");
