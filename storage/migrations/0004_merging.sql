-- Proposals to make one of two actions: whose word they wait for, and what came of them.

CREATE TABLE merge_proposals (
    id INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    kept_plan INTEGER NOT NULL REFERENCES plans (id),
    kept INTEGER NOT NULL,                    -- the action that is to stay
    other_plan INTEGER NOT NULL REFERENCES plans (id),
    other INTEGER NOT NULL,                   -- the one that is to go into it
    proposed_by INTEGER NOT NULL,             -- a member's number
    asked TEXT NOT NULL,                      -- JSON; people by side
    agreed TEXT NOT NULL,                     -- JSON; the sides that agreed
    created_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX merge_proposals_by_workshop ON merge_proposals (workshop_id);
