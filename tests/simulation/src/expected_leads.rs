//! The leads that one kiosk must still have, derived from what was stored on it and what it received: receipts,
//! erasures and the retention time of its configuration. Without an export no other rule lets a kiosk delete a lead.
//! Must not know: the data folder of the kiosk.

use expo_protocol::{Envelope, Erasure, Heartbeat, Receipt};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Retention time of every configuration of a run.
pub const RETENTION_DAYS: u32 = 30;
/// With a clock error of at least this much, a kiosk deletes no lead by retention.
const MAX_CLOCK_ERROR_MS: u64 = 24 * 3_600 * 1_000;

/// The leads expected on one kiosk.
#[derive(Default)]
pub struct ExpectedLeads(Mutex<State>);

#[derive(Default)]
struct State {
    /// Every envelope that was stored, by lead and revision.
    stored: BTreeMap<(Uuid, u32), Envelope>,
    /// Revisions whose receipts were recorded.
    settled: BTreeSet<(Uuid, u32)>,
    /// Leads with only settled revisions that were past their retention time when retention ran.
    past_retention: BTreeSet<Uuid>,
    /// Ordered erasures: number and lead.
    ordered_erasures: BTreeMap<u64, Uuid>,
    /// Leads whose erasure the kiosk reported as done.
    erased: BTreeSet<Uuid>,
}

impl State {
    /// The envelopes of a lead, in the order of their revisions.
    fn of_lead(&self, id: Uuid) -> impl Iterator<Item = &Envelope> + Clone {
        self.stored
            .range((id, 0)..=(id, u32::MAX))
            .map(|(_, envelope)| envelope)
    }
}

impl ExpectedLeads {
    /// A revision of a lead is on the disk.
    pub fn on_stored(&self, envelope: Envelope) {
        let key = (envelope.header.id, envelope.header.revision);
        self.state().stored.insert(key, envelope);
    }

    /// The kiosk records receipts.
    pub fn on_receipts(&self, receipts: &[Receipt]) {
        let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
        self.state()
            .settled
            .extend(held.map(|receipt| (receipt.id, receipt.revision)));
    }

    /// The kiosk receives erasures.
    pub fn on_erasures(&self, erasures: &[Erasure]) {
        let ordered = erasures.iter().map(|erasure| (erasure.seq, erasure.id));
        self.state().ordered_erasures.extend(ordered);
    }

    /// The kiosk reports these erasures as done.
    pub fn on_erasures_done(&self, done: &[u64]) {
        let mut state = self.state();
        let erased: Vec<Uuid> = done
            .iter()
            .filter_map(|seq| state.ordered_erasures.get(seq).copied())
            .collect();
        state.erased.extend(erased);
    }

    /// Retention runs at `now` by the clock of the kiosk, whose current heartbeat is `report`. Returns how many leads
    /// are past their retention time for the first time.
    pub fn on_retention(&self, now: Timestamp, report: &Heartbeat, has_retention: bool) -> u64 {
        let knows_clock_is_wrong = report
            .clock_offset_ms
            .is_some_and(|offset| offset.unsigned_abs() >= MAX_CLOCK_ERROR_MS);
        if knows_clock_is_wrong || !has_retention {
            return 0;
        }
        // Days are calendar days at the stop; one of them may have 23 hours.
        let max_age = SignedDuration::from_hours(24 * i64::from(RETENTION_DAYS) - 1);
        let mut state = self.state();
        let is_old = |key: &&(Uuid, u32)| {
            let mut revisions = state.of_lead(key.0);
            revisions
                .clone()
                .any(|envelope| now.duration_since(envelope.header.taken_at) > max_age)
                && revisions.all(|envelope| state.settled.contains(&(key.0, envelope.header.revision)))
        };
        let old: Vec<Uuid> = state.settled.iter().filter(is_old).map(|key| key.0).collect();
        let before = state.past_retention.len();
        state.past_retention.extend(old);
        (state.past_retention.len() - before) as u64
    }

    /// The envelopes of a lead, as they were stored, in the order of their revisions.
    pub fn stored(&self, id: Uuid) -> Vec<Envelope> {
        self.state().of_lead(id).cloned().collect()
    }

    /// Whether the kiosk may have deleted a lead by retention.
    pub fn is_past_retention(&self, id: Uuid) -> bool {
        self.state().past_retention.contains(&id)
    }

    /// Bytes of erased leads, which must not be on the disk.
    pub fn erased_bytes(&self) -> Vec<Vec<u8>> {
        let state = self.state();
        let erased = state.erased.iter().flat_map(|id| state.of_lead(*id));
        // The head names the recipients and may be equal in several envelopes; the last bytes are unique.
        erased
            .map(|envelope| envelope.sealed[envelope.sealed.len() - 200..].to_vec())
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
