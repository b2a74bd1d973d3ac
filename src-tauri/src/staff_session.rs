//! The staff session. It ends after inactivity, or when the staff window closes. Must not know: commands, windows.

use expo_kiosk_core::Session;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The session ends after this time without an act of staff. The page locks itself earlier; this limit holds even if the
/// page does not.
const INACTIVITY_TIMEOUT: Duration = Duration::from_mins(5);

/// The session of the staff window, shared by its commands.
#[derive(Default)]
pub struct StaffSession(Mutex<SessionState>);

/// A session with the time of its last act.
#[derive(Default)]
pub struct SessionState {
    /// The session; locked by default.
    pub session: Session,
    last_act: Option<Instant>,
}

impl StaffSession {
    /// The session for an act of staff. Restarts the inactivity timeout.
    pub fn for_act(&self) -> MutexGuard<'_, SessionState> {
        let mut state = self.for_polling();
        state.last_act = Some(Instant::now());
        state
    }

    /// The session for automatic requests of the page, which do not restart the inactivity timeout.
    pub fn for_polling(&self) -> MutexGuard<'_, SessionState> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state
            .last_act
            .is_some_and(|last| last.elapsed() > INACTIVITY_TIMEOUT)
        {
            state.session = Session::default();
        }
        state
    }

    /// Ends the session because the staff window closes.
    pub fn end(&self) {
        self.for_polling().session = Session::default();
    }
}
