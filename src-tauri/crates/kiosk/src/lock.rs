//! Locks a mutex even after a panic. Must not know: what the mutex guards.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks `mutex`. A poisoned mutex only means that another thread panicked; the guarded values of this crate are replaced
/// as a unit, so they are always consistent.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
