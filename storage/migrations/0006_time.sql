-- Time: what is due, what became of plans, how a workshop has its sessions and rules, and people's own hours.

CREATE TABLE fires (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                        -- what it is
    version TEXT NOT NULL,                    -- for which state of that it was made
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,                    -- what it is planned with: w5, p12, p12.a3
    series TEXT NOT NULL,                     -- of one series only the newest that is due is said
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    plan_id INTEGER NOT NULL DEFAULT 0,
    action INTEGER NOT NULL DEFAULT 0,
    item INTEGER NOT NULL DEFAULT 0,
    rule TEXT NOT NULL DEFAULT '',
    party TEXT NOT NULL DEFAULT '',
    user_id INTEGER NOT NULL DEFAULT 0,       -- 0: the whole room
    due_on TEXT NOT NULL,                     -- the day that it is about
    due_at TEXT NOT NULL,
    meant_at TEXT,                            -- when it should have been said, had the bot not been away
    ends_at TEXT,                             -- after which it is of no use
    status TEXT NOT NULL DEFAULT 'pending',
    reason TEXT NOT NULL DEFAULT '',          -- why it was missed
    by_hand INTEGER NOT NULL DEFAULT 0,       -- its reader has moved it
    done_at TEXT,
    batch INTEGER NOT NULL DEFAULT 0,         -- what was said in one message
    answer TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    UNIQUE (key, version)
);
CREATE INDEX fires_due ON fires (due_at) WHERE status = 'pending';
CREATE INDEX fires_by_subject ON fires (subject);
CREATE INDEX fires_by_user ON fires (user_id, due_at) WHERE status = 'pending';
CREATE INDEX fires_done ON fires (user_id, done_at) WHERE status = 'done';
CREATE INDEX fires_by_batch ON fires (batch) WHERE batch > 0;
CREATE INDEX fires_by_workshop ON fires (workshop_id);

CREATE TABLE reports (                        -- what somebody said of an action after it was planned
    plan_id INTEGER NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    action INTEGER NOT NULL,
    item INTEGER NOT NULL,
    by_party TEXT NOT NULL,
    reported_at TEXT NOT NULL,
    progress TEXT,
    text TEXT NOT NULL,
    told_on TEXT,                             -- the day for which an audience was told
    PRIMARY KEY (plan_id, number)
) WITHOUT ROWID;

CREATE TABLE sessions (                       -- what facilitators have otherwise than content
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    id TEXT NOT NULL,
    held_on TEXT,
    starts TEXT,                              -- local times
    ends TEXT,
    place TEXT NOT NULL DEFAULT '',
    cancelled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workshop_id, id)
) WITHOUT ROWID;

CREATE TABLE rules (                          -- the same for rules of reminding
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    id TEXT NOT NULL,
    is_on INTEGER,
    days TEXT,                                -- JSON
    minutes TEXT,                             -- JSON
    at TEXT,
    PRIMARY KEY (workshop_id, id)
) WITHOUT ROWID;

ALTER TABLE workshops ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE plans ADD COLUMN escalates_to TEXT NOT NULL DEFAULT '';    -- a party; '': nobody
ALTER TABLE plans ADD COLUMN escalates_after INTEGER NOT NULL DEFAULT 0;  -- days
ALTER TABLE people ADD COLUMN laid_aside TEXT;                         -- JSON; a question that comes back
ALTER TABLE people ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN muted_until TEXT;
ALTER TABLE people ADD COLUMN opted_out INTEGER NOT NULL DEFAULT 0;
