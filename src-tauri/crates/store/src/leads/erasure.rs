//! Deletes leads: by retention, and single ones because a person asked for erasure. SQLite overwrites deleted bytes, the
//! write-ahead log is checkpointed and truncated, and copies made before a migration are deleted, so that no file in the
//! folder holds their bytes. The deletion itself records that this is due, so that it also happens after a crash.
//! Must not know: why or when leads may be deleted.

use super::file::BUSY_TIMEOUT;
use super::salvage::ErasedRow;
use super::{AuditEntry, FILE, LOG_CLEANUP_DUE_SETTING, Leads, audit_chain, lock};
use crate::StoreError;
use expo_domain::audit::{AuditAct, AuditDetail, detail_text};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::time::Duration;
use uuid::Uuid;

/// Which leads retention may delete. Days are `YYYY-MM-DD` at the stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention<'a> {
    /// Exported leads of earlier days may be deleted.
    pub exported_before: &'a str,
    /// All leads of earlier days may be deleted, exported or not.
    pub held_before: Option<&'a str>,
}

impl Leads {
    /// Deletes all revisions of leads that `retention` allows, if the platform holds and could read all revisions that were
    /// ever to be sent, and if the newest one was exported where that is required. Daily figures stay. The audit log
    /// records the number, with the time `at` (RFC 3339). Returns the number of deleted leads.
    pub fn purge(&self, retention: Retention<'_>, at: &str) -> Result<u32, StoreError> {
        let _guard = lock(&self.erasing);
        let erased = self.write("deleting old leads", |db| {
            let days = params![retention.exported_before, retention.held_before];
            let deletable = "SELECT l.id FROM lead AS l JOIN outbox AS o USING (id, revision)
                      WHERE ((l.day < ?1 AND o.exported_at IS NOT NULL) OR l.day < ?2)
                        AND l.revision = (SELECT max(n.revision) FROM lead AS n WHERE n.id = l.id)
                        AND NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.id = l.id
                                        AND (p.state <> 'acknowledged' OR p.reason IS NULL
                                             OR p.reason NOT IN ('accepted', 'duplicate')))";
            let ids: Vec<String> = db
                .prepare(deletable)?
                .query_map(days, |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            // Only these: a lead without a row in the outbox is one whose row is damaged, and may not be sent.
            let mut erased = 0;
            for id in ids {
                db.prepare_cached("DELETE FROM outbox WHERE id = ?1")?
                    .execute([&id])?;
                db.prepare_cached("DELETE FROM lead WHERE id = ?1")?
                    .execute([&id])?;
                erased += 1;
            }
            if erased > 0 {
                audit_deletion(db, AuditAct::OldLeadsDeleted, (erased, &[]), at)?;
                mark_log_cleanup_due(db)?;
            }
            Ok(erased)
        })?;
        self.clean_up()?;
        Ok(erased)
    }

    /// Erases every revision of these leads in any state, and prevents that they are stored again. The audit log records
    /// the number. Returns how many of them existed. Idempotent.
    pub fn erase(&self, ids: &[Uuid], at: &str) -> Result<u32, StoreError> {
        self.erase_and_audit(ids, at, &[])
    }

    /// Like [`Self::erase`], with the ticket of the lead in the audit log.
    pub fn erase_ticket(&self, ids: &[Uuid], at: &str, ticket: &str) -> Result<u32, StoreError> {
        self.erase_and_audit(ids, at, &[(AuditDetail::Ticket, &ticket)])
    }

    fn erase_and_audit(
        &self,
        ids: &[Uuid],
        at: &str,
        details: &[(AuditDetail, &dyn Display)],
    ) -> Result<u32, StoreError> {
        let _guard = lock(&self.erasing);
        let erased = self.write("erasing leads", |db| {
            let mut erased = 0;
            for id in ids {
                let id = id.to_string();
                db.prepare_cached(
                    "INSERT INTO erased (id, at, day, hour)
                     VALUES (?1, ?2, (SELECT day FROM lead WHERE id = ?1), (SELECT hour FROM lead WHERE id = ?1))
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![id, at])?;
                db.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([&id])?;
                let deleted = db.prepare_cached("DELETE FROM lead WHERE id = ?1")?.execute([&id])?;
                erased += u32::from(deleted > 0);
            }
            if erased > 0 {
                audit_deletion(db, AuditAct::LeadsErased, (erased, details), at)?;
            }
            mark_log_cleanup_due(db)?;
            Ok(erased)
        })?;
        // The leads are erased. If the copy cannot be written, the next start tries again.
        drop(self.update_copy());
        self.clean_up()?;
        Ok(erased)
    }

    /// All leads that were erased because a person asked for it.
    pub(super) fn erased_rows(&self) -> Result<BTreeMap<Uuid, ErasedRow>, StoreError> {
        self.read("reading erased leads", |db| {
            let mut statement = db.prepare_cached("SELECT id, at, day, hour FROM erased")?;
            let rows = statement.query_map([], |row| {
                let erased = ErasedRow {
                    at: row.get(1)?,
                    day: row.get(2)?,
                    hour: row.get(3)?,
                };
                Ok((row.get::<_, String>(0)?.parse::<Uuid>(), erased))
            })?;
            // A damaged row erases nobody.
            let readable = rows.filter_map(|row| match row {
                Ok((Ok(id), erased)) => Some(Ok((id, erased))),
                Ok((Err(_), _)) => None,
                Err(error) => error.sqlite_error_code().map(|_| Err(error)),
            });
            readable.collect()
        })
    }

    /// Completes an erasure that a crash or a concurrent reader interrupted; no effect if there is none.
    pub fn finish_erasures(&self) -> Result<(), StoreError> {
        let _guard = lock(&self.erasing);
        self.clean_up()
    }

    pub(super) fn clean_up(&self) -> Result<(), StoreError> {
        if self.setting::<bool>(LOG_CLEANUP_DUE_SETTING)? != Some(true) {
            return Ok(());
        }
        self.remove_deleted_bytes()?;
        self.set(&[(LOG_CLEANUP_DUE_SETTING, &false)])
    }

    fn remove_deleted_bytes(&self) -> Result<(), StoreError> {
        if self
            .truncate_log()
            .map_err(|e| StoreError::sqlite(FILE, "truncating the log after erasing", &e))?
        {
            return Err(StoreError::Other {
                context: "truncating the log after erasing",
                problem: "another program is reading: it will be tried again".to_owned(),
            });
        }
        self.remove_copies()
            .map_err(|e| StoreError::io("removing a copy made before a migration", &e))
    }

    /// Checkpoints and truncates the write-ahead log. Returns true if a reader of another program prevented this. Does not
    /// wait for the reader, because a lead may have to be stored.
    fn truncate_log(&self) -> rusqlite::Result<bool> {
        let writer = lock(&self.writer);
        let _no_reader = lock(&self.reader);
        writer.busy_timeout(Duration::ZERO)?;
        let busy = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        writer.busy_timeout(BUSY_TIMEOUT)?;
        busy
    }

    fn remove_copies(&self) -> std::io::Result<()> {
        let Some(folder) = self.path().parent() else {
            return Ok(());
        };
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("leads.before-") {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Adds a deletion to the audit log, in the same transaction.
fn audit_deletion(
    db: &Connection,
    act: AuditAct,
    (leads, details): (u32, &[(AuditDetail, &dyn Display)]),
    at: &str,
) -> Result<(), rusqlite::Error> {
    let mut all: Vec<(AuditDetail, &dyn Display)> = vec![(AuditDetail::Leads, &leads)];
    all.extend_from_slice(details);
    let entry = AuditEntry {
        at: at.to_owned(),
        act: act.code().to_owned(),
        detail: detail_text(&all),
    };
    audit_chain::append(db, &entry)
}

pub(super) fn mark_log_cleanup_due(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, 'true')
         ON CONFLICT DO UPDATE SET value = 'true', sha256 = NULL",
    )?
    .execute([LOG_CLEANUP_DUE_SETTING])
    .map(drop)
}
