//! Leads that go: closed ones by and by, single ones because a person asked. SQLite overwrites what it erases, its log is
//! folded in and cut, and copies made before a migration go too, so that no file of the folder holds their bytes. That
//! this is due is written down with the erasure itself: whatever comes between, it is done later.

use super::{AuditEntry, FILE, Leads, PATIENCE, journal, lock};
use crate::StoreError;
use rusqlite::{Connection, params};
use std::fs;
use std::time::Duration;
use uuid::Uuid;

/// Setting that stands while the log may hold what was erased.
const FOLD_DUE: &str = "fold_due";

/// What may be erased by and by: days are `YYYY-MM-DD` at the stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention<'a> {
    /// Leads of earlier days go once they stood in an exported file.
    pub closed_before: &'a str,
    /// Leads of earlier days go even when nobody exported them.
    pub held_before: Option<&'a str>,
}

impl Leads {
    /// Erases leads that the platform holds and has read, in every revision, of the days that `retention` names;
    /// figures stay, and the audit log says how many went at `at`, RFC 3339. Returns how many envelopes went.
    pub fn purge(&self, retention: Retention<'_>, at: &str) -> Result<u32, StoreError> {
        let _turn = lock(&self.erasing);
        let erased = self.write("erasing closed leads", |db| {
            let days = params![retention.closed_before, retention.held_before];
            let go = "SELECT l.id FROM lead AS l JOIN outbox AS o USING (id, revision)
                      WHERE ((l.day < ?1 AND o.exported_at IS NOT NULL) OR l.day < ?2)
                        AND o.state = 'acknowledged' AND o.reason IN ('accepted', 'duplicate')
                        AND NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.id = l.id AND p.state <> 'acknowledged')";
            db.execute(&format!("DELETE FROM outbox WHERE id IN ({go})"), days)?;
            let orphans = "DELETE FROM lead WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.id = lead.id)";
            let erased = db.execute(orphans, [])? as u32;
            if erased > 0 {
                note(db, "closed_leads_erased", erased, at)?;
                note_fold_due(db)?;
            }
            Ok(erased)
        })?;
        self.finish()?;
        Ok(erased)
    }

    /// Erases every revision of these leads, whatever their state, and sees to it that they never come back. The audit log
    /// says how many. Returns how many of them were there. Doing it twice does no harm.
    pub fn erase(&self, ids: &[Uuid], at: &str) -> Result<u32, StoreError> {
        let _turn = lock(&self.erasing);
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
                let gone = db.prepare_cached("DELETE FROM lead WHERE id = ?1")?.execute([&id])?;
                erased += u32::from(gone > 0);
            }
            if erased > 0 {
                note(db, "leads_erased", erased, at)?;
            }
            note_fold_due(db)?;
            Ok(erased)
        })?;
        self.finish()?;
        Ok(erased)
    }

    /// Brings to its end what a crash or another program's reading left of an erasure; without effect when nothing is.
    pub fn finish_erasures(&self) -> Result<(), StoreError> {
        let _turn = lock(&self.erasing);
        self.finish()
    }

    fn finish(&self) -> Result<(), StoreError> {
        if self.setting::<bool>(FOLD_DUE)? != Some(true) {
            return Ok(());
        }
        self.leave_no_bytes()?;
        self.set(&[(FOLD_DUE, &false)])
    }

    fn leave_no_bytes(&self) -> Result<(), StoreError> {
        if self
            .fold_log()
            .map_err(|e| StoreError::sqlite(FILE, "cutting the log after erasing", &e))?
        {
            return Err(StoreError::Other {
                context: "cutting the log after erasing",
                problem: "another program is reading: it is tried again".to_owned(),
            });
        }
        self.remove_copies()
            .map_err(|e| StoreError::io("removing a copy made before a migration", &e))
    }

    /// Folds the log into the database and cuts it; whether another program's reading was in the way. It is not waited
    /// for: a lead may want to be kept.
    fn fold_log(&self) -> rusqlite::Result<bool> {
        let writer = lock(&self.writer);
        let _nobody_reads = lock(&self.reader);
        writer.busy_timeout(Duration::ZERO)?;
        let busy = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        writer.busy_timeout(PATIENCE)?;
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

/// Puts an erasure in the audit log with the erasure itself.
fn note(db: &Connection, act: &str, leads: u32, at: &str) -> Result<(), rusqlite::Error> {
    let entry = AuditEntry {
        at: at.to_owned(),
        act: act.to_owned(),
        detail: format!("leads={leads}"),
    };
    journal::add(db, &entry)
}

fn note_fold_due(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, 'true') ON CONFLICT DO UPDATE SET value = 'true'",
    )?
    .execute([FOLD_DUE])
    .map(drop)
}
