-- A withdrawn version is not offered. Its row stays: its number is never used again, and kiosks that show it still get deltas.
ALTER TABLE catalogue ADD COLUMN withdrawn_at TEXT;

-- What is needed of the reports of a kiosk to see whether one machine sends them, and when a copy of it reported last.
ALTER TABLE kiosk ADD COLUMN report_line TEXT;
ALTER TABLE kiosk ADD COLUMN copied_at TEXT;
-- The heads of a kiosk's audit log in the order in which they arrived, and when it returned to an earlier one.
CREATE TABLE audit_head (
    kiosk       TEXT NOT NULL,
    head        TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT;
CREATE INDEX audit_head_kiosk ON audit_head (kiosk, head);
CREATE INDEX audit_head_newest ON audit_head (kiosk, received_at);
ALTER TABLE kiosk ADD COLUMN audit_returned_at TEXT;

-- The ticket in the header, to see whether two leads have the same one. It is deleted with the lead.
ALTER TABLE envelope ADD COLUMN ticket TEXT;
UPDATE envelope SET ticket = CASE WHEN json_valid(header) THEN
    CASE json_type(header, '$.ticket') WHEN 'text' THEN header ->> 'ticket' END
END WHERE header <> '';
CREATE INDEX envelope_ticket ON envelope (stop, ticket);
-- Leads that arrived with a ticket that another lead has.
CREATE TABLE reused_ticket (
    id       TEXT PRIMARY KEY,
    found_at TEXT NOT NULL
) STRICT;

-- Overview tokens have a name, and new ones expire.
ALTER TABLE overview_token ADD COLUMN name TEXT;
ALTER TABLE overview_token ADD COLUMN expires_at TEXT;
UPDATE overview_token SET name = substr(token_sha256, 1, 8);
CREATE UNIQUE INDEX overview_token_name ON overview_token (name);

-- Who ran which command on this store. Details contain no personal data of visitors.
CREATE TABLE audit (
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    act    TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
