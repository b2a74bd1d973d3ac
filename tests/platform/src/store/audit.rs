//! The audit table: who ran which command on the store. Details contain no personal data of visitors.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::params;
use jiff::Timestamp;
use serde::Serialize;

/// One entry of the audit table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Time of the command.
    pub at: String,
    /// User of the operating system who ran it.
    pub actor: String,
    /// The command.
    pub act: String,
    /// What it did, such as the number of leads it read.
    pub detail: String,
}

impl Store {
    /// Adds an entry.
    pub fn audit(&self, actor: &str, act: &str, detail: &str, now: Timestamp) -> Result<(), StoreError> {
        let now = time_text(now);
        let insert = "INSERT INTO audit (at, actor, act, detail) VALUES ($1, $2, $3, $4)";
        self.write(|db| db.execute(insert, &params![&now, actor, act, detail]).map(|_| ()))
    }

    /// All entries, oldest first.
    pub fn audit_log(&self) -> Result<Vec<AuditRow>, StoreError> {
        let rows = self.read(|db| db.query("SELECT at, actor, act, detail FROM audit ORDER BY at", &[]))?;
        let entries = rows.into_iter().map(|mut row| {
            Ok(AuditRow {
                at: row.text(0)?,
                actor: row.text(1)?,
                act: row.text(2)?,
                detail: row.text(3)?,
            })
        });
        entries.collect()
    }
}
