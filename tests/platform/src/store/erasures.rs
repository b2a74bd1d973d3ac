//! Erasures: the sealed bytes and the record of a lead are deleted, a tombstone stays, and every kiosk that had the lead gets a
//! notice, under each identifier that it enrolled with since.

use super::database::{Store, time_text};
use super::error::StoreError;
use super::sql::{Database, Lock, params};
use expo_domain::lead::LeadRecord;
use expo_protocol::{Erasure, Erasures, MAX_ERASURES};
use jiff::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Why nothing is erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// No such lead arrived, and no kiosk is named.
    #[error(
        "no lead {0} arrived here; name the kiosk that has it with --kiosk, or check the identifier with 'leads --json'"
    )]
    Unknown(Uuid),
    /// The named kiosk does not exist.
    #[error("there is no kiosk {0:?} here, and nothing was erased; 'kiosks' lists them")]
    UnknownKiosk(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Erases all revisions of a lead and refuses to store it in the future. The kiosks that sent it, and `kiosk`, get a
    /// notice. Returns the number of erased revisions.
    pub fn erase(&self, id: Uuid, kiosk: Option<&str>, now: Timestamp) -> Result<u64, ErasureError> {
        let (lead, now) = (id.to_string(), time_text(now));
        let erased = self.write(|db| {
            db.lock(Lock::EraseLeads)?;
            db.lock(Lock::NumberErasures)?;
            if let Some(kiosk) = kiosk
                && !is_kiosk(db, kiosk)?
            {
                return Err(ErasureError::UnknownKiosk(kiosk.to_owned()));
            }
            let senders = "SELECT sent_by FROM envelope WHERE id = $1
                           UNION SELECT sent_by FROM conflict WHERE id = $1";
            let senders = db.query(senders, &params![&lead])?;
            let mut senders: Vec<String> = senders
                .into_iter()
                .map(|mut row| row.text(0))
                .collect::<Result<_, _>>()?;
            senders.extend(kiosk.map(str::to_owned));
            if senders.is_empty() {
                return Err(ErasureError::Unknown(id));
            }
            let insert = "INSERT INTO erasure (id, erased_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            db.execute(insert, &params![&lead, &now])?;
            db.execute("DELETE FROM lead WHERE id = $1", &params![&lead])?;
            db.execute("DELETE FROM conflict WHERE id = $1", &params![&lead])?;
            db.execute("DELETE FROM reused_ticket WHERE id = $1", &params![&lead])?;
            let empty: &[u8] = &[];
            let update = "UPDATE envelope
                          SET sealed = $1, header = '', quarantine = NULL, ticket = NULL, erased_at = $2
                          WHERE id = $3 AND erased_at IS NULL";
            let erased = db.execute(update, &params![empty, &now, &lead])?;
            for sender in &senders {
                notify_kiosk(db, &lead, sender)?;
            }
            Ok(erased)
        })?;
        self.scrub()?;
        Ok(erased)
    }

    /// The lead and all leads that staff merged with it, directly or not: erasing one person means erasing all of them.
    pub fn merged_leads(&self, id: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
        let query = "SELECT record FROM lead WHERE record LIKE '%' || $1 || '%'";
        let mut found = BTreeSet::new();
        let mut due = vec![id];
        while let Some(id) = due.pop() {
            if !found.insert(id) {
                continue;
            }
            for mut row in self.read(|db| db.query(query, &params![&id.to_string()]))? {
                let record: LeadRecord = serde_json::from_str(&row.text(0)?)?;
                let Some(staff) = record.staff else { continue };
                let own = record.header.id;
                if own == id {
                    due.extend(staff.merged.iter().copied().chain(staff.merged_into));
                } else if staff.merged.contains(&id) || staff.merged_into == Some(id) {
                    due.push(own);
                }
            }
        }
        Ok(found)
    }

    /// The erasures after a number that a kiosk has not done, ascending, and the highest number of all it has not done.
    pub fn erasures(&self, kiosk: &str, after: u64) -> Result<Erasures, StoreError> {
        let query = "SELECT seq, id FROM erasure_notice
                     WHERE kiosk = $1 AND seq > $2 AND done_at IS NULL ORDER BY seq LIMIT $3";
        let rows = self.read(|db| db.query(query, &params![kiosk, after, MAX_ERASURES as u64]))?;
        let erasures = rows.into_iter().map(|mut row| {
            let id = row.text(1)?.parse();
            Ok(Erasure {
                seq: row.number(0)?,
                id: id.map_err(|_| StoreError("an erasure has an invalid lead identifier".to_owned()))?,
            })
        });
        Ok(Erasures {
            erasures: erasures.collect::<Result<_, StoreError>>()?,
            newest: self.newest_erasure(kiosk)?,
        })
    }

    /// The highest number of an erasure that a kiosk has not done, or 0. Those it reported as done do not count: if the
    /// response to that report was lost, the kiosk would ask for them forever.
    pub fn newest_erasure(&self, kiosk: &str) -> Result<u64, StoreError> {
        let query = "SELECT coalesce(max(seq), 0) FROM erasure_notice WHERE kiosk = $1 AND done_at IS NULL";
        self.read(|db| {
            db.first(query, &params![kiosk])?
                .map_or(Ok(0), |mut row| row.number(0))
        })
    }

    /// Records the erasures that a kiosk has done.
    pub fn mark_erasures_done(&self, kiosk: &str, done: &[u64], now: Timestamp) -> Result<(), StoreError> {
        let now = time_text(now);
        let update =
            "UPDATE erasure_notice SET done_at = $1 WHERE kiosk = $2 AND seq = $3 AND done_at IS NULL";
        let rows: Vec<_> = done
            .iter()
            .map(|seq| params![&now, kiosk, *seq].to_vec())
            .collect();
        self.write(|db| db.execute_each(update, &rows).map(|_| ()))
    }
}

/// Writes a notice for a kiosk to erase a lead, with a new number if there was one before. The notice is written for every
/// identifier that the kiosk may use now: after a lost enrolment response, a newer identifier exists that no kiosk uses.
pub fn notify_kiosk(db: &mut dyn Database, lead: &str, kiosk: &str) -> Result<(), StoreError> {
    let identifiers = "WITH RECURSIVE name (id) AS (
                     SELECT CAST($1 AS TEXT) UNION SELECT k.id FROM kiosk k JOIN name n ON k.predecessor = n.id)
                 SELECT id FROM name";
    for mut row in db.query(identifiers, &params![kiosk])? {
        let identifier = row.text(0)?;
        let delete = "DELETE FROM erasure_notice WHERE id = $1 AND kiosk = $2";
        db.execute(delete, &params![lead, &identifier])?;
        let insert = "INSERT INTO erasure_notice (id, kiosk) VALUES ($1, $2)";
        db.execute(insert, &params![lead, &identifier])?;
    }
    Ok(())
}

/// Writes the pending notices of one kiosk for another one.
pub fn copy_pending_notices(db: &mut dyn Database, from: &str, to: &str) -> Result<(), StoreError> {
    let query = "SELECT id FROM erasure_notice WHERE kiosk = $1 AND done_at IS NULL ORDER BY seq";
    for mut row in db.query(query, &params![from])? {
        notify_kiosk(db, &row.text(0)?, to)?;
    }
    Ok(())
}

fn is_kiosk(db: &mut dyn Database, kiosk: &str) -> Result<bool, StoreError> {
    let query = "SELECT id FROM kiosk WHERE id = $1";
    Ok(db.first(query, &params![kiosk])?.is_some())
}
