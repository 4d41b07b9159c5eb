-- Times ending in _at are UTC instants as ISO 8601 text; dates ending in _on are local dates.

CREATE TABLE people (                         -- everyone who ever wrote to the bot
    user_id INTEGER PRIMARY KEY,              -- Telegram's, 64 bits
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    language_chosen INTEGER NOT NULL DEFAULT 0,
    workshop_id INTEGER REFERENCES workshops (id),  -- the one that they are working in
    sheet_run_id INTEGER REFERENCES runs (id),  -- the run whose sheet is in front of them
    acting_for INTEGER,                       -- the member without a phone for whom they answer there
    room_id INTEGER REFERENCES workshops (id),  -- the workshop whose board they have open
    dialogue TEXT,                            -- JSON; what is being asked of them in private
    offers TEXT NOT NULL DEFAULT '[]',        -- JSON; the choices last offered, so that they may be typed
    unreachable TEXT NOT NULL DEFAULT '',     -- why messages can't reach them
    wrong_codes TEXT NOT NULL DEFAULT '[]'    -- JSON; instants of late wrong join codes
);

CREATE TABLE workshops (
    id INTEGER PRIMARY KEY,
    programme TEXT NOT NULL,
    title TEXT NOT NULL,
    first_on TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    link_token TEXT NOT NULL UNIQUE,
    facilitator_token TEXT UNIQUE,            -- used once, then NULL
    created_at TEXT NOT NULL,
    closed_at TEXT
);

CREATE TABLE members (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    user_id INTEGER REFERENCES people (user_id),  -- NULL: someone without a phone
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    PRIMARY KEY (workshop_id, number),
    UNIQUE (workshop_id, user_id)
) WITHOUT ROWID;
CREATE INDEX members_by_user ON members (user_id);

CREATE TABLE formations (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    grouping TEXT NOT NULL,
    formed_at TEXT NOT NULL,
    PRIMARY KEY (workshop_id, grouping)
) WITHOUT ROWID;

CREATE TABLE groups (
    workshop_id INTEGER NOT NULL,
    grouping TEXT NOT NULL,
    number INTEGER NOT NULL,
    topics TEXT NOT NULL,                     -- JSON list of topic ids
    reporter INTEGER,
    scribe INTEGER,
    timekeeper INTEGER,
    pen INTEGER,                              -- who holds the pen
    pen_at TEXT,                              -- when its holder last did something
    pen_asked INTEGER,                        -- who asked for it
    PRIMARY KEY (workshop_id, grouping, number),
    FOREIGN KEY (workshop_id, grouping) REFERENCES formations (workshop_id, grouping)
) WITHOUT ROWID;

CREATE TABLE seats (
    workshop_id INTEGER NOT NULL,
    grouping TEXT NOT NULL,
    member INTEGER NOT NULL,
    group_number INTEGER NOT NULL,
    counted INTEGER NOT NULL,                 -- the number they counted off
    moved INTEGER NOT NULL DEFAULT 0,         -- put there by hand, and to stay there
    PRIMARY KEY (workshop_id, grouping, member),
    FOREIGN KEY (workshop_id, grouping, group_number) REFERENCES groups (workshop_id, grouping, number),
    FOREIGN KEY (workshop_id, member) REFERENCES members (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    exercise TEXT NOT NULL,
    group_number INTEGER NOT NULL DEFAULT 0,  -- 0: a person's own run
    member INTEGER NOT NULL DEFAULT 0,        -- 0: a group's run
    step TEXT NOT NULL,
    skipped TEXT NOT NULL DEFAULT '[]',       -- JSON list of step ids
    opened_at TEXT NOT NULL,
    active_at TEXT NOT NULL,
    published_at TEXT,
    next_entry INTEGER NOT NULL DEFAULT 1,
    UNIQUE (workshop_id, exercise, group_number, member)
);

CREATE TABLE entries (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    author INTEGER,                           -- a member's number; NULL where the step is anonymous
    entered_by INTEGER,                       -- the facilitator who wrote it down for the author
    value TEXT NOT NULL,                      -- JSON
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (run_id, number)
) WITHOUT ROWID;

CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    sender INTEGER NOT NULL,                  -- a facilitator's member number
    text TEXT NOT NULL,
    grouping TEXT NOT NULL,                   -- '' when it went to everyone
    groups TEXT NOT NULL,                     -- JSON list of group numbers
    sent_at TEXT NOT NULL
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    screen TEXT NOT NULL,                     -- JSON: key, params, rows
    priority INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    message_id INTEGER NOT NULL DEFAULT 0,
    query_id TEXT NOT NULL DEFAULT '',
    batch INTEGER NOT NULL DEFAULT 0,
    silent INTEGER NOT NULL DEFAULT 0,
    slot TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TEXT,
    expires_at TEXT,
    sent_message_id INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_open ON outbox (id) WHERE status IN ('queued', 'sending', 'errored', 'unknown');
CREATE INDEX outbox_batch ON outbox (batch) WHERE batch > 0;

CREATE TABLE boards (
    chat_id INTEGER NOT NULL,
    slot TEXT NOT NULL,
    subject TEXT NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    message_id INTEGER NOT NULL DEFAULT 0,
    shown TEXT NOT NULL DEFAULT '',
    pushed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chat_id, slot)
) WITHOUT ROWID;

CREATE TABLE handled_updates (
    update_id INTEGER PRIMARY KEY,
    handled_at TEXT NOT NULL
);

CREATE TABLE dead_letters (                   -- updates that could not be handled: their shape, never their words
    update_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    error TEXT NOT NULL,
    died_at TEXT NOT NULL
);

CREATE TABLE settings (                       -- single values, such as the digest of the organiser's claim code
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
