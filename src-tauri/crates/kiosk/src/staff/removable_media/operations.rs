//! One operation on removable media at a time, and a limit on the time that a medium may take to answer: a failing stick
//! can block a thread for ever. Must not know: what an operation does.

use crate::error::KioskError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Times without progress after which a medium counts as not responding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseTimeouts {
    /// For a list of what is on the media.
    pub listing: Duration,
    /// For reading or writing files. A slow stick needs long to store a large file.
    pub transfer: Duration,
}

impl Default for ResponseTimeouts {
    fn default() -> Self {
        Self {
            listing: Duration::from_secs(15),
            transfer: Duration::from_mins(2),
        }
    }
}

/// Runs operations on removable media.
#[derive(Default)]
pub(crate) struct MediaOperations {
    pub timeouts: ResponseTimeouts,
    is_running: Arc<AtomicBool>,
}

impl MediaOperations {
    /// Lists what is on the media.
    pub fn list<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, KioskError> {
        self.run(self.timeouts.listing, || (), work)
    }

    /// Reads or writes files. The medium counts as responding while `progress` changes.
    pub fn transfer<T: Send + 'static, P: PartialEq>(
        &self,
        progress: impl Fn() -> P,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, KioskError> {
        self.run(self.timeouts.transfer, progress, work)
    }

    /// Runs `work` on its own thread. A thread that does not answer in time is left alone; until it ends, every further
    /// operation is refused.
    fn run<T: Send + 'static, P: PartialEq>(
        &self,
        timeout: Duration,
        progress: impl Fn() -> P,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, KioskError> {
        let running = Running::start(&self.is_running).ok_or(KioskError::MediaBusy)?;
        let (sender, receiver) = channel();
        let operation = move || {
            let result = work();
            drop(running);
            // Nobody waits after the timeout.
            let _ = sender.send(result);
        };
        thread::Builder::new()
            .name("removable-media".to_owned())
            .spawn(operation)
            .map_err(KioskError::internal)?;
        let mut before = progress();
        loop {
            match receiver.recv_timeout(timeout) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(KioskError::internal("an operation on removable media panicked"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    let now = progress();
                    if now == before {
                        return Err(KioskError::MediaNotResponding);
                    }
                    before = now;
                }
            }
        }
    }
}

/// Marks that an operation runs, until dropped.
struct Running(Arc<AtomicBool>);

impl Running {
    /// `None` if another operation runs.
    fn start(is_running: &Arc<AtomicBool>) -> Option<Self> {
        let was_running = is_running.swap(true, Ordering::AcqRel);
        (!was_running).then(|| Self(Arc::clone(is_running)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU32;
    use std::sync::mpsc::{Receiver, Sender};

    const SHORT: ResponseTimeouts = ResponseTimeouts {
        listing: Duration::from_millis(5),
        transfer: Duration::from_millis(5),
    };

    /// Operations with short timeouts, and the two ends of a channel that blocks an operation.
    fn operations() -> (MediaOperations, Sender<()>, Receiver<()>) {
        let (release, blocked) = channel();
        let operations = MediaOperations {
            timeouts: SHORT,
            ..MediaOperations::default()
        };
        (operations, release, blocked)
    }

    #[test]
    fn blocked_medium_is_reported_and_refuses_more_work() {
        let (operations, release, blocked) = operations();
        let (ended, end) = channel::<()>();
        let stuck = operations.list(move || {
            let _ = blocked.recv();
            drop(ended);
        });
        assert!(matches!(stuck, Err(KioskError::MediaNotResponding)));
        assert!(matches!(operations.list(|| ()), Err(KioskError::MediaBusy)));
        release.send(()).unwrap();
        assert!(end.recv().is_err(), "the operation ends");
        while matches!(operations.list(|| ()), Err(KioskError::MediaBusy)) {
            thread::yield_now();
        }
    }

    #[test]
    fn slow_medium_is_awaited_while_it_makes_progress() {
        let (operations, release, blocked) = operations();
        let asked = AtomicU32::new(0);
        let progress = || {
            let asked = asked.fetch_add(1, Ordering::Relaxed);
            if asked == 5 {
                release.send(()).unwrap();
            }
            asked
        };
        let result = operations.transfer(progress, move || blocked.recv().is_ok());
        assert!(result.unwrap());
    }

    #[test]
    fn panic_of_an_operation_frees_the_media() {
        let (operations, ..) = operations();
        let operations = MediaOperations {
            timeouts: ResponseTimeouts::default(),
            ..operations
        };
        let failed = operations.list(|| panic!("test"));
        assert!(matches!(failed, Err(KioskError::Internal(_))));
        assert!(operations.list(|| true).unwrap());
    }
}
