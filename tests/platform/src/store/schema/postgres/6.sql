-- As SQLite's seventh; comments stand there.
CREATE TABLE visit_day (
    kiosk       TEXT NOT NULL,
    stop        TEXT NOT NULL,
    day         TEXT NOT NULL,
    visits      BIGINT NOT NULL,
    counts      TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (kiosk, stop, day)
);
