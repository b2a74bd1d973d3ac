-- As SQLite's fourth; comments stand there.
DELETE FROM delta;
