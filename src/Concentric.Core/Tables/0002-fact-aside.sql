-- Facts that a reader of the journal could not read, with the reason.
CREATE TABLE core_fact_aside (
    "Reader" text NOT NULL,
    "Number" {long} NOT NULL,
    "Kind" text NOT NULL,
    "Reason" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_core_fact_aside" PRIMARY KEY ("Reader", "Number")
);
