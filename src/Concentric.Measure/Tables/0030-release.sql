CREATE TABLE measure_release (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_release" PRIMARY KEY,
    "Council" text NOT NULL,
    "Title" text NOT NULL,
    "Query" text NOT NULL,
    "Figures" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);
CREATE INDEX "IX_measure_release_Council" ON measure_release ("Council");
