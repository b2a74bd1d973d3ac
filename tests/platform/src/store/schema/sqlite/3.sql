-- A kiosk that enrols again with the token it had is another one here, and is told the erasures of the one it was.
ALTER TABLE kiosk ADD COLUMN predecessor TEXT;
-- The hash of a token that was taken away: it opens nothing, and still tells which kiosk had it.
ALTER TABLE kiosk ADD COLUMN revoked_sha256 TEXT;
