-- SHA-256 of the value, so that a damaged setting is noticed. Settings written before have none.
ALTER TABLE setting ADD COLUMN sha256 TEXT;
