-- Leads erased because a person asked for it. Identifier and hour stay, so that the lead can never come back and figures
-- stay true; nothing else does.
CREATE TABLE erased (
  id   TEXT PRIMARY KEY,
  at   TEXT NOT NULL,
  day  TEXT,
  hour INTEGER
) WITHOUT ROWID;
CREATE INDEX erased_by_day ON erased (day);
CREATE TRIGGER what_is_erased_stays_erased BEFORE INSERT ON lead
WHEN EXISTS (SELECT 1 FROM erased WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'this lead was erased');
END;
