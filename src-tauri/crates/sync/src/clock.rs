//! Time and chance, passed in. Wall time is only written down and shown: decisions use a clock that never jumps.

use jiff::Timestamp;
use std::time::Duration;
use tokio::time::Instant;

/// A moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// What the wall clock says; it may be wrong and may jump.
    pub wall: Timestamp,
    /// Time since some origin; only goes forward.
    pub steady: Duration,
}

/// Where the driver takes time and chance from. It sleeps with `tokio::time`, which tests can pause.
pub trait Clock: Send {
    /// This moment.
    fn now(&self) -> Now;
    /// 64 random bits; nonces are made of them, so they must not be guessable outside tests.
    fn random(&mut self) -> u64;
}

/// The machine's clocks and randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// A clock whose steady time begins now.
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        Now {
            wall: Timestamp::now(),
            steady: self.0.elapsed(),
        }
    }

    fn random(&mut self) -> u64 {
        rand::random()
    }
}
