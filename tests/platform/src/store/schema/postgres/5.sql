-- As SQLite's sixth; comments stand there.
ALTER TABLE catalogue ADD COLUMN format BIGINT NOT NULL DEFAULT 1;
