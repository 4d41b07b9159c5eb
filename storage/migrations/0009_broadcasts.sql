-- Broadcasts go to more than groups, at a time, with a picture or a file, and may be stopped.

CREATE TABLE broadcasts_now (
    id INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    sender INTEGER NOT NULL,                  -- a facilitator's member number
    audience TEXT NOT NULL,                   -- JSON; to whom
    text TEXT NOT NULL,                       -- '' where it asks to finish a step, or is a picture or a file alone
    attachment TEXT,                          -- JSON; what goes along
    due_at TEXT,                              -- when it is to go, or was
    sent_at TEXT,
    stopped_at TEXT,
    stopped_by INTEGER NOT NULL DEFAULT 0,    -- a member's number; 0: by the bot, because it was too late
    aloud TEXT NOT NULL DEFAULT '[]'          -- JSON; members without a phone whom it was meant for
);
INSERT INTO broadcasts_now (id, workshop_id, sender, audience, text, sent_at, aloud)
SELECT id, workshop_id, sender,
    json_object('to', CASE WHEN groups = '[]' THEN 'all' ELSE 'groups' END, 'grouping', grouping, 'groups', json(groups)),
    text, sent_at,
    COALESCE((
        SELECT json_extract(dialogue, '$.aloud') FROM people
        WHERE json_extract(dialogue, '$.kind') = 'sent' AND json_extract(dialogue, '$.broadcast_id') = broadcasts.id
    ), '[]')
FROM broadcasts;
DROP TABLE broadcasts;
ALTER TABLE broadcasts_now RENAME TO broadcasts;
CREATE INDEX broadcasts_by_workshop ON broadcasts (workshop_id);
