//! The record of a run: events with their virtual time, counters, and the first violated invariant.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Events kept. The last ones explain why a run ended as it did.
const MAX_EVENTS: usize = 20_000;

/// Collects the events of one run. All parts of the run write to it.
pub struct EventLog {
    started: Instant,
    report: Mutex<RunReport>,
}

/// The result of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunReport {
    /// The last events, with the virtual time since the start of the run.
    pub events: VecDeque<(Duration, String)>,
    /// Counters by name.
    pub counts: BTreeMap<&'static str, u64>,
    /// The first violated invariant.
    pub violation: Option<String>,
}

impl EventLog {
    /// Starts a log at the current virtual time.
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
            report: Mutex::default(),
        }
    }

    /// Virtual time since the start of the run.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Adds an event. The text names kiosks and tickets, never persons.
    pub fn note(&self, event: impl Into<String>) {
        let at = self.elapsed();
        let mut report = self.report();
        if report.events.len() == MAX_EVENTS {
            report.events.pop_front();
        }
        report.events.push_back((at, event.into()));
    }

    /// Adds to a counter.
    pub fn count(&self, name: &'static str, by: u64) {
        *self.report().counts.entry(name).or_default() += by;
    }

    /// Records that an invariant is violated.
    pub fn violated(&self, invariant: impl Into<String>) {
        let invariant = invariant.into();
        self.note(format!("VIOLATED: {invariant}"));
        self.report().violation.get_or_insert(invariant);
    }

    /// Whether an invariant was violated.
    pub fn has_violation(&self) -> bool {
        self.report().violation.is_some()
    }

    /// Takes the report; the log is empty afterwards.
    pub fn take_report(&self) -> RunReport {
        std::mem::take(&mut *self.report())
    }

    fn report(&self) -> MutexGuard<'_, RunReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
