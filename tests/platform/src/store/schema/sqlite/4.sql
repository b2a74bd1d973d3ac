-- Changes of format 1, which no kiosk follows any more. They are made anew when next asked for.
DELETE FROM delta;
