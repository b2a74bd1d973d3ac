//! The platform's clock compared with the kiosk's. Must not know: what depends on it.

use crate::clock::Now;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Times that the platform reported.
#[derive(Debug, Clone)]
pub(super) struct PlatformClock {
    /// Time of the platform's last answer, by the kiosk's clock.
    pub last_contact_at: Option<Timestamp>,
    /// Platform's clock minus the kiosk's clock, milliseconds.
    pub offset_ms: Option<i64>,
    /// The last reported time, and the monotonic time of the report.
    reading: Option<(Timestamp, Duration)>,
}

impl PlatformClock {
    /// Values from before a restart.
    pub const fn restore(last_contact_at: Option<Timestamp>, offset_ms: Option<i64>) -> Self {
        Self {
            last_contact_at,
            offset_ms,
            reading: None,
        }
    }

    /// Records the platform's time from an answer that took `took`.
    pub fn record(&mut self, server_time: Timestamp, took: Duration, now: Now) {
        let half = SignedDuration::try_from(took / 2).unwrap_or_default();
        let offset = server_time.duration_since(now.wall) + half;
        self.offset_ms = i64::try_from(offset.as_millis()).ok();
        self.reading = Some((server_time, now.monotonic));
    }

    /// Time by the platform's clock after a delay from now; `None` if the platform reported no time yet.
    pub fn time_after(&self, delay: Duration, now: Duration) -> Option<Timestamp> {
        let (server_time, read_at) = self.reading?;
        let since = now.saturating_sub(read_at) + delay;
        server_time
            .checked_add(SignedDuration::try_from(since).ok()?)
            .ok()
    }
}
