-- The assessment: sets of statements that an organiser brought, and which of them a run asks about.

CREATE TABLE statement_sets (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    edition INTEGER NOT NULL,                 -- from 1; 0 is the programme's own
    name TEXT NOT NULL,                       -- of the file
    statements TEXT NOT NULL,                 -- JSON: [[id, topic, text], …]; never changed
    added_at TEXT NOT NULL,
    added_by INTEGER NOT NULL,                -- a member's number
    PRIMARY KEY (workshop_id, edition)
) WITHOUT ROWID;

ALTER TABLE runs ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
