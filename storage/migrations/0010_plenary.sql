-- The plenary: daily closes, reports to the room with remarks on them, dot votes.

CREATE TABLE day_closes (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    closes_on TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (workshop_id, closes_on)
) WITHOUT ROWID;

CREATE TABLE close_progress (                 -- how many questions somebody is through with, never what they said
    workshop_id INTEGER NOT NULL,
    closes_on TEXT NOT NULL,
    member INTEGER NOT NULL,
    through INTEGER NOT NULL,
    PRIMARY KEY (workshop_id, closes_on, member),
    FOREIGN KEY (workshop_id, closes_on) REFERENCES day_closes (workshop_id, closes_on)
) WITHOUT ROWID;

CREATE TABLE close_answers (                  -- without author and time; the number is drawn by lot
    workshop_id INTEGER NOT NULL,
    closes_on TEXT NOT NULL,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workshop_id, closes_on, number),
    FOREIGN KEY (workshop_id, closes_on) REFERENCES day_closes (workshop_id, closes_on)
) WITHOUT ROWID;

CREATE TABLE report_queues (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    waiting TEXT NOT NULL,                    -- JSON; groups, in their order
    on_now INTEGER NOT NULL,                  -- the group that reports; 0: none
    past TEXT NOT NULL,                       -- JSON
    skipped TEXT NOT NULL,                    -- JSON
    ends_at TEXT,                             -- when the time of the group that reports is over
    seconds_left INTEGER,                     -- of time that stands still
    ended_at TEXT,
    PRIMARY KEY (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE remarks (
    workshop_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    group_number INTEGER NOT NULL,
    author INTEGER NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (workshop_id, number),
    FOREIGN KEY (workshop_id, queue) REFERENCES report_queues (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE dot_votes (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    step TEXT NOT NULL,
    dots INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    items TEXT NOT NULL,                      -- JSON; number, group, words
    ended_at TEXT,
    totals TEXT NOT NULL DEFAULT '{}',        -- JSON; dots by item, once it is over
    voters INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE dots (                           -- as long as they can be changed
    workshop_id INTEGER NOT NULL,
    vote INTEGER NOT NULL,
    member INTEGER NOT NULL,
    items TEXT NOT NULL,                      -- JSON
    PRIMARY KEY (workshop_id, vote, member),
    FOREIGN KEY (workshop_id, vote) REFERENCES dot_votes (workshop_id, number)
) WITHOUT ROWID;
