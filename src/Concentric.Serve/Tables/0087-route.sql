-- Which team gets what: by service, by area, or by both; empty stands for any.
CREATE TABLE serve_route (
    "Service" text NOT NULL,
    "Area" text NOT NULL,
    "Team" text NOT NULL,
    "By" text NOT NULL,
    "At" {time} NOT NULL,
    CONSTRAINT "PK_serve_route" PRIMARY KEY ("Service", "Area")
);
