-- A closing of a day (NULL: of all days), with its receipt as it is written next to the files.
CREATE TABLE closing (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  day     TEXT,
  receipt TEXT NOT NULL
);
-- Initials of the member of staff who exported, if they gave them.
ALTER TABLE export ADD COLUMN initials TEXT;
