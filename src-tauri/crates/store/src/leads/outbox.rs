//! The outbox: waiting envelopes, their delivery state, and envelopes for staff. Must not know: how envelopes are sent.

use super::restore::UNLISTED;
use super::row::{COLUMNS, UnreadableLead, envelope, readable};
use super::{Leads, SettingGuard, lock};
use crate::StoreError;
use expo_domain::Envelope;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::collections::BTreeSet;
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

    pub(super) fn from_code(code: &str) -> Option<Self> {
        let all = [
            Self::SealedForStaff,
            Self::Waiting,
            Self::Acknowledged,
            Self::Rejected,
        ];
        all.into_iter().find(|state| state.code() == code)
    }

    /// State of an envelope that was not sent yet.
    pub(super) const fn of_new(is_for_platform: bool) -> Self {
        if is_for_platform {
            Self::Waiting
        } else {
            Self::SealedForStaff
        }
    }
}

/// Which waiting envelopes cannot be read. They are not counted as waiting, because they cannot be sent.
#[derive(Debug, Default)]
pub(super) struct WaitingScan {
    /// Whether all waiting envelopes were read once since the start.
    is_done: bool,
    /// Their positions in the queue.
    unreadable: BTreeSet<i64>,
}

impl WaitingScan {
    /// Forgets everything, because the positions are those of another file.
    pub fn reset(&mut self) {
        *self = Self::default();
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

/// Number of leads by delivery state. A lead with revisions in several states counts in each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting to be sent.
    pub waiting: u32,
    /// Time of the oldest lead that waits to be sent or for the staff passphrase, and of which the platform holds no
    /// revision: a correction says nothing about when it was made.
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

impl Leads {
    /// At most `limit` readable waiting envelopes after a queue position, oldest first, each with its position. `guard` is
    /// the enrolment with the platform that receives them.
    pub fn waiting(
        &self,
        guard: Option<&SettingGuard>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, Envelope)>, StoreError> {
        self.read_guarded(guard, "reading waiting leads", |db| {
            let sql = format!(
                "SELECT {COLUMNS}, o.seq FROM outbox AS o LEFT JOIN lead USING (id, revision)
                 WHERE o.state = 'waiting' AND o.seq > ?1 ORDER BY o.seq"
            );
            let mut statement = db.prepare_cached(&sql)?;
            let mut rows = statement.query([after])?;
            let mut scan = lock(&self.waiting_scan);
            let mut found = Vec::new();
            while found.len() < limit
                && let Some(row) = rows.next()?
            {
                let position = row.get(12)?;
                if let Ok(envelope) = envelope(row) {
                    scan.unreadable.remove(&position);
                    found.push((position, envelope));
                } else {
                    scan.unreadable.insert(position);
                }
            }
            Ok(found)
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
                let id = row.get::<_, String>(0)?.parse::<Uuid>();
                let rejected = |id| -> rusqlite::Result<RejectedLead> {
                    Ok(RejectedLead {
                        id,
                        revision: row.get(1)?,
                        ticket: row.get(2)?,
                        taken_at: row.get(3)?,
                        reason: row.get(4)?,
                    })
                };
                id.ok().map(rejected).transpose()
            })?
            .filter_map(readable)
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

    /// The newest readable revision of every lead of a day (`YYYY-MM-DD`), or of all days. Does not need their rows in the
    /// outbox, which may be damaged.
    pub fn envelopes_of_day(&self, day: Option<&str>) -> Result<Vec<Envelope>, StoreError> {
        self.read("reading leads", |db| {
            // Without the sealed bytes, which would have to be sorted too.
            let mut order = db.prepare_cached(
                "SELECT id, revision, (SELECT min(seq) FROM outbox AS o WHERE o.id = lead.id) AS position
                 FROM lead WHERE ?1 IS NULL OR day = ?1
                 ORDER BY position IS NULL, position, id, revision DESC",
            )?;
            let mut one = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM lead WHERE id = ?1 AND revision = ?2"
            ))?;
            let mut newest: Vec<Envelope> = Vec::new();
            let mut rows = order.query([day])?;
            while let Some(row) = rows.next()? {
                let (Ok(id), Ok(revision)) = (row.get::<_, String>(0), row.get::<_, i64>(1)) else {
                    continue;
                };
                // After a readable revision come older ones of the same lead.
                if newest.last().is_none_or(|lead| lead.header.id.to_string() != id) {
                    let found = one.query_row(params![id, revision], |row| Ok(envelope(row).ok()));
                    newest.extend(found.optional()?.flatten());
                }
            }
            Ok(newest)
        })
    }

    /// The leads that are stored but cannot be read, in any state. Reads all leads.
    pub fn unreadable(&self) -> Result<Vec<UnreadableLead>, StoreError> {
        self.read("checking leads", |db| {
            let mut found = Vec::new();
            let listed = format!(
                "SELECT {COLUMNS}, o.seq, o.id, o.state FROM outbox AS o LEFT JOIN lead USING (id, revision) ORDER BY o.seq"
            );
            let mut statement = db.prepare(&listed)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let state = row.get::<_, String>(14).ok();
                let state = state.and_then(|state| OutboxState::from_code(&state));
                let state = state.ok_or("the delivery state is not valid");
                if let Err(problem) = envelope(row).and(state) {
                    let name = format!("row {} of the outbox", row.get::<_, i64>(12)?);
                    found.push(UnreadableLead::of_row(row, 13, &name, problem));
                }
            }
            let unlisted = format!("SELECT {COLUMNS} FROM lead WHERE {UNLISTED} ORDER BY id");
            let mut statement = db.prepare(&unlisted)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Err(problem) = envelope(row) {
                    found.push(UnreadableLead::of_row(row, 0, "a lead without a row in the outbox", problem));
                }
            }
            Ok(found)
        })
    }

    /// Day and hour under which a lead is counted, for its next revision.
    pub fn day_and_hour(&self, id: Uuid) -> Result<Option<(String, u8)>, StoreError> {
        self.read("reading a lead", |db| {
            let mut rows = db.prepare_cached("SELECT day, hour FROM lead WHERE id = ?1 ORDER BY revision")?;
            rows.query_map([id.to_string()], |row| Ok(Some((row.get(0)?, row.get(1)?))))?
                .find_map(readable)
                .transpose()
        })
    }

    /// Records the outcome of sending, only for exactly the bytes that were sent. In the same transaction, adds the number
    /// of leads with their first acknowledged revision to the setting `total`. `guard` is the enrolment with the platform that answered.
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
                let is_new = changed && settlement.state == OutboxState::Acknowledged;
                acknowledged += u32::from(is_new && is_first_acknowledged(db, settlement)?);
            }
            if acknowledged > 0 {
                db.prepare_cached(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER), sha256 = NULL",
                )?
                .execute(params![total, acknowledged.to_string()])?;
            }
            Ok(())
        })
    }

    /// Number of waiting revisions that could not be read since the start.
    pub fn unreadable_waiting(&self) -> Result<u32, StoreError> {
        let unreadable = lock(&self.waiting_scan).unreadable.clone();
        self.read("counting unreadable leads", |db| {
            let mut is_waiting =
                db.prepare_cached("SELECT 1 FROM outbox WHERE seq = ?1 AND state = 'waiting'")?;
            let mut count = 0;
            for position in &unreadable {
                count += u32::from(is_waiting.exists([position])?);
            }
            Ok(count)
        })
    }

    /// Number of leads with a readable waiting revision. Reads all of them the first time, then only counts.
    pub fn count_waiting(&self) -> Result<u32, StoreError> {
        if !lock(&self.waiting_scan).is_done {
            self.waiting(None, 0, usize::MAX)?;
            lock(&self.waiting_scan).is_done = true;
        }
        let unreadable =
            serde_json::to_string(&lock(&self.waiting_scan).unreadable).unwrap_or_else(|_| "[]".to_owned());
        self.read("counting waiting leads", |db| {
            db.prepare_cached(
                "SELECT count(DISTINCT id) FROM outbox
                 WHERE state = 'waiting' AND seq NOT IN (SELECT value FROM json_each(?1))",
            )?
            .query_row([&unreadable], |row| row.get(0))
        })
    }

    /// Number of leads by delivery state of their revisions.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let waiting = self.count_waiting()?;
        self.read("counting the outbox", |db| {
            let mut counts = OutboxCounts {
                waiting,
                ..OutboxCounts::default()
            };
            let mut rows = db.prepare_cached("SELECT state, count(DISTINCT id) FROM outbox GROUP BY state")?;
            let found = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
            for (state, count) in found
                .filter_map(|pair| readable(pair.map(Some)))
                .collect::<Result<Vec<_>, _>>()?
            {
                match OutboxState::from_code(&state) {
                    Some(OutboxState::SealedForStaff) => counts.sealed_for_staff = count,
                    Some(OutboxState::Acknowledged) => counts.acknowledged = count,
                    Some(OutboxState::Rejected) => counts.rejected = count,
                    Some(OutboxState::Waiting) | None => {}
                }
            }
            let unread =
                "SELECT count(DISTINCT id) FROM outbox WHERE state = 'acknowledged' AND reason = 'quarantined'";
            counts.quarantined = db.prepare_cached(unread)?.query_row([], |row| row.get(0))?;
            // Oldest by order in the outbox: clocks may have jumped.
            let oldest = [OutboxState::Waiting, OutboxState::SealedForStaff]
                .map(|state| oldest(db, state, &lock(&self.waiting_scan).unreadable));
            let [waiting, for_staff] = oldest;
            let oldest = waiting?
                .into_iter()
                .chain(for_staff?)
                .min_by_key(|(position, _)| *position);
            counts.oldest = oldest.map(|(_, taken)| taken);
            Ok(counts)
        })
    }

    /// Readable envelopes of the outbox that match a filter with these parameters, oldest first.
    fn envelopes(&self, filter: &str, params: impl Params + Copy) -> Result<Vec<Envelope>, StoreError> {
        self.read("reading leads", |db| {
            let sql = format!(
                "SELECT {COLUMNS} FROM lead JOIN outbox AS o USING (id, revision)
                 WHERE {filter} ORDER BY o.seq"
            );
            readable_envelopes(db, &sql, params)
        })
    }
}

fn readable_envelopes(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<Vec<Envelope>> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut envelopes = Vec::new();
    while let Some(row) = rows.next()? {
        envelopes.extend(envelope(row).ok());
    }
    Ok(envelopes)
}

/// Queue position and time of the oldest readable lead in a state.
fn oldest(
    db: &Connection,
    state: OutboxState,
    unreadable: &BTreeSet<i64>,
) -> rusqlite::Result<Option<(i64, TakenAt)>> {
    let mut statement = db.prepare_cached(
        "SELECT o.seq, taken_at, boot_id, monotonic_ms FROM outbox AS o JOIN lead USING (id, revision)
         WHERE o.state = ?1
           AND NOT EXISTS (SELECT 1 FROM outbox AS held WHERE held.id = o.id AND held.state = 'acknowledged')
         ORDER BY o.seq",
    )?;
    let mut rows = statement.query([state.code()])?;
    while let Some(row) = rows.next()? {
        let position = row.get(0)?;
        if let Some(taken) = taken_at(row).filter(|_| !unreadable.contains(&position)) {
            return Ok(Some((position, taken)));
        }
    }
    Ok(None)
}

fn taken_at(row: &Row<'_>) -> Option<TakenAt> {
    Some(TakenAt {
        at: row.get::<_, String>(1).ok()?.parse().ok()?,
        boot_id: row.get(2).ok()?,
        monotonic_ms: row.get::<_, i64>(3).ok()? as u64,
    })
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

fn is_first_acknowledged(db: &Connection, settlement: &Settlement) -> rusqlite::Result<bool> {
    let others = "SELECT 1 FROM outbox WHERE id = ?1 AND revision <> ?2 AND state = 'acknowledged'";
    let has_others = db
        .prepare_cached(others)?
        .exists(params![settlement.id.to_string(), settlement.revision])?;
    Ok(!has_others)
}
