//! The peer: inserts the same rows into SQLite as directly as possible, with the indexes that queries need and a full-text
//! index, synced to disk. It decompresses, checks and compares nothing. Must not know how the program does it.

use crate::Failure;
use rusqlite::{Connection, params};
use serde_json::Value;
use std::path::Path;

/// Rows as text, parsed before the timing starts.
pub struct Rows(Vec<Row>);

struct Row {
    kind: String,
    id: String,
    parent: String,
    line: String,
    words: String,
}

impl Rows {
    /// The rows of a snapshot's text.
    pub fn of(snapshot: &str) -> Result<Self, Failure> {
        let rows = snapshot.lines().map(|line| {
            let row: Value = serde_json::from_str(line)?;
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let kind = text("row");
            Ok(Row {
                parent: [text("group"), text("project"), text("town")].concat(),
                words: match kind.as_str() {
                    "project" => [&row["title"], &row["district"], &row["description"]]
                        .map(Value::to_string)
                        .join(" "),
                    _ => String::new(),
                },
                id: text("id"),
                kind,
                line: line.to_owned(),
            })
        });
        Ok(Self(rows.collect::<Result<_, Failure>>()?))
    }

    /// Writes a database file with the rows.
    pub fn insert(&self, path: &Path) -> Result<(), Failure> {
        if path.exists() {
            std::fs::remove_file(path)?;
        }
        let mut db = Connection::open(path)?;
        db.pragma_update(None, "journal_mode", "MEMORY")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        let transaction = db.transaction()?;
        transaction.execute_batch(
            "CREATE TABLE row (ord INTEGER PRIMARY KEY, kind TEXT, id TEXT, of TEXT, line TEXT);
             CREATE VIRTUAL TABLE words USING fts5(text, content = '');",
        )?;
        {
            let mut insert =
                transaction.prepare("INSERT INTO row (kind, id, of, line) VALUES (?1, ?2, ?3, ?4)")?;
            let mut index = transaction.prepare("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
            for row in &self.0 {
                insert.execute(params![row.kind, row.id, row.parent, row.line])?;
                if !row.words.is_empty() {
                    index.execute(params![transaction.last_insert_rowid(), row.words])?;
                }
            }
        }
        transaction.execute_batch(
            "CREATE INDEX by_id ON row (kind, id); CREATE INDEX by_owner ON row (kind, of);",
        )?;
        transaction.commit()?;
        Ok(())
    }
}
