//! Large work in the background that does not slow visitors down. Must not know: the work.

use crate::lock::lock;
use std::sync::Mutex;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};
use thread_priority::ThreadPriority;

/// A visitor counts as active for this long after the last request.
const ACTIVE_AFTER_REQUEST: Duration = Duration::from_secs(2);

/// A background thread panicked.
#[derive(Debug, thiserror::Error)]
#[error("a background thread panicked")]
pub(crate) struct WorkerPanicked;

/// Remembers when a visitor was last active.
#[derive(Default)]
pub(crate) struct VisitorActivity(Mutex<Option<Instant>>);

impl VisitorActivity {
    /// Records a request of a visitor.
    pub fn note(&self) {
        *lock(&self.0) = Some(Instant::now());
    }

    /// Runs two jobs with low priority: in parallel, or one after the other while a visitor is active.
    pub fn run_both<A: Send, B: Send, E: From<WorkerPanicked> + Send>(
        &self,
        first: impl FnOnce() -> Result<A, E> + Send,
        second: impl FnOnce() -> Result<B, E> + Send,
    ) -> Result<(A, B), E> {
        let last_request = *lock(&self.0);
        let in_parallel = last_request.is_none_or(|at| at.elapsed() > ACTIVE_AFTER_REQUEST);
        thread::scope(|scope| {
            let first = scope.spawn(|| with_low_priority(first));
            if in_parallel {
                let second = scope.spawn(|| with_low_priority(second));
                let (first, second) = (join(first), join(second));
                return Ok((first?, second?));
            }
            Ok((join(first)?, join(scope.spawn(|| with_low_priority(second)))?))
        })
    }
}

fn join<T, E: From<WorkerPanicked>>(thread: ScopedJoinHandle<'_, Result<T, E>>) -> Result<T, E> {
    thread.join().map_err(|_| WorkerPanicked)?
}

/// Drops a large value on a background thread.
pub(crate) fn drop_in_background<T: Send + 'static>(value: T) {
    // If no thread can be started, the value is dropped here.
    drop(thread::Builder::new().spawn(|| with_low_priority(|| drop(value))));
}

/// Runs `work` and lowers the priority of this thread until it ends, if the system allows that.
pub(crate) fn with_low_priority<T>(work: impl FnOnce() -> T) -> T {
    thread_priority::set_current_thread_priority(ThreadPriority::Min).ok();
    work()
}
