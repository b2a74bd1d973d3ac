-- Daily figures also by product type and desk. SQLite cannot change a constraint, so the table is copied.
CREATE TABLE figures (
  day   TEXT    NOT NULL,
  kind  TEXT    NOT NULL CHECK (kind IN ('language', 'project', 'region', 'type', 'desk')),
  key   TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, kind, key)
) WITHOUT ROWID;
INSERT INTO figures SELECT day, kind, key, count FROM tally;
DROP TABLE tally;
ALTER TABLE figures RENAME TO tally;
