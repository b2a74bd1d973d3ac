//! Delays between retries: full jitter under a ceiling that doubles, and `Retry-After` of the platform.
//! Pure: time and randomness are passed in. Must not know: what is retried.

use std::time::Duration;

/// Delay ceiling after the first failure.
pub const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
/// Highest delay ceiling.
pub const MAX_BACKOFF: Duration = Duration::from_mins(5);
/// Longest `Retry-After` that is honoured: a date from a wrong clock must not silence a kiosk for a day.
pub const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// Retry state of one lane. All times are monotonic, from any origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    /// End of the kiosk's own delay.
    not_before: Duration,
    /// End of the delay that the platform asked for; it outlives an outage.
    retry_after_until: Duration,
}

impl Backoff {
    /// Failures since the last success.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Earliest time of the next attempt.
    pub fn next_attempt(&self) -> Duration {
        self.not_before.max(self.retry_after_until)
    }

    /// Whether the next attempt waits because of a `Retry-After`.
    pub fn waits_for_retry_after(&self, now: Duration) -> bool {
        self.retry_after_until > now && self.retry_after_until >= self.not_before
    }

    /// Records a success; the next attempt may start at `next`.
    pub const fn succeeded(&mut self, next: Duration) {
        *self = Self {
            failures: 0,
            not_before: next,
            retry_after_until: Duration::ZERO,
        };
    }

    /// Records a failure.
    pub fn failed(&mut self, now: Duration, retry_after: Option<Duration>, random: u64) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + jitter(ceiling(self.failures), random);
        if let Some(retry_after) = retry_after {
            self.apply_retry_after(now, retry_after, random);
        }
    }

    /// Records a `Retry-After`, with a little jitter so that kiosks do not all return at the same time.
    pub fn apply_retry_after(&mut self, now: Duration, retry_after: Duration, random: u64) {
        let retry_after = retry_after.min(MAX_RETRY_AFTER);
        self.retry_after_until = self
            .retry_after_until
            .max(now + retry_after + jitter(INITIAL_BACKOFF, random));
    }

    /// Clears the kiosk's own delay because its cause is gone; keeps a `Retry-After`.
    pub const fn clear_own_delay(&mut self) {
        self.failures = 0;
        self.not_before = Duration::ZERO;
    }

    /// Clears every delay, for a round on demand.
    pub const fn clear_delays(&mut self) {
        self.not_before = Duration::ZERO;
        self.retry_after_until = Duration::ZERO;
    }

    /// Makes the next attempt due, unless the last one failed.
    pub const fn make_due(&mut self) {
        if self.failures == 0 {
            self.not_before = Duration::ZERO;
        }
    }

    /// Postpones the next attempt, unless the last one failed.
    pub const fn postpone(&mut self, until: Duration) {
        if self.failures == 0 {
            self.not_before = until;
        }
    }

    /// Ends every delay at `until` at the latest.
    pub fn cap_delays(&mut self, until: Duration) {
        self.not_before = self.not_before.min(until);
        self.retry_after_until = self.retry_after_until.min(until);
    }

    /// Restores a delay from before a restart: `left` of it, capped at the longest delay there can be.
    /// `is_retry_after` tells whether the platform asked for it.
    pub fn restore(&mut self, failures: u32, now: Duration, left: Duration, is_retry_after: bool) {
        self.failures = failures;
        if is_retry_after {
            self.retry_after_until = now + left.min(MAX_RETRY_AFTER + INITIAL_BACKOFF);
        } else {
            self.not_before = now + left.min(ceiling(failures));
        }
    }
}

/// Delay ceiling after this number of failures.
pub fn ceiling(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    (INITIAL_BACKOFF * 2_u32.pow(doublings)).min(MAX_BACKOFF)
}

/// Uniform random part of a duration, from zero to all of it.
pub fn jitter(max: Duration, random: u64) -> Duration {
    let nanos = u128::from(random) * max.as_nanos() / u128::from(u64::MAX);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn delays_stay_below_ceiling(
            failures in 1..10_000_u32, random: u64, now in 0..10_000_u64,
        ) {
            let now = Duration::from_secs(now);
            let mut backoff = Backoff { failures: failures - 1, ..Backoff::default() };
            backoff.failed(now, None, random);
            prop_assert!(backoff.next_attempt() >= now);
            prop_assert!(backoff.next_attempt() <= now + ceiling(failures));
            prop_assert!(ceiling(failures) >= INITIAL_BACKOFF && ceiling(failures) <= MAX_BACKOFF);
        }

        #[test]
        fn retry_after_is_capped_at_an_hour(retry_after in 0..100_000_u64, random: u64) {
            let mut backoff = Backoff::default();
            backoff.failed(Duration::ZERO, Some(Duration::from_secs(retry_after)), random);
            let honoured = Duration::from_secs(retry_after).min(MAX_RETRY_AFTER);
            prop_assert!(backoff.next_attempt() >= honoured);
            prop_assert!(backoff.next_attempt() <= honoured + INITIAL_BACKOFF);
            backoff.clear_own_delay();
            prop_assert!(backoff.next_attempt() >= honoured, "an outage does not clear it");
        }

        #[test]
        fn restored_delay_is_capped(left in 0..u64::from(u32::MAX), is_retry_after: bool) {
            let mut backoff = Backoff::default();
            backoff.restore(3, Duration::ZERO, Duration::from_secs(left), is_retry_after);
            let longest = if is_retry_after { MAX_RETRY_AFTER + INITIAL_BACKOFF } else { ceiling(3) };
            prop_assert_eq!(backoff.next_attempt(), Duration::from_secs(left).min(longest));
        }
    }

    #[test]
    fn jitter_covers_the_full_range() {
        assert_eq!(jitter(MAX_BACKOFF, 0), Duration::ZERO);
        assert_eq!(jitter(MAX_BACKOFF, u64::MAX), MAX_BACKOFF);
    }

    #[test]
    fn ceiling_doubles_per_failure() {
        let seconds: Vec<u64> = (1..=10).map(|n| ceiling(n).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    }
}
