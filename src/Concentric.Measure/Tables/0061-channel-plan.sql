CREATE TABLE measure_channel_plan (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_channel_plan" PRIMARY KEY,
    "Council" text NOT NULL,
    "Name" text NOT NULL,
    "Query" text NOT NULL,
    "By" text NOT NULL,
    "KeptAt" {time} NOT NULL
);
CREATE INDEX "IX_measure_channel_plan_Council" ON measure_channel_plan ("Council");
