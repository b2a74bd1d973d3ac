//! Source of time and randomness. Decisions use monotonic time; wall time is only stored and shown.
//! Must not know: what is timed.

use jiff::Timestamp;
use std::time::Duration;
use tokio::time::Instant;

/// A moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Wall clock; it may be wrong and may jump.
    pub wall: Timestamp,
    /// Time since an arbitrary origin; never goes backwards.
    pub monotonic: Duration,
}

/// Time and randomness for the driver. The driver sleeps with `tokio::time`, which tests can pause.
pub trait Clock: Send {
    /// The current time on both clocks.
    fn now(&self) -> Now;
    /// 64 random bits. Nonces are made of them, so they must be unpredictable outside tests.
    fn random(&mut self) -> u64;
}

/// The machine's clocks and randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// A clock whose monotonic time starts at zero now.
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        Now {
            wall: Timestamp::now(),
            monotonic: self.0.elapsed(),
        }
    }

    fn random(&mut self) -> u64 {
        rand::random()
    }
}
