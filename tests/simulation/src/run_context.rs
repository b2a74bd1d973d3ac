//! What all kiosks of a run share.

use crate::event_log::EventLog;
use crate::fixture::Fixture;
use crate::mutant::Mutant;
use crate::privacy_watch::PrivacyWatch;
use crate::simulated_platform::SimulatedPlatform;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What all kiosks of a run share.
pub struct RunContext {
    /// The seed.
    pub seed: u64,
    /// The initial state.
    pub fixture: Arc<Fixture>,
    /// The record of the run.
    pub log: Arc<EventLog>,
    /// The platform.
    pub platform: Arc<SimulatedPlatform>,
    /// The search for personal data.
    pub privacy_watch: PrivacyWatch,
    /// Copies of requests that have not arrived.
    pub delayed_copies: Arc<DelayedCopies>,
    /// The broken rule.
    pub mutant: Option<Mutant>,
}

/// Number of copies of requests that have not arrived.
#[derive(Default)]
pub struct DelayedCopies(AtomicU64);

impl DelayedCopies {
    /// Whether a copy has not arrived.
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    /// A copy is sent.
    pub fn on_sent(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// A copy has arrived.
    pub fn on_arrived(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
