CREATE TABLE measure_published_point (
    "Council" text NOT NULL,
    "Measure" text NOT NULL,
    "Period" {date} NOT NULL,
    "Version" {int} NOT NULL,
    "Value" {real},
    "IsHidden" {bool} NOT NULL,
    "N" {long},
    "Mean" {real},
    "Lower" {real},
    "Upper" {real},
    "Flags" text NOT NULL,
    "Rules" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_measure_published_point" PRIMARY KEY ("Council", "Measure", "Period")
);
