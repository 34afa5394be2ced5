CREATE TABLE measure_postcode (
    "Council" text NOT NULL,
    "Postcode" text NOT NULL,
    "Area" text NOT NULL,
    CONSTRAINT "PK_measure_postcode" PRIMARY KEY ("Council", "Postcode")
);
