-- When somebody last did something: facilitators write to those who haven't been seen for a while.
ALTER TABLE people ADD COLUMN seen_at TEXT;
