CREATE TABLE improve_change (
    "Id" {id} NOT NULL CONSTRAINT "PK_improve_change" PRIMARY KEY,
    "Service" text NOT NULL,
    "From" {date} NOT NULL,
    "What" text NOT NULL,
    "By" text NOT NULL,
    "RecordedAt" {time} NOT NULL,
    "WithdrawnAt" {time} NULL
);
CREATE INDEX "IX_improve_change_Service" ON improve_change ("Service");
