//! One kiosk's network as seen from outside: its conditions, the longest `Retry-After` so far, whether the kiosk
//! observed an outage, and when it sent leads after the faults ended. Must not know: what requests contain.

use crate::network_conditions::NetworkConditions;
use expo_sync::{MAX_RETRY_AFTER, PlatformError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// One kiosk's network.
pub struct NetworkLink(Mutex<State>);

struct State {
    conditions: NetworkConditions,
    /// End of the longest `Retry-After` so far.
    retry_after_until: Instant,
    /// Whether the last probe of the running program showed an outage.
    saw_outage: bool,
    faults_ended_at: Option<Instant>,
    /// Whether a probe that was sent before the faults ended failed afterwards, but not because of an outage.
    was_told_to_wait: bool,
    /// When leads were first sent, counted from the end of the faults.
    resumed_after: Option<Duration>,
    probe_count: u64,
    lead_filter: LeadFilter,
}

/// A filter in the network that refuses every batch with one particular lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeadFilter {
    Off,
    /// It chooses a lead of the next batch that has several.
    Armed,
    Blocks(Uuid),
}

impl NetworkLink {
    /// A network without faults.
    pub fn new() -> Self {
        Self(Mutex::new(State {
            conditions: NetworkConditions::Good,
            retry_after_until: Instant::now(),
            saw_outage: false,
            faults_ended_at: None,
            was_told_to_wait: false,
            resumed_after: None,
            probe_count: 0,
            lead_filter: LeadFilter::Off,
        }))
    }

    /// The current conditions.
    pub fn conditions(&self) -> NetworkConditions {
        self.state().conditions
    }

    /// Changes the conditions from now on.
    pub fn set_conditions(&self, conditions: NetworkConditions) {
        self.state().conditions = conditions;
    }

    /// Ends all faults.
    pub fn end_faults(&self) {
        let mut state = self.state();
        state.conditions = NetworkConditions::Good;
        state.faults_ended_at = Some(Instant::now());
        state.lead_filter = LeadFilter::Off;
    }

    /// Makes the network refuse one lead of a later batch.
    pub fn arm_lead_filter(&self) {
        self.state().lead_filter = LeadFilter::Armed;
    }

    /// Whether the network refuses a batch of these leads.
    pub fn refuses_batch(&self, leads: &[Uuid]) -> bool {
        let mut state = self.state();
        if state.lead_filter == LeadFilter::Armed
            && let [_, lead, ..] = leads
        {
            state.lead_filter = LeadFilter::Blocks(*lead);
        }
        matches!(state.lead_filter, LeadFilter::Blocks(lead) if leads.contains(&lead))
    }

    /// The program starts and has not sent a probe.
    pub fn reset_outage(&self) {
        self.state().saw_outage = false;
    }

    /// The number of the next probe.
    pub fn next_probe(&self) -> u64 {
        let mut state = self.state();
        state.probe_count += 1;
        state.probe_count
    }

    /// Records the result of a probe. An error with `Retry-After`, or a permanent one, is not an outage.
    pub fn on_probe_result(&self, result: Result<(), &PlatformError>) {
        let mut state = self.state();
        state.saw_outage = match result {
            Ok(()) => false,
            Err(error) => error.retry_after().is_none() && !error.is_permanent(),
        };
        state.was_told_to_wait |= state.faults_ended_at.is_some() && result.is_err() && !state.saw_outage;
    }

    /// Records the `Retry-After` of an error.
    pub fn on_error(&self, error: &PlatformError) {
        if let Some(delay) = error.retry_after() {
            // A kiosk adds up to a second, so that kiosks do not return at the same moment.
            let until = Instant::now() + delay.min(MAX_RETRY_AFTER) + Duration::from_secs(1);
            let mut state = self.state();
            state.retry_after_until = state.retry_after_until.max(until);
        }
    }

    /// Records that the kiosk sends leads.
    pub fn on_leads_sent(&self) {
        let mut state = self.state();
        if let Some(ended) = state.faults_ended_at {
            state.resumed_after.get_or_insert_with(|| ended.elapsed());
        }
    }

    /// Time until the longest `Retry-After` ends.
    pub fn remaining_retry_after(&self) -> Duration {
        let until = self.state().retry_after_until;
        until.saturating_duration_since(Instant::now())
    }

    /// Whether the kiosk knows of an outage.
    pub fn saw_outage(&self) -> bool {
        self.state().saw_outage
    }

    /// Whether the response to a probe from before the end of the faults told the kiosk to wait.
    pub fn was_told_to_wait(&self) -> bool {
        self.state().was_told_to_wait
    }

    /// When leads were first sent, counted from the end of the faults.
    pub fn resumed_after(&self) -> Option<Duration> {
        self.state().resumed_after
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
