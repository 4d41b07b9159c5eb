-- Which actions somebody from outside was asked about, and who they turned out to be: a member or another contact.
ALTER TABLE contacts ADD COLUMN asked TEXT NOT NULL DEFAULT '[]';   -- JSON; `agreed` and `declined` are among them
ALTER TABLE contacts ADD COLUMN became TEXT NOT NULL DEFAULT '';    -- "m12" or "c3"
UPDATE contacts SET asked = agreed;
