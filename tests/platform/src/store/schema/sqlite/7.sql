-- Anonymous counts of visits that kiosks report, the newest per kiosk, stop and day.
CREATE TABLE visit_day (
    kiosk       TEXT NOT NULL,
    stop        TEXT NOT NULL,
    day         TEXT NOT NULL,
    visits      INTEGER NOT NULL,
    counts      TEXT NOT NULL, -- JSON: counts by name
    received_at TEXT NOT NULL,
    PRIMARY KEY (kiosk, stop, day)
) STRICT;
