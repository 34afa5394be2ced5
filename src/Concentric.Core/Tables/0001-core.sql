CREATE TABLE core_fact (
    "Id" {id} NOT NULL CONSTRAINT "PK_core_fact" PRIMARY KEY,
    "Kind" text NOT NULL,
    "Subject" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    "Data" text NULL,
    "Salt" {bytes} NULL,
    "Digest" {bytes} NOT NULL,
    "Number" {long} NULL,
    "Hash" {bytes} NULL
);
CREATE UNIQUE INDEX "IX_core_fact_Number" ON core_fact ("Number");
-- What the sealer looks for: few rows at any time.
CREATE INDEX "IX_core_fact_waiting" ON core_fact ("Id") WHERE "Number" IS NULL;

CREATE TABLE core_council (
    "Slug" text NOT NULL CONSTRAINT "PK_core_council" PRIMARY KEY,
    "Name" text NOT NULL,
    "IsSynthetic" {bool} NOT NULL
);

CREATE TABLE core_person (
    "Id" {id} NOT NULL CONSTRAINT "PK_core_person" PRIMARY KEY,
    "Name" text NOT NULL,
    "Role" {enum} NOT NULL,
    "IsDemo" {bool} NOT NULL,
    "DisabledAt" {time} NULL
);

CREATE TABLE core_session (
    "Id" {id} NOT NULL CONSTRAINT "PK_core_session" PRIMARY KEY,
    "TokenDigest" {bytes} NOT NULL,
    "PersonId" {id} NOT NULL,
    "StartedAt" {time} NOT NULL,
    "SeenAt" {time} NOT NULL,
    "EndedAt" {time} NULL,
    CONSTRAINT "FK_core_session_core_person_PersonId" FOREIGN KEY ("PersonId") REFERENCES core_person ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_core_session_TokenDigest" ON core_session ("TokenDigest");
CREATE INDEX "IX_core_session_PersonId" ON core_session ("PersonId");

CREATE TABLE core_api_key (
    "Id" {id} NOT NULL CONSTRAINT "PK_core_api_key" PRIMARY KEY,
    "Name" text NOT NULL,
    "Digest" {bytes} NOT NULL,
    "MadeAt" {time} NOT NULL,
    "WithdrawnAt" {time} NULL
);
CREATE UNIQUE INDEX "IX_core_api_key_Digest" ON core_api_key ("Digest");
