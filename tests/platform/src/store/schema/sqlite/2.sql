-- Wrong codes are counted by the address they came from.
ALTER TABLE enrolment_failure ADD COLUMN address TEXT NOT NULL DEFAULT '';
CREATE INDEX enrolment_failure_at ON enrolment_failure (at);

-- The configuration a kiosk was enrolled with; only higher ones are news to it.
ALTER TABLE kiosk ADD COLUMN config_version INTEGER NOT NULL DEFAULT 1;
CREATE TABLE configuration (
    version    INTEGER PRIMARY KEY,
    kiosk      TEXT, -- NULL: every kiosk
    document   TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Figures and erasures. Of an erased lead id, revision, hash, stop and times stay; sealed and header are empty.
ALTER TABLE envelope ADD COLUMN stop TEXT;
ALTER TABLE envelope ADD COLUMN erased_at TEXT;
UPDATE envelope SET stop = header ->> 'stop' WHERE json_type(header, '$.stop') = 'text';
CREATE TABLE erasure (
    id        TEXT PRIMARY KEY,
    erased_at TEXT NOT NULL
) STRICT;
CREATE TABLE erasure_notice (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL,
    kiosk   TEXT NOT NULL,
    done_at TEXT,
    UNIQUE (id, kiosk)
) STRICT;

-- Changes from one version to another, made when first asked for.
CREATE TABLE delta (
    from_version INTEGER NOT NULL,
    to_version   INTEGER NOT NULL,
    bytes        BLOB NOT NULL,
    PRIMARY KEY (from_version, to_version)
) STRICT;

-- Who may look at the overview, as SHA-256 only; and what must never change under a store: the public halves of its keys.
CREATE TABLE overview_token (
    token_sha256 TEXT PRIMARY KEY,
    created_at   TEXT NOT NULL
) STRICT;
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
