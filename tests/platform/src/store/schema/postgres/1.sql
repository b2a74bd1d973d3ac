-- The same tables as those of SQLite after its last migration; comments stand there.
CREATE TABLE enrolment_code (
    code_sha256 TEXT PRIMARY KEY,
    created_at  TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    stop        TEXT,
    used_at     TEXT
);
CREATE TABLE enrolment_failure (at TEXT NOT NULL, address TEXT NOT NULL);
CREATE INDEX enrolment_failure_at ON enrolment_failure (at);
CREATE TABLE kiosk (
    number         BIGINT PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    token_sha256   TEXT NOT NULL UNIQUE,
    enrolled_at    TEXT NOT NULL,
    program        TEXT NOT NULL,
    stop           TEXT,
    heartbeat_at   TEXT,
    heartbeat      TEXT,
    config_version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE configuration (
    version    BIGINT PRIMARY KEY,
    kiosk      TEXT,
    document   TEXT NOT NULL,
    created_at TEXT NOT NULL
);

-- rowid is the order of arrival, as SQLite has it of itself.
CREATE TABLE envelope (
    rowid       BIGINT GENERATED ALWAYS AS IDENTITY,
    id          TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    sha256      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    sent_by     TEXT NOT NULL,
    header      TEXT NOT NULL,
    sealed      BYTEA NOT NULL,
    quarantine  TEXT,
    stop        TEXT,
    erased_at   TEXT,
    PRIMARY KEY (id, revision)
);
CREATE TABLE conflict (
    id          TEXT NOT NULL,
    revision    BIGINT NOT NULL,
    sha256      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    sent_by     TEXT NOT NULL,
    header      TEXT NOT NULL,
    sealed      BYTEA NOT NULL,
    PRIMARY KEY (id, revision, sha256)
);
CREATE TABLE lead (
    id       TEXT NOT NULL,
    revision BIGINT NOT NULL,
    name     TEXT NOT NULL,
    phone    TEXT,
    email    TEXT,
    record   TEXT NOT NULL,
    PRIMARY KEY (id, revision),
    FOREIGN KEY (id, revision) REFERENCES envelope (id, revision)
);
CREATE TABLE erasure (
    id        TEXT PRIMARY KEY,
    erased_at TEXT NOT NULL
);
CREATE TABLE erasure_notice (
    seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id      TEXT NOT NULL,
    kiosk   TEXT NOT NULL,
    done_at TEXT,
    UNIQUE (id, kiosk)
);

CREATE TABLE catalogue (
    version      BIGINT PRIMARY KEY,
    checkpoint   TEXT NOT NULL,
    signature    TEXT NOT NULL,
    snapshot     BYTEA NOT NULL,
    published_at TEXT NOT NULL
);
CREATE TABLE picture (
    sha256 TEXT PRIMARY KEY,
    bytes  BYTEA NOT NULL
);
-- Pictures are compressed already.
ALTER TABLE picture ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE delta (
    from_version BIGINT NOT NULL,
    to_version   BIGINT NOT NULL,
    bytes        BYTEA NOT NULL,
    PRIMARY KEY (from_version, to_version)
);

CREATE TABLE overview_token (
    token_sha256 TEXT PRIMARY KEY,
    created_at   TEXT NOT NULL
);
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
