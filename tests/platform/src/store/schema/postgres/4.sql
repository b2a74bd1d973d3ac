-- As SQLite's fifth; comments stand there.
ALTER TABLE catalogue ADD COLUMN withdrawn_at TEXT;

ALTER TABLE kiosk ADD COLUMN report_line TEXT, ADD COLUMN copied_at TEXT, ADD COLUMN audit_returned_at TEXT;
CREATE TABLE audit_head (
    kiosk       TEXT NOT NULL,
    head        TEXT NOT NULL,
    received_at TEXT NOT NULL
);
CREATE INDEX audit_head_kiosk ON audit_head (kiosk, head);
CREATE INDEX audit_head_newest ON audit_head (kiosk, received_at);

-- A header may contain what PostgreSQL accepts in no text, so it is not parsed as JSON. It is stored without spaces.
ALTER TABLE envelope ADD COLUMN ticket TEXT;
ALTER TABLE envelope ALTER COLUMN ticket SET STATISTICS 0;
UPDATE envelope SET ticket = substring(header from '"ticket":"([A-Za-z0-9-]{1,40})"')
 WHERE header LIKE '%"ticket":"%';
CREATE INDEX envelope_ticket ON envelope (stop, ticket);
CREATE TABLE reused_ticket (
    id       TEXT PRIMARY KEY,
    found_at TEXT NOT NULL
);

ALTER TABLE overview_token ADD COLUMN name TEXT, ADD COLUMN expires_at TEXT;
UPDATE overview_token SET name = substr(token_sha256, 1, 8);
CREATE UNIQUE INDEX overview_token_name ON overview_token (name);

CREATE TABLE audit (
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    act    TEXT NOT NULL,
    detail TEXT NOT NULL
);
