//! Rate limits of this instance: requests per second for each kiosk and for each address without a valid token, plus a
//! burst. Limits that must hold over all instances, such as tries of enrolment codes, are in the store. Must not know: HTTP.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Number of kiosks or addresses remembered before idle ones are removed.
const MAX_REMEMBERED: usize = 10_000;
/// Size of a burst, as seconds of the permitted rate.
const BURST_SECONDS: u32 = 10;
/// Longest time for a body to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest time for the first request of a connection to arrive.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(15);
/// Open connections of one address. All kiosks of a venue may share one, and each opens a few.
const MAX_CONNECTIONS_PER_ADDRESS: usize = 512;

/// Rate limits and timeouts of an instance.
pub struct Limits {
    /// Whether to trust `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Longest time for a body to arrive.
    pub body_timeout: Duration,
    /// Longest time for the first request of a connection to arrive.
    pub first_request_timeout: Duration,
    /// Most open connections of one address. Behind a proxy all connections come from the proxy, so it does not apply.
    pub connections_per_address: usize,
    kiosks: RateLimiter<String>,
    unauthenticated: RateLimiter<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(200, 100, false)
    }
}

impl Limits {
    /// Sets the requests per second for each kiosk, and for each address that sends no valid token; 0 means no limit.
    pub fn new(per_kiosk: u32, per_address: u32, behind_proxy: bool) -> Self {
        Self {
            behind_proxy,
            body_timeout: BODY_TIMEOUT,
            first_request_timeout: FIRST_REQUEST_TIMEOUT,
            connections_per_address: if behind_proxy {
                usize::MAX
            } else {
                MAX_CONNECTIONS_PER_ADDRESS
            },
            kiosks: RateLimiter::new(per_kiosk),
            unauthenticated: RateLimiter::new(per_address),
        }
    }

    /// Counts a request of a kiosk. The error is the time it has to wait.
    pub fn count_kiosk(&self, kiosk: &str, now: Instant) -> Result<(), Duration> {
        self.kiosks.count(kiosk.to_owned(), now)
    }

    /// Counts a request without a valid token. The error is the time the address has to wait.
    pub fn count_unauthenticated(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        self.unauthenticated.count(address, now)
    }
}

/// Generic cell rate algorithm. Stores for each key the instant at which its budget is full again.
struct RateLimiter<K> {
    /// Time that one request uses up; `None` means no limit.
    cost: Option<Duration>,
    full_at: Mutex<HashMap<K, Instant>>,
}

impl<K: Eq + std::hash::Hash> RateLimiter<K> {
    fn new(per_second: u32) -> Self {
        Self {
            cost: Duration::from_secs(1).checked_div(per_second),
            full_at: Mutex::default(),
        }
    }

    fn count(&self, key: K, now: Instant) -> Result<(), Duration> {
        let Some(cost) = self.cost else {
            return Ok(());
        };
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_REMEMBERED {
            all.retain(|_, full_at| *full_at > now);
        }
        let full_at = all.entry(key).or_insert(now);
        let next = (*full_at).max(now) + cost;
        let wait = next.saturating_duration_since(now + Duration::from_secs(BURST_SECONDS.into()));
        if wait > Duration::ZERO {
            return Err(wait);
        }
        *full_at = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_passes_then_rate_applies_per_key() {
        let (limits, start) = (Limits::new(10, 0, false), Instant::now());
        let accepted = |kiosk, at| (0..200).filter(|_| limits.count_kiosk(kiosk, at).is_ok()).count();
        assert_eq!(accepted("K01", start), 100);
        assert_eq!(accepted("K02", start), 100);
        let wait = limits.count_kiosk("K01", start).unwrap_err();
        assert_eq!(wait, Duration::from_millis(100));
        assert!(limits.count_kiosk("K01", start + wait).is_ok());
        assert_eq!(accepted("K01", start + Duration::from_secs(3)), 29);
        assert_eq!(accepted("K01", start + Duration::from_hours(1)), 100);
        let localhost = [127, 0, 0, 1].into();
        assert!((0..1000).all(|_| limits.count_unauthenticated(localhost, start).is_ok()));
    }

    #[test]
    fn idle_keys_are_removed() {
        let (limits, start) = (Limits::new(1, 1, false), Instant::now());
        for number in 0..MAX_REMEMBERED {
            limits.count_kiosk(&number.to_string(), start).unwrap();
        }
        limits
            .count_kiosk("late", start + Duration::from_mins(1))
            .unwrap();
        assert_eq!(limits.kiosks.full_at.lock().unwrap().len(), 1);
    }
}
