//! What the engine wants to find again after a restart, and what staff read between two contacts.

use crate::state::State;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What the platform asked patience for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Nothing: the wait is the kiosk's own.
    #[default]
    Nothing,
    /// Leads.
    Leads,
    /// Everything, probes included.
    Everything,
}

/// A published catalogue that the kiosk does not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCatalogue {
    /// Why, as a stable code.
    pub code: String,
    /// The lowest version that ends the matter once it is shown, however it came.
    pub ended_by: u64,
}

impl RefusedCatalogue {
    /// Whether the version shown ends the matter.
    pub fn is_over(&self, shown: Option<u64>) -> bool {
        shown >= Some(self.ended_by)
    }
}

/// Kept by [`crate::Local::remember`] as one document; without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// How things stand.
    pub state: State,
    /// Last answer of the platform, by the kiosk's clock.
    pub last_contact_at: Option<Timestamp>,
    /// When leads may be tried again after failures, by the kiosk's clock.
    pub next_attempt_at: Option<Timestamp>,
    /// How long that was away when it was noted, milliseconds: a clock put back cannot make it more.
    pub wait_ms: Option<u64>,
    /// The same moment by the platform's clock, where that is known: the kiosk's may be wrong after a restart.
    pub next_attempt_at_platform: Option<Timestamp>,
    /// What the platform asked to wait until then.
    pub held: Held,
    /// Failures of sending leads since the last success.
    pub attempts: u32,
    /// Platform's clock minus the kiosk's, milliseconds, when it was last seen.
    pub clock_offset_ms: Option<i64>,
    /// Why the published catalogue is not taken, while it is not.
    pub catalogue_refused: Option<RefusedCatalogue>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            state: State::Offline,
            last_contact_at: None,
            next_attempt_at: None,
            wait_ms: None,
            next_attempt_at_platform: None,
            held: Held::Nothing,
            attempts: 0,
            clock_offset_ms: None,
            catalogue_refused: None,
        }
    }
}

impl Remembered {
    /// Whether nothing differs but the last contact by less than a minute and the clock by less than a second.
    pub(crate) fn is_nearly(&self, old: &Self) -> bool {
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
