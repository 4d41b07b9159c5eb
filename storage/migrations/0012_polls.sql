-- Quick polls: what is asked, the polls that Telegram made of it in people's chats, and what was chosen there.

CREATE TABLE quick_polls (
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    answers TEXT NOT NULL,                    -- JSON
    opened_at TEXT NOT NULL,
    ended_at TEXT,
    totals TEXT NOT NULL DEFAULT '[]',        -- JSON; how often each answer was chosen, once it is over
    voters INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workshop_id, number)
) WITHOUT ROWID;

CREATE TABLE poll_copies (                    -- as long as a poll is open
    poll_id TEXT PRIMARY KEY,                 -- Telegram's
    workshop_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX poll_copies_by_poll ON poll_copies (workshop_id, number);

CREATE TABLE poll_votes (                     -- as long as a poll is open
    poll_id TEXT PRIMARY KEY,
    picks TEXT NOT NULL                       -- JSON; answers by their places
) WITHOUT ROWID;
