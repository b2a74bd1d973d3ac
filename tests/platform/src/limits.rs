//! How much one kiosk, or one address that shows no token, may ask of this instance: so many requests a second over
//! time, and a burst on top. What must hold over all instances, tries of enrolment codes, is the store's.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Kiosks and addresses remembered before those that rest are forgotten.
const REMEMBERED: usize = 10_000;
/// Seconds' worth of requests that may come at once.
const BURST: u32 = 10;
/// Longest time for a body to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The limits of an instance.
pub struct Limits {
    /// Whether `X-Forwarded-For` is believed: only where a proxy sets it.
    pub behind_proxy: bool,
    /// Longest time for a body to arrive.
    pub body_time: Duration,
    kiosks: Rate<String>,
    strangers: Rate<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(200, 100, false)
    }
}

impl Limits {
    /// Requests a second for each kiosk and for each address of strangers; 0 is without limit.
    pub fn new(per_kiosk: u32, per_address: u32, behind_proxy: bool) -> Self {
        Self {
            behind_proxy,
            body_time: BODY_TIME,
            kiosks: Rate::new(per_kiosk),
            strangers: Rate::new(per_address),
        }
    }

    /// Counts a request of a kiosk, or says how long it has to wait.
    pub fn kiosk(&self, kiosk: &str, now: Instant) -> Result<(), Duration> {
        self.kiosks.count(kiosk.to_owned(), now)
    }

    /// Counts a request of somebody without a known token.
    pub fn stranger(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        self.strangers.count(address, now)
    }
}

/// Generic cell rate algorithm: for each key the instant at which its budget is whole again.
struct Rate<K> {
    /// Time that one request costs; `None` is without limit.
    cost: Option<Duration>,
    whole_again: Mutex<HashMap<K, Instant>>,
}

impl<K: Eq + std::hash::Hash> Rate<K> {
    fn new(per_second: u32) -> Self {
        Self {
            cost: Duration::from_secs(1).checked_div(per_second),
            whole_again: Mutex::default(),
        }
    }

    fn count(&self, key: K, now: Instant) -> Result<(), Duration> {
        let Some(cost) = self.cost else {
            return Ok(());
        };
        let mut all = self.whole_again.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, whole_again| *whole_again > now);
        }
        let whole_again = all.entry(key).or_insert(now);
        let next = (*whole_again).max(now) + cost;
        let wait = next.saturating_duration_since(now + Duration::from_secs(BURST.into()));
        if wait > Duration::ZERO {
            return Err(wait);
        }
        *whole_again = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_the_rate_holds_for_each_by_itself() {
        let (limits, start) = (Limits::new(10, 0, false), Instant::now());
        let asked = |kiosk, at| (0..200).filter(|_| limits.kiosk(kiosk, at).is_ok()).count();
        assert_eq!(asked("K01", start), 100);
        assert_eq!(asked("K02", start), 100);
        let wait = limits.kiosk("K01", start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(100));
        assert!(limits.kiosk("K01", start + wait).is_ok());
        assert_eq!(asked("K01", start + Duration::from_secs(3)), 29);
        assert_eq!(asked("K01", start + Duration::from_hours(1)), 100);
        assert!((0..1000).all(|_| limits.stranger([127, 0, 0, 1].into(), start).is_ok()));
    }

    #[test]
    fn those_who_rest_are_forgotten() {
        let (limits, start) = (Limits::new(1, 1, false), Instant::now());
        for number in 0..REMEMBERED {
            limits.kiosk(&number.to_string(), start).unwrap();
        }
        limits.kiosk("late", start + Duration::from_mins(1)).unwrap();
        assert_eq!(limits.kiosks.whole_again.lock().unwrap().len(), 1);
    }
}
