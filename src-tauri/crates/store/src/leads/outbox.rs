//! The outbox: waiting envelopes, their delivery state, and envelopes for staff. Must not know: how envelopes are sent.

use super::{Leads, SettingGuard};
use crate::StoreError;
use expo_domain::{Envelope, Lang, LeadHeader};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use uuid::Uuid;

/// Delivery state of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// Only staff can open it; the platform's key was unknown.
    SealedForStaff,
    /// Waits to be sent.
    Waiting,
    /// The platform holds it.
    Acknowledged,
    /// The platform refuses it for good, or holds other bytes; staff have to act.
    Rejected,
}

impl OutboxState {
    /// Code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SealedForStaff => "sealed_for_staff",
            Self::Waiting => "waiting",
            Self::Acknowledged => "acknowledged",
            Self::Rejected => "set_aside",
        }
    }
}

/// Outcome of sending one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Identifier of the lead.
    pub id: Uuid,
    /// Revision of the lead.
    pub revision: u32,
    /// SHA-256 of the sent bytes; a settlement for other bytes has no effect.
    pub sha256: String,
    /// [`OutboxState::Acknowledged`] or [`OutboxState::Rejected`].
    pub state: OutboxState,
    /// Code of the outcome, or of the reason if rejected.
    pub reason: String,
}

/// A lead that staff have to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedLead {
    /// Identifier.
    pub id: Uuid,
    /// Revision.
    pub revision: u32,
    /// Ticket shown to the visitor.
    pub ticket: String,
    /// Time of the lead, RFC 3339.
    pub taken_at: String,
    /// Code, optionally followed by a colon and the platform's sentence.
    pub reason: String,
}

/// Time of a lead by both clocks of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAt {
    /// Wall clock.
    pub at: Timestamp,
    /// Identifier of the machine's boot.
    pub boot_id: String,
    /// Milliseconds since that boot.
    pub monotonic_ms: u64,
}

/// Number of envelopes by delivery state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting to be sent.
    pub waiting: u32,
    /// Time of the oldest lead that waits to be sent or for the staff passphrase.
    pub oldest: Option<TakenAt>,
    /// Waiting for the staff passphrase.
    pub sealed_for_staff: u32,
    /// Held by the platform.
    pub acknowledged: u32,
    /// Rejected; staff have to act.
    pub rejected: u32,
    /// Held by the platform, which cannot read them.
    pub quarantined: u32,
}

const COLUMNS: &str = "lead.id, lead.revision, kind, stop, kiosk, ticket, taken_at, monotonic_ms, boot_id,
                       language, sealed, sha256";

impl Leads {
    /// At most `limit` waiting envelopes after a queue position, oldest first, each with its position. `guard` is the
    /// enrolment with the platform that receives them.
    pub fn waiting(
        &self,
        guard: Option<&SettingGuard>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, Envelope)>, StoreError> {
        self.read_guarded(guard, "reading waiting leads", |db| {
            let sql = format!(
                "SELECT {COLUMNS}, o.seq FROM outbox AS o JOIN lead USING (id, revision)
                 WHERE o.state = 'waiting' AND o.seq > ?1 ORDER BY o.seq LIMIT ?2"
            );
            let mut rows = db.prepare_cached(&sql)?;
            rows.query_map(params![after, limit as i64], |row| {
                Ok((row.get(12)?, envelope(row)?))
            })?
            .collect()
        })
    }

    /// Takes an envelope that the platform refuses out of the queue.
    pub fn reject(
        &self,
        guard: Option<&SettingGuard>,
        id: Uuid,
        revision: u32,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.write_guarded(guard, "rejecting a lead", |db| {
            db.prepare_cached(
                "UPDATE outbox SET state = 'set_aside', reason = ?3 WHERE id = ?1 AND revision = ?2 AND state = 'waiting'",
            )?
            .execute(params![id.to_string(), revision, reason])
            .map(drop)
        })
    }

    /// Rejected leads, oldest first.
    pub fn rejected(&self) -> Result<Vec<RejectedLead>, StoreError> {
        self.read("reading rejected leads", |db| {
            db.prepare_cached(
                "SELECT id, revision, ticket, taken_at, coalesce(o.reason, '')
                 FROM outbox AS o JOIN lead USING (id, revision) WHERE o.state = 'set_aside' ORDER BY o.seq",
            )?
            .query_map([], |row| {
                Ok(RejectedLead {
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

    /// Puts rejected leads back into the queue: those named, or all. Returns how many.
    pub fn requeue(&self, ids: Option<&[Uuid]>) -> Result<u32, StoreError> {
        self.write("queueing leads again", |db| {
            let requeue = "UPDATE outbox SET state = 'waiting', reason = NULL WHERE state = 'set_aside'";
            let Some(ids) = ids else {
                return Ok(db.execute(requeue, [])? as u32);
            };
            let mut one = db.prepare(&format!("{requeue} AND id = ?1"))?;
            ids.iter()
                .map(|id| one.execute([id.to_string()]).map(|n| n as u32))
                .sum()
        })
    }

    /// Envelopes that only staff can open.
    pub fn sealed_for_staff(&self) -> Result<Vec<Envelope>, StoreError> {
        self.envelopes("o.state = 'sealed_for_staff'", [])
    }

    /// The newest revision of every lead of a day (`YYYY-MM-DD`), or of all days.
    pub fn envelopes_of_day(&self, day: Option<&str>) -> Result<Vec<Envelope>, StoreError> {
        let newest = "lead.revision = (SELECT max(revision) FROM lead AS l WHERE l.id = lead.id)";
        match day {
            Some(day) => self.envelopes(&format!("{newest} AND lead.day = ?1"), [day]),
            None => self.envelopes(newest, []),
        }
    }

    /// Day and hour under which a lead is counted, for its next revision.
    pub fn day_and_hour(&self, id: Uuid) -> Result<Option<(String, u8)>, StoreError> {
        self.read("reading a lead", |db| {
            let mut rows = db.prepare_cached("SELECT day, hour FROM lead WHERE id = ?1 ORDER BY revision")?;
            rows.query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
                .next()
                .transpose()
        })
    }

    /// Records the outcome of sending, only for exactly the bytes that were sent. In the same transaction, adds the number
    /// of newly acknowledged envelopes to the setting `total`. `guard` is the enrolment with the platform that answered.
    pub fn settle(
        &self,
        guard: Option<&SettingGuard>,
        settlements: &[Settlement],
        at: &str,
        total: &'static str,
    ) -> Result<(), StoreError> {
        self.write_guarded(guard, "settling sent leads", |db| {
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

    /// Number of waiting envelopes; uses an index, so it is fast.
    pub fn count_waiting(&self) -> Result<u32, StoreError> {
        self.read("counting waiting leads", |db| {
            db.prepare_cached("SELECT count(*) FROM outbox WHERE state = 'waiting'")?
                .query_row([], |row| row.get(0))
        })
    }

    /// Number of envelopes by delivery state.
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
                    (_, n) => counts.rejected = n,
                }
            }
            let unread =
                "SELECT count(*) FROM outbox WHERE state = 'acknowledged' AND reason = 'quarantined'";
            counts.quarantined = db.prepare_cached(unread)?.query_row([], |row| row.get(0))?;
            // Oldest by order in the outbox: clocks may have jumped.
            let first = |state| format!("(SELECT min(seq) FROM outbox WHERE state = '{state}')");
            let oldest = format!(
                "SELECT taken_at, boot_id, monotonic_ms FROM outbox AS o JOIN lead USING (id, revision)
                 WHERE o.seq IN ({}, {}) ORDER BY o.seq LIMIT 1",
                first("waiting"),
                first("sealed_for_staff")
            );
            let mut oldest = db.prepare_cached(&oldest)?;
            let taken = |row: &Row<'_>| {
                Ok(TakenAt {
                    at: parsed(row, 0)?,
                    boot_id: row.get(1)?,
                    monotonic_ms: row.get::<_, i64>(2)? as u64,
                })
            };
            counts.oldest = oldest.query_row([], taken).optional()?;
            Ok(counts)
        })
    }

    /// Envelopes that match a filter with these parameters, oldest first.
    fn envelopes(&self, filter: &str, params: impl Params) -> Result<Vec<Envelope>, StoreError> {
        self.read("reading leads", |db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM lead JOIN outbox AS o USING (id, revision)
                 WHERE {filter} ORDER BY o.seq"
            );
            let mut rows = db.prepare_cached(&sql)?;
            rows.query_map(params, envelope)?.collect()
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

fn envelope(row: &Row<'_>) -> rusqlite::Result<Envelope> {
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
    Ok(Envelope {
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
