//! What one kiosk was left and what it may let go, kept beside it from what it was told: receipts, erasures, the time
//! that a configuration sets. By the contract a lead leaves a kiosk in no other way while nobody exports. Must not look
//! into the kiosk.

use jiff::{SignedDuration, Timestamp};
use protocol::{Envelope, Erasure, Heartbeat, Receipt};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Days of every configuration that a run makes.
pub const RETENTION_DAYS: u32 = 30;
/// A clock that is known to be so wrong lets no lead age.
const WRONG_MS: u64 = 24 * 3_600 * 1_000;

/// One kiosk's ledger.
#[derive(Default)]
pub struct Ledger(Mutex<State>);

#[derive(Default)]
struct State {
    /// Every lead it kept, as it was frozen.
    kept: BTreeMap<Uuid, Envelope>,
    /// Leads whose receipts it noted.
    settled: BTreeSet<Uuid>,
    /// Settled leads that were older than the configuration's time when old ones were cleared away.
    aged: BTreeSet<Uuid>,
    /// Leads behind the numbers of erasures.
    asked: BTreeMap<u64, Uuid>,
    /// Leads whose erasure it told as done.
    forgotten: BTreeSet<Uuid>,
}

impl Ledger {
    /// A lead is on its disk.
    pub fn keeps(&self, envelope: Envelope) {
        self.state().kept.insert(envelope.header.id, envelope);
    }

    /// It notes receipts.
    pub fn settles(&self, receipts: &[Receipt]) {
        let held = receipts.iter().filter(|receipt| receipt.outcome.is_held());
        self.state().settled.extend(held.map(|receipt| receipt.id));
    }

    /// It is asked to forget.
    pub fn is_asked(&self, erasures: &[Erasure]) {
        let asked = erasures.iter().map(|erasure| (erasure.seq, erasure.id));
        self.state().asked.extend(asked);
    }

    /// It says that these erasures are done.
    pub fn tells_done(&self, done: &[u64]) {
        let mut state = self.state();
        let told: Vec<Uuid> = done
            .iter()
            .filter_map(|seq| state.asked.get(seq).copied())
            .collect();
        state.forgotten.extend(told);
    }

    /// It clears old leads away, at this time by its clock, being as it says itself: which may go now. Returns how many
    /// that are more than before.
    pub fn clears(&self, now: Timestamp, is: &Heartbeat, has_retention: bool) -> u64 {
        let knows_better = is
            .clock_offset_ms
            .is_some_and(|offset| offset.unsigned_abs() >= WRONG_MS);
        if knows_better || !has_retention {
            return 0;
        }
        // Days are those of the stop; one of them can be an hour short.
        let most = SignedDuration::from_hours(24 * i64::from(RETENTION_DAYS) - 1);
        let mut state = self.state();
        let old = |id: &&Uuid| {
            let kept = state.kept.get(*id);
            kept.is_some_and(|envelope| now.duration_since(envelope.header.taken_at) > most)
        };
        let old: Vec<Uuid> = state.settled.iter().filter(old).copied().collect();
        let before = state.aged.len();
        state.aged.extend(old);
        (state.aged.len() - before) as u64
    }

    /// The lead as it was frozen.
    pub fn kept(&self, id: Uuid) -> Option<Envelope> {
        self.state().kept.get(&id).cloned()
    }

    /// Whether the kiosk may have let a lead go by its age.
    pub fn has_aged(&self, id: Uuid) -> bool {
        self.state().aged.contains(&id)
    }

    /// Bytes that must be nowhere on its disk any more.
    pub fn forgotten_bytes(&self) -> Vec<Vec<u8>> {
        let state = self.state();
        let gone = state.forgotten.iter().filter_map(|id| state.kept.get(id));
        // Beyond the head, which tells recipients, every envelope is unlike any other.
        gone.map(|envelope| envelope.sealed[envelope.sealed.len() - 200..].to_vec())
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
