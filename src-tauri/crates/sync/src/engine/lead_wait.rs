//! The delay before leads are sent again, in a form that survives restarts and wrong clocks. Must not know: other lanes.

use super::platform_clock::PlatformClock;
use crate::backoff::Backoff;
use crate::clock::Now;
use crate::persisted_state::{PersistedState, RetryAfterScope};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// When leads may be sent again after failures.
#[derive(Debug, Clone)]
pub(super) struct LeadWait {
    /// Earliest next attempt, by the kiosk's clock; `None` if nothing failed.
    next_attempt_at: Option<Timestamp>,
    /// Delay until then when it was recorded.
    delay: Option<Duration>,
    /// The same time by the platform's clock.
    next_attempt_at_platform: Option<Timestamp>,
    /// Whether these values are from before a restart and the platform's time is still unknown.
    is_restored: bool,
    /// Requests that have to wait because of a `Retry-After`.
    scope: RetryAfterScope,
    /// Until when the platform wants no requests at all, monotonic.
    pub all_requests_until: Duration,
}

impl LeadWait {
    /// Restores the delay from before a restart.
    pub fn restore(state: &PersistedState, now: Now) -> Self {
        let mut wait = Self {
            next_attempt_at: state.next_attempt_at,
            delay: state.wait_ms.map(Duration::from_millis),
            next_attempt_at_platform: state.next_attempt_at_platform,
            is_restored: state.next_attempt_at_platform.is_some(),
            scope: state.retry_after_scope,
            all_requests_until: now.monotonic,
        };
        if let Some(at) = state.next_attempt_at {
            let left = Duration::try_from(at.duration_since(now.wall)).unwrap_or_default();
            // A clock that was set back during the restart must not lengthen the delay.
            let left = wait.delay.map_or(left, |delay| left.min(delay));
            wait.delay = Some(left);
            wait.next_attempt_at = now.wall.checked_add(signed(left)).ok();
        }
        wait
    }

    /// Delay that is left after a restart; `None` if no delay was persisted.
    pub fn left(&self, state: &PersistedState) -> Option<Duration> {
        state.next_attempt_at.and(self.delay)
    }

    /// Records when leads may be sent again.
    pub fn record(&mut self, leads: &Backoff, clock: &PlatformClock, now: Now) {
        self.scope = if self.all_requests_until > now.monotonic {
            RetryAfterScope::Everything
        } else if leads.waits_for_retry_after(now.monotonic) {
            RetryAfterScope::Leads
        } else {
            RetryAfterScope::Nothing
        };
        let until = leads.next_attempt().max(self.all_requests_until);
        let delay = until.saturating_sub(now.monotonic);
        self.next_attempt_at = now.wall.checked_add(signed(delay)).ok();
        self.delay = Some(delay);
        self.next_attempt_at_platform = clock.time_after(delay, now.monotonic);
        self.is_restored = false;
    }

    /// Leads may be sent again.
    pub const fn clear(&mut self) {
        self.next_attempt_at = None;
    }

    /// Delay that is left by the platform's clock, if the wait is from before a restart. The kiosk's clock may have been
    /// set back in between. Returns a value only for the first `server_time` after the restart.
    pub fn take_left_after_restart(&mut self, server_time: Timestamp) -> Option<Duration> {
        let due = self.next_attempt_at_platform.filter(|_| self.is_restored);
        self.is_restored = false;
        due.map(|due| Duration::try_from(due.duration_since(server_time)).unwrap_or_default())
    }

    /// The parts of the persisted state that describe this delay; the rest has default values.
    pub fn persisted(&self) -> PersistedState {
        if self.next_attempt_at.is_none() {
            return PersistedState::default();
        }
        PersistedState {
            next_attempt_at: self.next_attempt_at,
            wait_ms: self.delay.map(|delay| delay.as_millis() as u64),
            next_attempt_at_platform: self.next_attempt_at_platform,
            retry_after_scope: self.scope,
            ..PersistedState::default()
        }
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or_default()
}
