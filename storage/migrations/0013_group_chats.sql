-- Group chats: which of them (or which topics) show the sheets of which working groups.

CREATE TABLE group_chats (
    chat_id INTEGER PRIMARY KEY,              -- Telegram's, below zero
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    greeted_at TEXT,                          -- when it was said what the bot does there: once
    asked_workshop INTEGER NOT NULL DEFAULT 0,  -- somebody asked for it to be tied there …
    asked_thread INTEGER NOT NULL DEFAULT 0,  -- … and this topic of it
    strangers TEXT NOT NULL DEFAULT '[]'      -- JSON; accounts that were told that they can't answer there
);

CREATE TABLE mirrors (
    chat_id INTEGER NOT NULL,
    thread INTEGER NOT NULL DEFAULT 0,        -- the topic of a forum; 0: the chat itself
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    grouping TEXT NOT NULL,
    group_number INTEGER NOT NULL,
    language TEXT NOT NULL,
    tied_by INTEGER NOT NULL,                 -- a facilitator's member number
    tied_at TEXT NOT NULL,
    paused TEXT NOT NULL DEFAULT '',          -- why nothing is sent there for now
    PRIMARY KEY (chat_id, thread)
) WITHOUT ROWID;
CREATE INDEX mirrors_by_workshop ON mirrors (workshop_id);
