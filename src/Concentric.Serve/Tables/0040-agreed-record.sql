-- What citizens who sign in agreed to have kept for their next form. Apart from all else, and gone with the person.
CREATE TABLE serve_agreed_record (
    "PersonId" {id} NOT NULL,
    "Particular" text NOT NULL,
    "Kind" {enum} NOT NULL,
    "Value" text NOT NULL,
    "AgreedAt" {time} NOT NULL,
    "FromForm" text NOT NULL,
    CONSTRAINT "PK_serve_agreed_record" PRIMARY KEY ("PersonId", "Particular"),
    CONSTRAINT "FK_serve_agreed_record_core_person_PersonId" FOREIGN KEY ("PersonId") REFERENCES core_person ("Id") ON DELETE CASCADE
);
