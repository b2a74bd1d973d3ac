-- As SQLite's third; comments stand there.
ALTER TABLE kiosk ADD COLUMN predecessor TEXT;
ALTER TABLE kiosk ADD COLUMN revoked_sha256 TEXT;

-- The planner must keep no samples of what is personal: they would outlive an erasure.
ALTER TABLE envelope ALTER COLUMN header SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE conflict ALTER COLUMN header SET STATISTICS 0, ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE lead ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN phone SET STATISTICS 0,
                 ALTER COLUMN email SET STATISTICS 0, ALTER COLUMN record SET STATISTICS 0;
