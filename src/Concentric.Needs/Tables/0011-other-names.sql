-- Names of several words stay names: until now their words lay among the other words.
ALTER TABLE needs_concept ADD COLUMN "OtherNames" text NULL;
