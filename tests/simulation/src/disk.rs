//! A disk that fails: a call can fail before or after it takes effect, and the power can fail at any call. Must not
//! know: what is stored on the disk.

use crate::event_log::EventLog;
use crate::rng::SeededRng;
use expo_sync::LocalError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::UnboundedSender;

/// The disk of one kiosk.
pub struct Disk {
    kiosk: usize,
    /// The record of the run.
    pub log: Arc<EventLog>,
    power_failures: UnboundedSender<usize>,
    state: Mutex<State>,
}

struct State {
    rng: SeededRng,
    /// One call in this many fails.
    fails_one_in: Option<u64>,
    /// Calls until the power fails.
    calls_until_power_failure: Option<u64>,
    /// Without power no call takes effect.
    is_off: bool,
}

/// How one call ends.
#[derive(Clone, Copy)]
enum CallOutcome {
    Works,
    FailsBefore,
    FailsAfter,
    PowerFailsBefore,
    PowerFailsAfter,
    IsOff,
}

impl Disk {
    /// A disk without faults. It sends `kiosk` to `power_failures` when its power fails.
    pub fn new(
        kiosk: usize,
        rng: SeededRng,
        log: Arc<EventLog>,
        power_failures: UnboundedSender<usize>,
    ) -> Self {
        let state = State {
            rng,
            fails_one_in: None,
            calls_until_power_failure: None,
            is_off: false,
        };
        Self {
            kiosk,
            log,
            power_failures,
            state: Mutex::new(state),
        }
    }

    /// From now on one call in this many fails; `None` means that no call fails.
    pub fn fail_one_in(&self, calls: Option<u64>) {
        self.state().fails_one_in = calls;
    }

    /// The power fails at this call, counted from now.
    pub fn fail_power_at(&self, call: u64) {
        self.state().calls_until_power_failure = Some(call);
    }

    /// Switches the power on and cancels a planned failure.
    pub fn restore_power(&self) {
        let mut state = self.state();
        state.calls_until_power_failure = None;
        state.is_off = false;
    }

    fn next_outcome(&self) -> CallOutcome {
        let mut state = self.state();
        if state.is_off {
            return CallOutcome::IsOff;
        }
        if let Some(left) = &mut state.calls_until_power_failure {
            *left = left.saturating_sub(1);
            if *left == 0 {
                state.is_off = true;
                return if state.rng.one_in(2) {
                    CallOutcome::PowerFailsBefore
                } else {
                    CallOutcome::PowerFailsAfter
                };
            }
        }
        let fails = match state.fails_one_in {
            Some(times) => state.rng.one_in(times),
            None => false,
        };
        match fails.then(|| state.rng.one_in(2)) {
            Some(true) => CallOutcome::FailsAfter,
            Some(false) => CallOutcome::FailsBefore,
            None => CallOutcome::Works,
        }
    }

    /// Runs `work`, or fails before or after it. `name` is for the log.
    pub fn call<T>(
        &self,
        name: &'static str,
        work: impl FnOnce() -> Result<T, LocalError>,
    ) -> Result<T, LocalError> {
        let outcome = self.next_outcome();
        let record = |counter, text: &str| {
            self.log.count(counter, 1);
            self.log
                .note(format!("disk of kiosk {}: {name} {text}", self.kiosk));
        };
        match outcome {
            CallOutcome::Works => work(),
            CallOutcome::FailsBefore => {
                record("disk: call failed", "fails");
                Err(failed())
            }
            CallOutcome::FailsAfter => {
                record("disk: call failed after its effect", "takes effect and fails");
                work().and(Err(failed()))
            }
            CallOutcome::PowerFailsBefore | CallOutcome::PowerFailsAfter => {
                record("power cut during a disk call", "is interrupted by a power cut");
                if matches!(outcome, CallOutcome::PowerFailsAfter) {
                    work().ok();
                }
                // Without a receiver the run has ended.
                self.power_failures.send(self.kiosk).ok();
                Err(failed())
            }
            CallOutcome::IsOff => Err(failed()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed() -> LocalError {
    LocalError::Storage("the simulated disk fails".to_owned())
}
