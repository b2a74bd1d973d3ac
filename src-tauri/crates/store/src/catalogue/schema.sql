-- One file holds one version and is immutable: a new version is built in another file and renamed.
-- `line` is the row exactly as in the snapshot, `ord` its position there: together they reproduce the text of the snapshot,
-- which deltas refer to. Queries use the other columns.
PRAGMA user_version = 2;
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
CREATE TABLE document (ord INTEGER PRIMARY KEY, id TEXT NOT NULL, line TEXT NOT NULL);
