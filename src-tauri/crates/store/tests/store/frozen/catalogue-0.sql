-- One file holds one version and is never written again: a new version is built beside it and takes its name.
-- `line` is the row exactly as it stood in the snapshot; the other columns are what queries need of it.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE subsidiary (id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE town (id TEXT PRIMARY KEY, region TEXT NOT NULL, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE project (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, town TEXT NOT NULL, line TEXT NOT NULL
);
CREATE TABLE product_group (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, project TEXT NOT NULL, product_type TEXT NOT NULL, line TEXT NOT NULL
);
CREATE INDEX group_by_project ON product_group (project);
CREATE TABLE unit (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, grp TEXT NOT NULL, line TEXT NOT NULL
);
CREATE INDEX unit_by_group ON unit (grp);
CREATE TABLE offer (ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL);
CREATE TABLE picture (project TEXT NOT NULL, position INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (project, position)) WITHOUT ROWID;
INSERT INTO about VALUES
  ('version', '3'), ('published_at', '2026-02-12T00:00:00Z'), ('checkpoint', ''), ('signature', ''),
  ('demonstration', 'yes'), ('notice', '{}');
INSERT INTO town VALUES
  ('TET', 'MA-01', '{"id":"TET","region":"MA-01","name":{"fr":"Tétouan"},"aliases":[],"latitude":35.5,"longitude":-5.25}');
