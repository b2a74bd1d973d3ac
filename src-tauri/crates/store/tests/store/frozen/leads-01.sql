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

-- What a kiosk of that time held.
INSERT INTO lead VALUES
  ('00000000-0000-0000-0000-000000000001', 1, 'lead', 'test-stop', 'K00', 'TST-K00-0001', '1970-01-01T00:00:00Z', 5, 'boot', 'fr', '2026-02-12', 11, zeroblob(40), '2c34ce1df23b838c5abf2a7f6437cca3d3067ed509ff25f11df6b11b582b51eb'),
  ('00000000-0000-0000-0000-000000000001', 2, 'lead', 'test-stop', 'K00', 'TST-K00-0001', '1970-01-01T00:00:00Z', 5, 'boot', 'fr', '2026-02-12', 11, zeroblob(40), '2c34ce1df23b838c5abf2a7f6437cca3d3067ed509ff25f11df6b11b582b51eb'),
  ('00000000-0000-0000-0000-000000000002', 1, 'lead', 'test-stop', 'K01', 'TST-K01-0001', '1970-01-01T00:00:00Z', 5, 'boot', 'ar', '2026-02-12', 12, zeroblob(40), '2c34ce1df23b838c5abf2a7f6437cca3d3067ed509ff25f11df6b11b582b51eb');
INSERT INTO outbox (id, revision, state, reason) VALUES
  ('00000000-0000-0000-0000-000000000001', 2, 'waiting', NULL),
  ('00000000-0000-0000-0000-000000000002', 1, 'set_aside', 'conflict');
INSERT INTO tally VALUES ('2026-02-12', 'language', 'fr', 1), ('2026-02-12', 'language', 'ar', 1);
INSERT INTO ticket VALUES ('test-stop', 'K01', 1);
INSERT INTO setting VALUES ('pin', '"hash"');
PRAGMA user_version = 1;
