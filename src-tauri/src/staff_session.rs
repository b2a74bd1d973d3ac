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
struct SessionState {
    /// The session; locked by default.
    session: Session,
    last_act: Option<Instant>,
}

impl StaffSession {
    /// A copy of the session for an act of staff. Restarts the inactivity timeout. Work with a copy does not hold the
    /// lock, so that a stick that does not answer blocks no other command.
    pub fn for_act(&self) -> Session {
        self.change(|session| session.clone())
    }

    /// A copy of the session for automatic requests of the page, which do not restart the inactivity timeout.
    pub fn for_polling(&self) -> Session {
        self.state().session.clone()
    }

    /// Changes the session by an act of staff.
    pub fn change<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        let mut state = self.state();
        state.last_act = Some(Instant::now());
        change(&mut state.session)
    }

    /// Ends the session because the staff window closes or opens.
    pub fn end(&self) {
        *self.state() = SessionState::default();
    }

    fn state(&self) -> MutexGuard<'_, SessionState> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state
            .last_act
            .is_some_and(|last| last.elapsed() > INACTIVITY_TIMEOUT)
        {
            state.session = Session::default();
        }
        state
    }
}
