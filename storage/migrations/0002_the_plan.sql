-- Action plans: one for each group, with every version of each action, and the people outside the workshop named in it.

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    workshop_id INTEGER NOT NULL REFERENCES workshops (id),
    group_number INTEGER NOT NULL,
    goal TEXT NOT NULL,
    next_action INTEGER NOT NULL,
    next_contact INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    agreed_at TEXT,                           -- when it was published, and frozen as version 1
    agreed_goal TEXT NOT NULL DEFAULT '',
    agreed TEXT NOT NULL DEFAULT '{}',        -- JSON; the version of each action then
    UNIQUE (workshop_id, group_number)
);

CREATE TABLE action_versions (
    plan_id INTEGER NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,                       -- JSON; the action as it was then
    PRIMARY KEY (plan_id, number, version)
) WITHOUT ROWID;

CREATE TABLE contacts (                       -- named in a plan, not in its workshop
    plan_id INTEGER NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,               -- of the link that is passed on to them
    named_by TEXT NOT NULL DEFAULT '',
    user_id INTEGER REFERENCES people (user_id),
    agreed TEXT NOT NULL DEFAULT '[]',        -- JSON; the actions that they take part in
    declined TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (plan_id, number)
) WITHOUT ROWID;
CREATE INDEX contacts_by_user ON contacts (user_id);
