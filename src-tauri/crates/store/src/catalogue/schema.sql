-- One file holds one version and is never written again: a new version is built beside it and takes its name.
-- `line` is the row exactly as it stood in the snapshot, `ord` its place there: together they give the snapshot's text
-- again, against which changes are packed. The other columns are what queries need.
PRAGMA user_version = 1;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE subsidiary (ord INTEGER PRIMARY KEY, id TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE town (ord INTEGER PRIMARY KEY, id TEXT NOT NULL, region TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE project (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL, town TEXT NOT NULL, line TEXT NOT NULL
);
CREATE TABLE product_group (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL, project TEXT NOT NULL, product_type TEXT NOT NULL, line TEXT NOT NULL
);
CREATE TABLE unit (
  ord INTEGER PRIMARY KEY, id TEXT NOT NULL, grp TEXT NOT NULL, line TEXT NOT NULL
);
CREATE TABLE offer (ord INTEGER PRIMARY KEY, id TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE picture (
  ord INTEGER PRIMARY KEY, project TEXT NOT NULL, position INTEGER NOT NULL, line TEXT NOT NULL
);
