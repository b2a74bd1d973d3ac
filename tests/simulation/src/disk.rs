//! A disk that fails: a call can fail before or after it had its effect, and the power can go at any call. Must not know
//! what is kept on it.

use crate::chance::Chance;
use crate::chronicle::Chronicle;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use sync::LocalError;
use tokio::sync::mpsc::UnboundedSender;

/// What the disk of one kiosk does.
pub struct Disk {
    kiosk: usize,
    /// The record.
    pub chronicle: Arc<Chronicle>,
    power_went: UnboundedSender<usize>,
    state: Mutex<State>,
}

struct State {
    chance: Chance,
    /// One call in so many fails.
    fails_one_in: Option<u64>,
    /// At how many calls from now the power goes.
    calls_left: Option<u64>,
    /// No call has any effect.
    dead: bool,
}

/// What becomes of one call.
#[derive(Clone, Copy)]
enum Fate {
    Works,
    FailsBefore,
    FailsAfter,
    PowerGoesBefore,
    PowerGoesAfter,
    IsDead,
}

impl Disk {
    /// A good disk. `power_went` is told when the power goes.
    pub fn new(
        kiosk: usize,
        chance: Chance,
        chronicle: Arc<Chronicle>,
        power_went: UnboundedSender<usize>,
    ) -> Self {
        let state = State {
            chance,
            fails_one_in: None,
            calls_left: None,
            dead: false,
        };
        Self {
            kiosk,
            chronicle,
            power_went,
            state: Mutex::new(state),
        }
    }

    /// From now on one call in so many fails; none with `None`.
    pub fn fail(&self, one_in: Option<u64>) {
        self.state().fails_one_in = one_in;
    }

    /// The power goes at that call, counted from now.
    pub fn let_power_go(&self, calls: u64) {
        self.state().calls_left = Some(calls);
    }

    /// The power is back, or stays.
    pub fn has_power(&self) {
        let mut state = self.state();
        state.calls_left = None;
        state.dead = false;
    }

    fn fate(&self) -> Fate {
        let mut state = self.state();
        if state.dead {
            return Fate::IsDead;
        }
        if let Some(left) = &mut state.calls_left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                state.dead = true;
                return if state.chance.one_in(2) {
                    Fate::PowerGoesBefore
                } else {
                    Fate::PowerGoesAfter
                };
            }
        }
        let fails = match state.fails_one_in {
            Some(times) => state.chance.one_in(times),
            None => false,
        };
        match fails.then(|| state.chance.one_in(2)) {
            Some(true) => Fate::FailsAfter,
            Some(false) => Fate::FailsBefore,
            None => Fate::Works,
        }
    }

    /// Does a call, or not, as the disk will have it.
    pub fn call<T>(
        &self,
        what: &'static str,
        work: impl FnOnce() -> Result<T, LocalError>,
    ) -> Result<T, LocalError> {
        let fate = self.fate();
        let count = |kind, how: &str| {
            self.chronicle.count(kind, 1);
            self.chronicle
                .note(format!("disk of kiosk {}: {what} {how}", self.kiosk));
        };
        match fate {
            Fate::Works => work(),
            Fate::FailsBefore => {
                count("disk: call failed", "fails");
                Err(failed())
            }
            Fate::FailsAfter => {
                count("disk: call failed after its effect", "has its effect and fails");
                work().and(Err(failed()))
            }
            Fate::PowerGoesBefore | Fate::PowerGoesAfter => {
                count("power cut in a step", "is where the power goes");
                if matches!(fate, Fate::PowerGoesAfter) {
                    work().ok();
                }
                // When nobody listens the run is over.
                self.power_went.send(self.kiosk).ok();
                Err(failed())
            }
            Fate::IsDead => Err(failed()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed() -> LocalError {
    LocalError::Storage("the simulated disk fails".to_owned())
}
