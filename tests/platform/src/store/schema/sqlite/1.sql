-- Enrolment. Codes and tokens are kept as SHA-256 only.
CREATE TABLE enrolment_code (
    code_sha256 TEXT PRIMARY KEY,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    stop        TEXT,
    used_at     TEXT
) STRICT;
CREATE TABLE enrolment_failure (at TEXT NOT NULL) STRICT;
CREATE TABLE kiosk (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    token_sha256 TEXT NOT NULL UNIQUE,
    enrolled_at  TEXT NOT NULL,
    program      TEXT NOT NULL,
    stop         TEXT,
    heartbeat_at TEXT,
    heartbeat    TEXT
) STRICT;

-- Leads: what was received, byte for byte, and what could be read of it.
CREATE TABLE envelope (
    id          TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    sent_by     TEXT NOT NULL,
    header      TEXT NOT NULL,
    sealed      BLOB NOT NULL,
    quarantine  TEXT, -- why it could not be read
    PRIMARY KEY (id, revision)
) STRICT;
CREATE TABLE conflict (
    id          TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    sent_by     TEXT NOT NULL,
    header      TEXT NOT NULL,
    sealed      BLOB NOT NULL,
    PRIMARY KEY (id, revision, sha256)
) STRICT;
CREATE TABLE lead (
    id       TEXT NOT NULL,
    revision INTEGER NOT NULL,
    name     TEXT NOT NULL,
    phone    TEXT,
    email    TEXT,
    record   TEXT NOT NULL, -- everything that was sealed, as JSON
    PRIMARY KEY (id, revision),
    FOREIGN KEY (id, revision) REFERENCES envelope (id, revision)
) STRICT;

-- Catalogue. A version is there when all its pictures are.
CREATE TABLE catalogue (
    version      INTEGER PRIMARY KEY,
    checkpoint   TEXT NOT NULL,
    signature    TEXT NOT NULL,
    snapshot     BLOB NOT NULL,
    published_at TEXT NOT NULL
) STRICT;
CREATE TABLE picture (
    sha256 TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;
