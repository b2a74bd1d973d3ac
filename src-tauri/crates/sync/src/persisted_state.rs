//! Sync state that survives a restart and that staff can read while offline. Must not know: how it is stored.

use crate::state::State;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Requests that a `Retry-After` of the platform covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfterScope {
    /// None: the delay is the kiosk's own.
    #[default]
    Nothing,
    /// Leads only.
    Leads,
    /// All requests, probes included.
    Everything,
}

/// A published catalogue version that the kiosk cannot install.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCatalogue {
    /// Stable code of the reason.
    pub code: String,
    /// Lowest version that resolves the refusal once it is installed, from any source.
    pub ended_by: u64,
}

impl RefusedCatalogue {
    /// Whether the installed version resolves the refusal.
    pub fn is_over(&self, installed: Option<u64>) -> bool {
        installed >= Some(self.ended_by)
    }
}

/// Stored by [`crate::LocalStore::save_state`] as one JSON document; holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersistedState {
    /// State of the sync.
    pub state: State,
    /// Time of the platform's last answer, by the kiosk's clock.
    pub last_contact_at: Option<Timestamp>,
    /// Earliest time to send leads again after failures, by the kiosk's clock.
    pub next_attempt_at: Option<Timestamp>,
    /// Delay until then when it was recorded, milliseconds. It caps the wait if the clock is set back.
    pub wait_ms: Option<u64>,
    /// The same time by the platform's clock, if known: the kiosk's clock may be wrong after a restart.
    pub next_attempt_at_platform: Option<Timestamp>,
    /// Requests that have to wait until then.
    #[serde(rename = "held")]
    pub retry_after_scope: RetryAfterScope,
    /// Failed attempts to send leads since the last success.
    pub attempts: u32,
    /// Platform's clock minus the kiosk's clock, milliseconds, at the last answer.
    pub clock_offset_ms: Option<i64>,
    /// Set while the published catalogue version is refused.
    pub catalogue_refused: Option<RefusedCatalogue>,
}

impl Default for PersistedState {
    fn default() -> Self {
        Self {
            state: State::Offline,
            last_contact_at: None,
            next_attempt_at: None,
            wait_ms: None,
            next_attempt_at_platform: None,
            retry_after_scope: RetryAfterScope::Nothing,
            attempts: 0,
            clock_offset_ms: None,
            catalogue_refused: None,
        }
    }
}

impl PersistedState {
    /// Whether the states differ at most by less than a minute in the last contact and less than a second in the clock
    /// offset.
    pub(crate) fn is_close_to(&self, old: &Self) -> bool {
        let contact_is_near = match (self.last_contact_at, old.last_contact_at) {
            (Some(new), Some(old)) => new.duration_since(old).abs() < SignedDuration::from_secs(60),
            (new, old) => new == old,
        };
        let clock_is_near = match (self.clock_offset_ms, old.clock_offset_ms) {
            (Some(new), Some(old)) => new.abs_diff(old) < 1000,
            (new, old) => new == old,
        };
        let else_same = Self {
            last_contact_at: old.last_contact_at,
            clock_offset_ms: old.clock_offset_ms,
            ..self.clone()
        } == *old;
        contact_is_near && clock_is_near && else_same
    }
}
