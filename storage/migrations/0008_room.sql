-- The room: what facilitators steer (closing, gates, time), calls for help, and the parking lot.

ALTER TABLE runs ADD COLUMN closed_at TEXT;
ALTER TABLE runs ADD COLUMN gate TEXT NOT NULL DEFAULT '';       -- the last step that the group may go to; '': any
ALTER TABLE runs ADD COLUMN ends_at TEXT;                        -- when the group's time is over
ALTER TABLE runs ADD COLUMN seconds_left INTEGER;                -- of time that stands still

CREATE TABLE rooms (
    workshop_id INTEGER PRIMARY KEY REFERENCES workshops (id),
    lead INTEGER,                             -- a member; NULL: the organiser
    offered INTEGER,                          -- a member who is asked to take over
    last TEXT                                 -- JSON: what was done last, and how it was before
);

CREATE TABLE calls (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    grouping TEXT NOT NULL,
    group_number INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    member INTEGER NOT NULL,
    called_at TEXT NOT NULL,
    taken_by INTEGER,
    taken_at TEXT,
    ended_at TEXT,
    PRIMARY KEY (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE parked (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    author INTEGER,                           -- NULL: anonymous
    parked_on TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_by INTEGER,
    to_room INTEGER NOT NULL DEFAULT 0,
    ticked_at TEXT,
    PRIMARY KEY (workshop_id, number)
) WITHOUT ROWID;
