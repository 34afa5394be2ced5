CREATE TABLE measure_board_review (
    "Id" {id} NOT NULL CONSTRAINT "PK_measure_board_review" PRIMARY KEY,
    "Council" text NOT NULL,
    "Board" text NOT NULL,
    "HeldOn" {date} NOT NULL,
    "Signals" text NOT NULL,
    "Findings" text NOT NULL,
    "Decision" text,
    "Measure" text,
    "Person" {id},
    "DueOn" {date},
    "DoneOn" {date},
    "NextOn" {date} NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL
);
CREATE INDEX "IX_measure_board_review_Council_Board" ON measure_board_review ("Council", "Board");
