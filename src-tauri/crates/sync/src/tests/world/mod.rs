//! A kiosk in memory, a platform that does what a script says, and a clock that runs on tokio's paused time.

mod kiosk;
mod platform;

pub use kiosk::Kiosk;
pub use platform::{Fault, Scripted};

use crate::clock::{Clock, Now};
use crate::{Driver, Report};
use jiff::{SignedDuration, Timestamp};
use protocol::{Checkpoint, RowCounts, SignedCheckpoint, sha256_hex};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Paused time and a small generator of chance.
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
        let steady = self.start.elapsed();
        let wall = origin() + SignedDuration::try_from(world_time()).unwrap();
        Now { wall, steady }
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

fn origin() -> Timestamp {
    "2026-02-13T09:00:00Z".parse().unwrap()
}

tokio::task_local! {
    /// When the test began, so that wall time goes on over restarts of the driver.
    pub static BEGAN: Instant;
}

/// Time since the test began.
pub fn world_time() -> Duration {
    BEGAN.with(Instant::elapsed)
}

/// A signed checkpoint and snapshot of a version; the signature is for show.
pub fn publication(version: u64) -> (SignedCheckpoint, Vec<u8>) {
    let snapshot = format!("snapshot {version}").into_bytes();
    let checkpoint = Checkpoint {
        format: 1,
        version,
        published_at: origin(),
        expires_at: None,
        rows: RowCounts::default(),
        content_sha256: String::new(),
        snapshot_sha256: sha256_hex(&snapshot),
        snapshot_bytes: snapshot.len() as u64,
        snapshot_plain_bytes: 0,
        pictures: 0,
        pictures_bytes: 0,
    };
    let checkpoint = serde_json::to_string(&checkpoint).unwrap();
    (
        SignedCheckpoint {
            checkpoint,
            signature: String::new(),
        },
        snapshot,
    )
}

fn checkpoint_of(signed: &SignedCheckpoint) -> Checkpoint {
    serde_json::from_str(&signed.checkpoint).unwrap()
}

/// A kiosk and a platform.
#[derive(Clone, Default)]
pub struct World {
    pub kiosk: Arc<Kiosk>,
    pub platform: Arc<Scripted>,
}

impl World {
    /// A new driver over what is there, as after a restart.
    pub fn driver(&self, seed: u64) -> Driver<Scripted, Kiosk, TestClock> {
        Driver::new(
            Arc::clone(&self.platform),
            Arc::clone(&self.kiosk),
            TestClock::new(seed),
        )
        .unwrap()
    }

    pub async fn once(&self) -> Report {
        self.driver(1).once().await
    }
}

/// Runs a test on paused time.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async { BEGAN.scope(Instant::now(), test).await })
}
