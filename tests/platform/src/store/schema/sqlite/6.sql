-- Format of the checkpoint: kiosks of earlier programs are offered the newest version of a format that they read.
ALTER TABLE catalogue ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
