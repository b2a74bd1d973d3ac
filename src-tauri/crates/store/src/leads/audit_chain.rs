//! The chain of the audit log: each entry has a hash over itself and the hash of the entry before, so that an entry that
//! was changed, removed or inserted is noticed. The newest hash, the *head*, goes to the platform: whoever rewrites the
//! complete chain has another head. Must not know: what an act means.

use super::{AuditEntry, Leads};
use crate::StoreError;
use expo_domain::hash::sha256_hex;
use rusqlite::{Connection, OptionalExtension, params};

/// Result of a check of the complete audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditCheck {
    /// Number of intact entries before the first fault.
    pub intact: u64,
    /// Hash of the last intact entry; `None` without entries.
    pub head: Option<String>,
    /// The first fault.
    pub fault: Option<AuditChainFault>,
}

/// An entry that breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditChainFault {
    /// The entry does not match its hash, or the entry before is not the one that it followed.
    Changed {
        /// Number of the entry, from 1.
        number: i64,
        /// Its time as it is stored.
        at: String,
    },
    /// The entry was removed.
    Missing {
        /// Number of the entry, from 1.
        number: i64,
    },
}

impl Leads {
    /// Hash of the newest entry of the audit log; `None` without entries.
    pub fn audit_head(&self) -> Result<Option<String>, StoreError> {
        self.read("reading the audit log", head)
    }

    /// Checks the chain of the audit log from the first entry to the first fault.
    pub fn check_audit_log(&self) -> Result<AuditCheck, StoreError> {
        self.read("checking the audit log", check)
    }
}

/// Adds an entry to the end of the chain.
pub(super) fn append(db: &Connection, entry: &AuditEntry) -> rusqlite::Result<()> {
    let hash = entry_hash(head(db)?.as_deref(), entry);
    db.prepare_cached("INSERT INTO audit (at, act, detail, hash) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![entry.at, entry.act, entry.detail, hash])
        .map(drop)
}

/// Chains all entries of a log that has no chain yet.
pub(super) fn chain_existing(db: &Connection) -> rusqlite::Result<()> {
    let mut previous = None;
    let mut rows = db.prepare("SELECT seq, at, act, detail FROM audit ORDER BY seq")?;
    let rows: Vec<(i64, AuditEntry)> = rows
        .query_map([], |row| {
            let entry = AuditEntry {
                at: row.get(1)?,
                act: row.get(2)?,
                detail: row.get(3)?,
            };
            Ok((row.get(0)?, entry))
        })?
        .collect::<Result<_, _>>()?;
    let mut update = db.prepare("UPDATE audit SET hash = ?2 WHERE seq = ?1")?;
    for (number, entry) in rows {
        let hash = entry_hash(previous.as_deref(), &entry);
        update.execute(params![number, hash])?;
        previous = Some(hash);
    }
    Ok(())
}

fn head(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()
}

fn check(db: &Connection) -> rusqlite::Result<AuditCheck> {
    let mut result = AuditCheck {
        intact: 0,
        head: None,
        fault: None,
    };
    let mut statement = db.prepare("SELECT seq, at, act, detail, hash FROM audit ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut expected: i64 = 1;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let entry = AuditEntry {
            at: row.get(1)?,
            act: row.get(2)?,
            detail: row.get(3)?,
        };
        let hash: String = row.get(4)?;
        if number != expected {
            result.fault = Some(AuditChainFault::Missing { number: expected });
            return Ok(result);
        }
        if hash != entry_hash(result.head.as_deref(), &entry) {
            result.fault = Some(AuditChainFault::Changed { number, at: entry.at });
            return Ok(result);
        }
        result.head = Some(hash);
        result.intact += 1;
        expected += 1;
    }
    let last: Option<i64> = db
        .query_row(
            "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    if last.unwrap_or(0) >= expected {
        result.fault = Some(AuditChainFault::Missing { number: expected });
    }
    Ok(result)
}

/// A JSON array keeps the parts apart.
fn entry_hash(previous: Option<&str>, entry: &AuditEntry) -> String {
    let AuditEntry { at, act, detail } = entry;
    sha256_hex(
        serde_json::json!([previous.unwrap_or_default(), at, act, detail])
            .to_string()
            .as_bytes(),
    )
}
