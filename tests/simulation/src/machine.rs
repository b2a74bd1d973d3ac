//! The machine of a kiosk: a wall clock that is wrong and jumps, a steady one that does not, free bytes as they are set,
//! less what the kiosk holds in reserve. Both clocks run on tokio's paused time.

use crate::chance::Chance;
use jiff::{SignedDuration, Timestamp};
use kiosk::Machine;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync::{Clock, Now};
use tokio::time::Instant;

/// True time at the beginning of every run.
const BEGINNING: Timestamp = Timestamp::constant(1_770_973_200, 0);
/// Room for everything.
pub const PLENTY: u64 = 1 << 40;
/// Name of the file that a kiosk gives up when its disk is full.
pub const RESERVE: &str = "reserve";
/// Its bytes.
pub const RESERVE_BYTES: u64 = 32 << 20;
/// Bytes with which leads can be taken.
const FOR_LEADS: u64 = 8 << 20;

/// True time so long after the beginning.
pub fn true_time(elapsed: std::time::Duration) -> Timestamp {
    let elapsed = SignedDuration::try_from(elapsed).unwrap_or_default();
    BEGINNING.checked_add(elapsed).unwrap_or(Timestamp::MAX)
}

/// A machine as the run sets it.
pub struct Bench {
    began: Instant,
    state: Mutex<State>,
}

struct State {
    /// Kiosk's clock minus true time.
    wrong_by: SignedDuration,
    boot: u32,
    booted: Instant,
    /// Free bytes there would be without the kiosk's reserve.
    room: u64,
}

impl Bench {
    /// A machine that was just switched on, its clock right.
    pub fn switch_on() -> Self {
        let now = Instant::now();
        let state = State {
            wrong_by: SignedDuration::ZERO,
            boot: 1,
            booted: now,
            room: PLENTY,
        };
        Self {
            began: now,
            state: Mutex::new(state),
        }
    }

    /// Has the wall clock be wrong by so much from now on.
    pub fn set_clock(&self, wrong_by: SignedDuration) {
        self.state().wrong_by = wrong_by;
    }

    /// So many bytes are free now, with the reserve in this folder if it is there.
    pub fn set_free(&self, free: u64, folder: &Path) {
        self.state().room = free.saturating_add(reserve(folder));
    }

    /// Whether leads could be taken, be it by giving the reserve up.
    pub fn has_room_for_leads(&self) -> bool {
        self.state().room > FOR_LEADS
    }

    /// The machine starts again.
    pub fn reboot(&self) {
        let mut state = self.state();
        state.boot += 1;
        state.booted = Instant::now();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Machine for Bench {
    fn now(&self) -> Timestamp {
        let now = true_time(self.began.elapsed());
        now.checked_add(self.state().wrong_by).unwrap_or(now)
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.state().boot)
    }

    fn monotonic_ms(&self) -> u64 {
        self.state().booted.elapsed().as_millis() as u64
    }

    fn disk_free(&self, folder: &Path) -> u64 {
        self.state().room.saturating_sub(reserve(folder))
    }

    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

/// Bytes of the reserve.
fn reserve(folder: &Path) -> u64 {
    fs::metadata(folder.join(RESERVE)).map_or(0, |file| file.len())
}

/// What the driver takes time and chance from.
pub struct BenchClock {
    bench: Arc<Bench>,
    started: Instant,
    chance: Chance,
}

impl BenchClock {
    /// A clock of a program that starts now.
    pub fn start(bench: Arc<Bench>, chance: Chance) -> Self {
        Self {
            bench,
            started: Instant::now(),
            chance,
        }
    }
}

impl Clock for BenchClock {
    fn now(&self) -> Now {
        Now {
            wall: self.bench.now(),
            steady: self.started.elapsed(),
        }
    }

    fn random(&mut self) -> u64 {
        self.chance.bits()
    }
}
