//! A kiosk in memory, a platform that follows a script, and a clock based on tokio's paused time.

mod kiosk;
mod platform;

pub use kiosk::FakeKiosk;
pub use platform::{FakePlatform, Fault};

use crate::clock::{Clock, Now};
use crate::{Driver, Report};
use expo_protocol::{Checkpoint, SignedCheckpoint, sha256_hex};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Paused time and a small random number generator.
pub struct TestClock {
    start: Instant,
    seed: u64,
}

impl TestClock {
    pub fn new(seed: u64) -> Self {
        Self {
            start: Instant::now(),
            seed,
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Now {
        let monotonic = self.start.elapsed();
        let wall = start_time() + SignedDuration::try_from(elapsed()).unwrap();
        Now { wall, monotonic }
    }

    fn random(&mut self) -> u64 {
        // SplitMix64.
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn start_time() -> Timestamp {
    "2026-02-13T09:00:00Z".parse().unwrap()
}

tokio::task_local! {
    /// When the test began, so that wall time continues across restarts of the driver.
    pub static TEST_START: Instant;
}

/// Time since the test began.
pub fn elapsed() -> Duration {
    TEST_START.with(Instant::elapsed)
}

/// A checkpoint and snapshot of a version, with an empty signature.
pub fn publication(version: u64) -> (SignedCheckpoint, Vec<u8>) {
    let snapshot = format!("snapshot {version}").into_bytes();
    let checkpoint = Checkpoint {
        published_at: start_time(),
        snapshot_sha256: sha256_hex(&snapshot),
        snapshot_bytes: snapshot.len() as u64,
        ..fixtures::empty_checkpoint(version)
    };
    (fixtures::unsigned(&checkpoint), snapshot)
}

fn checkpoint_of(signed: &SignedCheckpoint) -> Checkpoint {
    serde_json::from_str(&signed.checkpoint).unwrap()
}

/// A kiosk and a platform.
#[derive(Clone, Default)]
pub struct World {
    pub kiosk: Arc<FakeKiosk>,
    pub platform: Arc<FakePlatform>,
}

impl World {
    /// A new driver with the current state, as after a restart.
    pub fn driver(&self, seed: u64) -> Driver<FakePlatform, FakeKiosk, TestClock> {
        Driver::new(
            Arc::clone(&self.platform),
            Arc::clone(&self.kiosk),
            TestClock::new(seed),
        )
        .unwrap()
    }

    pub async fn run_round(&self) -> Report {
        self.driver(1).run_round().await
    }
}

/// Runs a test on paused time.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { TEST_START.scope(Instant::now(), test).await })
}
