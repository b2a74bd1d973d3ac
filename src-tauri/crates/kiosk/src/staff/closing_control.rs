//! Progress of a closing, and the wish of staff to cancel it. Must not know: what a closing does.

use crate::error::KioskError;
use crate::lock::lock;
use crate::views::{ClosingProgress, ClosingStage};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shared by a closing and those who watch it.
#[derive(Default)]
pub(super) struct ClosingControl {
    progress: Mutex<ClosingProgress>,
    is_cancelled: AtomicBool,
}

impl ClosingControl {
    /// Begins a closing: an earlier wish to cancel is forgotten. The end of the returned value ends the closing.
    pub fn begin(&self) -> RunningClosing<'_> {
        self.is_cancelled.store(false, Ordering::SeqCst);
        let running = RunningClosing(self);
        running.enter(ClosingStage::Preparing, 0);
        running
    }

    pub fn progress(&self) -> ClosingProgress {
        *lock(&self.progress)
    }

    /// Asks the closing to stop before its files are complete.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::SeqCst);
    }
}

/// A closing that runs.
pub(super) struct RunningClosing<'a>(&'a ClosingControl);

impl RunningClosing<'_> {
    /// Enters a stage that handles this many bytes.
    pub fn enter(&self, stage: ClosingStage, of: u64) {
        *lock(&self.0.progress) = ClosingProgress { stage, done: 0, of };
    }

    pub fn advance(&self, bytes: usize) {
        lock(&self.0.progress).done += bytes as u64;
    }

    /// An error if staff cancelled.
    pub fn require_wanted(&self) -> Result<(), KioskError> {
        if self.0.is_cancelled.load(Ordering::SeqCst) {
            Err(KioskError::Cancelled)
        } else {
            Ok(())
        }
    }
}

impl Drop for RunningClosing<'_> {
    fn drop(&mut self) {
        *lock(&self.0.progress) = ClosingProgress::default();
    }
}
