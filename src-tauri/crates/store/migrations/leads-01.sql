-- Everything here may lie on a stolen disk: no column holds personal data in clear.
CREATE TABLE lead (
  id           TEXT    NOT NULL,
  revision     INTEGER NOT NULL,
  kind         TEXT    NOT NULL,
  stop         TEXT    NOT NULL,
  kiosk        TEXT    NOT NULL,
  ticket       TEXT    NOT NULL,
  taken_at     TEXT    NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  boot_id      TEXT    NOT NULL,
  language     TEXT    NOT NULL,
  day          TEXT    NOT NULL,
  hour         INTEGER NOT NULL,
  sealed       BLOB    NOT NULL,
  sha256       TEXT    NOT NULL,
  PRIMARY KEY (id, revision)
) WITHOUT ROWID;
CREATE INDEX lead_by_day ON lead (day);

-- state: sealed_for_staff (platform's key not known when taken), waiting, acknowledged, set_aside
CREATE TABLE outbox (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT    NOT NULL,
  revision        INTEGER NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('sealed_for_staff', 'waiting', 'acknowledged', 'set_aside')),
  reason          TEXT,
  acknowledged_at TEXT,
  -- When this very revision last stood in an exported file.
  exported_at     TEXT,
  UNIQUE (id, revision),
  FOREIGN KEY (id, revision) REFERENCES lead (id, revision)
);
CREATE INDEX outbox_by_state ON outbox (state, seq);

-- Figures without persons: how many leads of an hour were in a language, named a project or a region.
CREATE TABLE tally (
  day   TEXT    NOT NULL,
  kind  TEXT    NOT NULL CHECK (kind IN ('language', 'project', 'region')),
  key   TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, kind, key)
) WITHOUT ROWID;

CREATE TABLE ticket (stop TEXT NOT NULL, kiosk TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (stop, kiosk)) WITHOUT ROWID;

CREATE TABLE export (
  at     TEXT    NOT NULL,
  day    TEXT,
  format TEXT    NOT NULL,
  leads  INTEGER NOT NULL,
  sha256 TEXT    NOT NULL
);

CREATE TABLE audit (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  act    TEXT NOT NULL,
  detail TEXT NOT NULL
);

-- One JSON document a name: stop, keys, enrolment, PIN, sync state.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
