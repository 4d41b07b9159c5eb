-- The line that a living message leaves behind: known only while it is on show, so that it is kept with the board.
ALTER TABLE boards ADD COLUMN closing TEXT NOT NULL DEFAULT '';
