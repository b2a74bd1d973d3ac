//! Records of exports, and the audit log. Must not know: what an act means.

use super::{Leads, audit_chain};
use crate::StoreError;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// A completed export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportEntry {
    /// Time, RFC 3339.
    pub at: String,
    /// Exported day; `None` for all days.
    pub day: Option<String>,
    /// `xlsx`, `csv` or `age`.
    pub format: String,
    /// Number of leads in the file.
    pub leads: u32,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Initials of the member of staff who exported, if they gave them.
    pub initials: Option<String>,
}

/// An act of staff or of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Time, RFC 3339.
    pub at: String,
    /// Code of the act.
    pub act: String,
    /// Details such as counts, without personal data.
    pub detail: String,
}

impl Leads {
    /// Records an export and the leads in it, by identifier and revision.
    pub fn record_export(&self, entry: &ExportEntry, leads: &[(Uuid, u32)]) -> Result<(), StoreError> {
        self.write("recording an export", |db| {
            mark_exported(db, &entry.at, leads)?;
            insert_export(db, entry)
        })
    }

    /// Exports that contain a day, or all exports, oldest first.
    pub fn exports(&self, day: Option<&str>) -> Result<Vec<ExportEntry>, StoreError> {
        self.read("reading exports", |db| {
            db.prepare_cached(
                "SELECT at, day, format, leads, sha256, initials FROM export
                 WHERE ?1 IS NULL OR day IS NULL OR day = ?1 ORDER BY at, rowid",
            )?
            .query_map([day], |row| {
                Ok(ExportEntry {
                    at: row.get(0)?,
                    day: row.get(1)?,
                    format: row.get(2)?,
                    leads: row.get(3)?,
                    sha256: row.get(4)?,
                    initials: row.get(5)?,
                })
            })?
            .collect()
        })
    }

    /// Adds an entry to the audit log.
    pub fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.write("writing the audit log", |db| audit_chain::append(db, entry))
    }

    /// The `limit` newest entries of the audit log, newest first.
    pub fn audit_log(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        self.read("reading the audit log", |db| {
            db.prepare_cached("SELECT at, act, detail FROM audit ORDER BY seq DESC LIMIT ?1")?
                .query_map([limit], |row| {
                    Ok(AuditEntry {
                        at: row.get(0)?,
                        act: row.get(1)?,
                        detail: row.get(2)?,
                    })
                })?
                .collect()
        })
    }
}

/// Records that these revisions are in an export.
pub(super) fn mark_exported(db: &Connection, at: &str, leads: &[(Uuid, u32)]) -> rusqlite::Result<()> {
    let mut mark = db.prepare_cached("UPDATE outbox SET exported_at = ?3 WHERE id = ?1 AND revision = ?2")?;
    for (id, revision) in leads {
        mark.execute(params![id.to_string(), revision, at])?;
    }
    Ok(())
}

pub(super) fn insert_export(db: &Connection, entry: &ExportEntry) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO export (at, day, format, leads, sha256, initials) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        entry.at,
        entry.day,
        entry.format,
        entry.leads,
        entry.sha256,
        entry.initials
    ])
    .map(drop)
}
