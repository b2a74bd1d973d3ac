//! What waits to be sent, what came of it, and reading envelopes back for staff.

use super::{Basis, Leads};
use crate::StoreError;
use domain::{Lang, LeadHeader};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

/// Where an envelope stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// Only staff can open it; the platform's key was not known.
    SealedForStaff,
    /// To be sent.
    Waiting,
    /// The platform holds it.
    Acknowledged,
    /// Refused for good or held differently; people must look.
    SetAside,
}

impl OutboxState {
    /// As written in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SealedForStaff => "sealed_for_staff",
            Self::Waiting => "waiting",
            Self::Acknowledged => "acknowledged",
            Self::SetAside => "set_aside",
        }
    }
}

/// A frozen envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its header.
    pub header: LeadHeader,
    /// The envelope.
    pub sealed: Vec<u8>,
    /// SHA-256 of the envelope.
    pub sha256: String,
}

/// What came of sending one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Of the envelope.
    pub id: Uuid,
    /// Of the envelope.
    pub revision: u32,
    /// Of the envelope; a settlement for other bytes changes nothing.
    pub sha256: String,
    /// [`OutboxState::Acknowledged`] or [`OutboxState::SetAside`].
    pub state: OutboxState,
    /// Code of the reason when set aside, or of the outcome.
    pub reason: String,
}

/// A lead that people must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Identifier.
    pub id: Uuid,
    /// Revision.
    pub revision: u32,
    /// Ticket its visitor holds.
    pub ticket: String,
    /// When it was taken, RFC 3339.
    pub taken_at: String,
    /// Why: a code, and after a colon what the platform said.
    pub reason: String,
}

/// When a lead was taken, by both clocks of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Wall clock.
    pub at: Timestamp,
    /// The start of the machine.
    pub boot_id: String,
    /// Milliseconds since that start.
    pub monotonic_ms: u64,
}

/// How many envelopes stand where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting to be sent.
    pub waiting: u32,
    /// When the oldest lead was taken that waits to be sent or for the staff passphrase.
    pub oldest: Option<Taken>,
    /// Waiting for the staff passphrase.
    pub sealed_for_staff: u32,
    /// Held by the platform.
    pub acknowledged: u32,
    /// For people to look at.
    pub set_aside: u32,
    /// Held by the platform, which could not read them.
    pub quarantined: u32,
}

const COLUMNS: &str = "lead.id, lead.revision, kind, stop, kiosk, ticket, taken_at, monotonic_ms, boot_id,
                       language, sealed, sha256";

impl Leads {
    /// At most `limit` waiting envelopes after a place in the queue, oldest first, each with its place.
    /// `basis` is what names the platform they are for.
    pub fn waiting(
        &self,
        basis: Option<&Basis>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, Outgoing)>, StoreError> {
        self.read_on(basis, "reading what waits", |db| {
            let sql = format!(
                "SELECT {COLUMNS}, o.seq FROM outbox AS o JOIN lead USING (id, revision)
                 WHERE o.state = 'waiting' AND o.seq > ?1 ORDER BY o.seq LIMIT ?2"
            );
            let mut rows = db.prepare_cached(&sql)?;
            rows.query_map(params![after, limit as i64], |row| {
                Ok((row.get(12)?, outgoing(row)?))
            })?
            .collect()
        })
    }

    /// Takes an envelope out of the queue for people to look at.
    pub fn set_aside(
        &self,
        basis: Option<&Basis>,
        id: Uuid,
        revision: u32,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.write_on(basis, "setting a lead aside", |db| {
            db.prepare_cached(
                "UPDATE outbox SET state = 'set_aside', reason = ?3 WHERE id = ?1 AND revision = ?2 AND state = 'waiting'",
            )?
            .execute(params![id.to_string(), revision, reason])
            .map(drop)
        })
    }

    /// Leads that people must look at, oldest first.
    pub fn aside(&self) -> Result<Vec<Aside>, StoreError> {
        self.read("reading leads set aside", |db| {
            db.prepare_cached(
                "SELECT id, revision, ticket, taken_at, coalesce(o.reason, '')
                 FROM outbox AS o JOIN lead USING (id, revision) WHERE o.state = 'set_aside' ORDER BY o.seq",
            )?
            .query_map([], |row| {
                Ok(Aside {
                    id: parsed(row, 0)?,
                    revision: row.get(1)?,
                    ticket: row.get(2)?,
                    taken_at: row.get(3)?,
                    reason: row.get(4)?,
                })
            })?
            .collect()
        })
    }

    /// Has leads that were set aside wait again: those named, or all. Returns how many.
    pub fn requeue(&self, ids: Option<&[Uuid]>) -> Result<u32, StoreError> {
        self.write("queueing leads again", |db| {
            let again = "UPDATE outbox SET state = 'waiting', reason = NULL WHERE state = 'set_aside'";
            let Some(ids) = ids else {
                return Ok(db.execute(again, [])? as u32);
            };
            let mut one = db.prepare(&format!("{again} AND id = ?1"))?;
            ids.iter()
                .map(|id| one.execute([id.to_string()]).map(|n| n as u32))
                .sum()
        })
    }

    /// Envelopes only staff can open.
    pub fn sealed_for_staff(&self) -> Result<Vec<Outgoing>, StoreError> {
        self.envelopes("o.state = 'sealed_for_staff'", "")
    }

    /// The newest revision of every lead of a day (`YYYY-MM-DD`), or of all days.
    pub fn of_day(&self, day: Option<&str>) -> Result<Vec<Outgoing>, StoreError> {
        let newest = "lead.revision = (SELECT max(revision) FROM lead AS l WHERE l.id = lead.id)";
        match day {
            Some(day) => self.envelopes(&format!("{newest} AND lead.day = ?1"), day),
            None => self.envelopes(newest, ""),
        }
    }

    /// Day and hour counted for a lead, for its next revision.
    pub fn day_and_hour(&self, id: Uuid) -> Result<Option<(String, u8)>, StoreError> {
        self.read("reading a lead", |db| {
            let mut rows = db.prepare_cached("SELECT day, hour FROM lead WHERE id = ?1 ORDER BY revision")?;
            rows.query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
                .next()
                .transpose()
        })
    }

    /// Writes what came of sending; only for the very bytes that were sent. In the same transaction it adds how many are
    /// newly acknowledged to the setting `total`. `basis` is what names the platform that they came from.
    pub fn settle(
        &self,
        basis: Option<&Basis>,
        settlements: &[Settlement],
        at: &str,
        total: &'static str,
    ) -> Result<(), StoreError> {
        self.write_on(basis, "settling sent leads", |db| {
            let mut acknowledged = 0;
            for settlement in settlements {
                let changed = settle_one(db, settlement, at)?;
                acknowledged += u32::from(changed && settlement.state == OutboxState::Acknowledged);
            }
            if acknowledged > 0 {
                db.prepare_cached(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER)",
                )?
                .execute(params![total, acknowledged.to_string()])?;
            }
            Ok(())
        })
    }

    /// How many envelopes wait to be sent; quick, however many there are.
    pub fn count_waiting(&self) -> Result<u32, StoreError> {
        self.read("counting what waits", |db| {
            db.prepare_cached("SELECT count(*) FROM outbox WHERE state = 'waiting'")?
                .query_row([], |row| row.get(0))
        })
    }

    /// How many envelopes stand where.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        self.read("counting the outbox", |db| {
            let mut counts = OutboxCounts::default();
            let mut rows = db.prepare_cached("SELECT state, count(*) FROM outbox GROUP BY state")?;
            let found = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
            for pair in found {
                match pair? {
                    (state, n) if state == "waiting" => counts.waiting = n,
                    (state, n) if state == "sealed_for_staff" => counts.sealed_for_staff = n,
                    (state, n) if state == "acknowledged" => counts.acknowledged = n,
                    (_, n) => counts.set_aside = n,
                }
            }
            let unread =
                "SELECT count(*) FROM outbox WHERE state = 'acknowledged' AND reason = 'quarantined'";
            counts.quarantined = db.prepare_cached(unread)?.query_row([], |row| row.get(0))?;
            // Oldest by the order of taking: clocks may have jumped in between.
            let first = |state| format!("(SELECT min(seq) FROM outbox WHERE state = '{state}')");
            let oldest = format!(
                "SELECT taken_at, boot_id, monotonic_ms FROM outbox AS o JOIN lead USING (id, revision)
                 WHERE o.seq IN ({}, {}) ORDER BY o.seq LIMIT 1",
                first("waiting"),
                first("sealed_for_staff")
            );
            let mut oldest = db.prepare_cached(&oldest)?;
            let taken = |row: &Row<'_>| {
                Ok(Taken {
                    at: parsed(row, 0)?,
                    boot_id: row.get(1)?,
                    monotonic_ms: row.get::<_, i64>(2)? as u64,
                })
            };
            counts.oldest = oldest.query_row([], taken).optional()?;
            Ok(counts)
        })
    }

    /// Envelopes a filter lets through, oldest first; `?1` in the filter is the day.
    fn envelopes(&self, filter: &str, day: &str) -> Result<Vec<Outgoing>, StoreError> {
        self.read("reading leads", |db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM lead JOIN outbox AS o USING (id, revision)
                 WHERE {filter} AND ?1 = ?1 ORDER BY o.seq"
            );
            let mut rows = db.prepare_cached(&sql)?;
            rows.query_map([day], outgoing)?.collect()
        })
    }
}

fn settle_one(db: &Connection, settlement: &Settlement, at: &str) -> rusqlite::Result<bool> {
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = ?4, reason = ?5, acknowledged_at = ?6
         WHERE id = ?1 AND revision = ?2 AND state IN ('waiting', 'set_aside')
           AND EXISTS (SELECT 1 FROM lead WHERE lead.id = ?1 AND lead.revision = ?2 AND lead.sha256 = ?3)",
        )?
        .execute(params![
            settlement.id.to_string(),
            settlement.revision,
            settlement.sha256,
            settlement.state.code(),
            settlement.reason,
            (settlement.state == OutboxState::Acknowledged).then_some(at),
        ])?;
    Ok(changed > 0)
}

fn outgoing(row: &Row<'_>) -> rusqlite::Result<Outgoing> {
    let header = LeadHeader {
        id: parsed(row, 0)?,
        revision: row.get(1)?,
        kind: row.get(2)?,
        stop: row.get(3)?,
        kiosk: row.get(4)?,
        ticket: row.get(5)?,
        taken_at: parsed(row, 6)?,
        monotonic_ms: row.get::<_, i64>(7)? as u64,
        boot_id: row.get(8)?,
        language: parsed::<Lang>(row, 9)?,
    };
    Ok(Outgoing {
        header,
        sealed: row.get(10)?,
        sha256: row.get(11)?,
    })
}

fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get::<_, String>(column)?
        .parse()
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}
