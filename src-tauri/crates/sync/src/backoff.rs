//! How long to wait after failures: full jitter under a ceiling that doubles, and what `Retry-After` asks on top.
//! Pure: time and chance are passed in.

use std::time::Duration;

/// Ceiling after the first failure.
pub const FIRST_CEILING: Duration = Duration::from_secs(1);
/// Ceiling that is never passed.
pub const LONGEST_CEILING: Duration = Duration::from_mins(5);
/// Longest `Retry-After` that is believed: a date from a wrong clock must not silence a kiosk for a day.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(1);

/// Waiting of one kind of work. Times are those of a clock that only goes forward, from any origin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    /// End of our own waiting.
    not_before: Duration,
    /// End of the waiting the platform asked for; outlives an outage.
    held_until: Duration,
}

impl Backoff {
    /// Failures since the last success.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// When the next attempt may be made.
    pub fn next_attempt(&self) -> Duration {
        self.not_before.max(self.held_until)
    }

    /// Whether it is the platform that asked for the waiting.
    pub fn is_held(&self, now: Duration) -> bool {
        self.held_until > now && self.held_until >= self.not_before
    }

    /// Notes a success; the next attempt may be made at `next`.
    pub const fn succeeded(&mut self, next: Duration) {
        *self = Self {
            failures: 0,
            not_before: next,
            held_until: Duration::ZERO,
        };
    }

    /// Notes a failure.
    pub fn failed(&mut self, now: Duration, retry_after: Option<Duration>, random: u64) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + jitter(ceiling(self.failures), random);
        if let Some(wish) = retry_after {
            self.hold(now, wish, random);
        }
    }

    /// Notes how long the platform wants to be left alone, spread a little so that kiosks do not come back as one.
    pub fn hold(&mut self, now: Duration, wish: Duration, random: u64) {
        let wish = wish.min(LONGEST_RETRY_AFTER);
        self.held_until = self.held_until.max(now + wish + jitter(FIRST_CEILING, random));
    }

    /// Forgets our own waiting, because what it waited for has changed; keeps what the platform asked for.
    pub const fn forgive(&mut self) {
        self.failures = 0;
        self.not_before = Duration::ZERO;
    }

    /// Forgets all waiting: somebody asked for an attempt now.
    pub const fn force(&mut self) {
        self.not_before = Duration::ZERO;
        self.held_until = Duration::ZERO;
    }

    /// Makes the next attempt due if nothing failed.
    pub const fn hasten(&mut self) {
        if self.failures == 0 {
            self.not_before = Duration::ZERO;
        }
    }

    /// Puts the next attempt off until then if nothing failed.
    pub const fn put_off(&mut self, until: Duration) {
        if self.failures == 0 {
            self.not_before = until;
        }
    }

    /// Ends all waiting at this time, where it would have lasted longer.
    pub fn shorten(&mut self, until: Duration) {
        self.not_before = self.not_before.min(until);
        self.held_until = self.held_until.min(until);
    }

    /// Takes up waiting from before a restart: `left` of it, and never more than could have been meant. `held` tells
    /// that the platform asked for it.
    pub fn restore(&mut self, failures: u32, now: Duration, left: Duration, held: bool) {
        self.failures = failures;
        if held {
            self.held_until = now + left.min(LONGEST_RETRY_AFTER + FIRST_CEILING);
        } else {
            self.not_before = now + left.min(ceiling(failures));
        }
    }
}

/// Ceiling after so many failures.
pub fn ceiling(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    (FIRST_CEILING * 2_u32.pow(doublings)).min(LONGEST_CEILING)
}

/// A part of a duration, by chance: uniform from nothing to all of it.
pub fn jitter(whole: Duration, random: u64) -> Duration {
    let nanos = u128::from(random) * whole.as_nanos() / u128::from(u64::MAX);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waiting_stays_under_the_ceiling_and_the_ceiling_under_five_minutes(
            failures in 1..10_000_u32, random: u64, now in 0..10_000_u64,
        ) {
            let now = Duration::from_secs(now);
            let mut backoff = Backoff { failures: failures - 1, ..Backoff::default() };
            backoff.failed(now, None, random);
            prop_assert!(backoff.next_attempt() >= now);
            prop_assert!(backoff.next_attempt() <= now + ceiling(failures));
            prop_assert!(ceiling(failures) >= FIRST_CEILING && ceiling(failures) <= LONGEST_CEILING);
        }

        #[test]
        fn retry_after_is_honoured_up_to_an_hour(wish in 0..100_000_u64, random: u64) {
            let mut backoff = Backoff::default();
            backoff.failed(Duration::ZERO, Some(Duration::from_secs(wish)), random);
            let honoured = Duration::from_secs(wish).min(LONGEST_RETRY_AFTER);
            prop_assert!(backoff.next_attempt() >= honoured);
            prop_assert!(backoff.next_attempt() <= honoured + FIRST_CEILING);
            backoff.forgive();
            prop_assert!(backoff.next_attempt() >= honoured, "an outage does not lift it");
        }

        #[test]
        fn waiting_from_before_a_restart_is_kept_but_never_endless(left in 0..u64::from(u32::MAX), held: bool) {
            let mut backoff = Backoff::default();
            backoff.restore(3, Duration::ZERO, Duration::from_secs(left), held);
            let longest = if held { LONGEST_RETRY_AFTER + FIRST_CEILING } else { ceiling(3) };
            prop_assert_eq!(backoff.next_attempt(), Duration::from_secs(left).min(longest));
        }
    }

    #[test]
    fn jitter_reaches_both_ends() {
        assert_eq!(jitter(LONGEST_CEILING, 0), Duration::ZERO);
        assert_eq!(jitter(LONGEST_CEILING, u64::MAX), LONGEST_CEILING);
    }

    #[test]
    fn ceilings_double() {
        let seconds: Vec<u64> = (1..=10).map(|n| ceiling(n).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    }
}
