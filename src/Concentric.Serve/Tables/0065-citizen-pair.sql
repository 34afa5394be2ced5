-- Two citizens who may be one. Once staff said that they are, the two count as one; their rows stay as they are, so that it can be undone.
CREATE TABLE serve_citizen_pair (
    "FirstId" {id} NOT NULL,
    "SecondId" {id} NOT NULL,
    "Weight" {real} NOT NULL,
    "Reasons" text NOT NULL,
    "Found" {enum} NOT NULL,
    "SuggestedAt" {time} NOT NULL,
    "DecidedBy" {id} NULL,
    "DecidedAt" {time} NULL,
    CONSTRAINT "PK_serve_citizen_pair" PRIMARY KEY ("FirstId", "SecondId"),
    CONSTRAINT "FK_serve_citizen_pair_serve_citizen_FirstId" FOREIGN KEY ("FirstId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_serve_citizen_pair_serve_citizen_SecondId" FOREIGN KEY ("SecondId") REFERENCES serve_citizen ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_serve_citizen_pair_SecondId" ON serve_citizen_pair ("SecondId");
CREATE INDEX "IX_serve_citizen_pair_Found_Weight" ON serve_citizen_pair ("Found", "Weight");
