//! The machine of a kiosk: a wall clock that can be wrong and jump, a monotonic clock, and free disk space as the run
//! sets it, less the kiosk's reserve file. Both clocks use the paused time of tokio.

use crate::rng::SeededRng;
use expo_kiosk_core::Machine;
use expo_sync::{Clock, Now};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// True time at the start of every run.
const RUN_START: Timestamp = Timestamp::constant(1_770_973_200, 0);
/// Free disk space when the disk is not full.
pub const AMPLE_DISK_BYTES: u64 = 1 << 40;
/// Name of the file that a kiosk deletes when its disk is full.
pub const RESERVE_FILE: &str = "reserve";
/// Length of that file.
pub const RESERVE_BYTES: u64 = 32 << 20;
/// Disk space that is needed to take leads.
const LEADS_BYTES: u64 = 8 << 20;

/// True time, this long after the start of the run.
pub fn true_time(elapsed: Duration) -> Timestamp {
    let elapsed = SignedDuration::try_from(elapsed).unwrap_or_default();
    RUN_START.checked_add(elapsed).unwrap_or(Timestamp::MAX)
}

/// A machine that the run controls.
pub struct SimulatedMachine {
    started: Instant,
    state: Mutex<State>,
}

struct State {
    /// The kiosk's clock minus true time.
    clock_error: SignedDuration,
    boot: u32,
    booted: Instant,
    /// Disk space that would be free without the reserve file.
    free_without_reserve: u64,
}

impl SimulatedMachine {
    /// A machine that boots now, with a correct clock.
    pub fn boot() -> Self {
        let now = Instant::now();
        let state = State {
            clock_error: SignedDuration::ZERO,
            boot: 1,
            booted: now,
            free_without_reserve: AMPLE_DISK_BYTES,
        };
        Self {
            started: now,
            state: Mutex::new(state),
        }
    }

    /// Sets the error of the wall clock from now on.
    pub fn set_clock_error(&self, error: SignedDuration) {
        self.state().clock_error = error;
    }

    /// Sets the free disk space. The reserve file in `folder`, if it exists, does not count as free.
    pub fn set_free(&self, free: u64, folder: &Path) {
        self.state().free_without_reserve = free.saturating_add(reserve_bytes(folder));
    }

    /// Whether leads can be taken, perhaps after the reserve file is deleted.
    pub fn has_room_for_leads(&self) -> bool {
        self.state().free_without_reserve > LEADS_BYTES
    }

    /// Restarts the machine.
    pub fn reboot(&self) {
        let mut state = self.state();
        state.boot += 1;
        state.booted = Instant::now();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Machine for SimulatedMachine {
    fn now(&self) -> Timestamp {
        let now = true_time(self.started.elapsed());
        now.checked_add(self.state().clock_error).unwrap_or(now)
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.state().boot)
    }

    fn machine_id(&self) -> Option<String> {
        None
    }

    fn monotonic_ms(&self) -> u64 {
        self.state().booted.elapsed().as_millis() as u64
    }

    fn disk_free(&self, folder: &Path) -> u64 {
        self.state()
            .free_without_reserve
            .saturating_sub(reserve_bytes(folder))
    }

    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

/// Length of the reserve file; 0 if it does not exist.
fn reserve_bytes(folder: &Path) -> u64 {
    fs::metadata(folder.join(RESERVE_FILE)).map_or(0, |file| file.len())
}

/// The clock and the random numbers of the sync driver.
pub struct SimulatedClock {
    machine: Arc<SimulatedMachine>,
    started: Instant,
    rng: SeededRng,
}

impl SimulatedClock {
    /// The clock of a program that starts now.
    pub fn start(machine: Arc<SimulatedMachine>, rng: SeededRng) -> Self {
        Self {
            machine,
            started: Instant::now(),
            rng,
        }
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Now {
        Now {
            wall: self.machine.now(),
            monotonic: self.started.elapsed(),
        }
    }

    fn random(&mut self) -> u64 {
        self.rng.bits()
    }
}
