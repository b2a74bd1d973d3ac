//! Measures how busy the machine is, for tests of time limits. Must not know what is tested.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Allowance for delays of the machine that [`StallMeter`] does not measure: waiting for the disk, and many short
/// delays.
pub const UNMEASURED_DELAY: Duration = Duration::from_secs(1);

/// Measures how long a busy machine delays its programs: the sum of the delays of short sleeps. Tests of time limits
/// allow this and [`UNMEASURED_DELAY`] in addition to the limit.
pub struct StallMeter {
    is_running: Arc<AtomicBool>,
    thread: JoinHandle<Duration>,
}

impl StallMeter {
    /// Measures from now on.
    pub fn start() -> Self {
        /// Shorter delays are normal for a timer.
        const SLEEP: Duration = Duration::from_millis(20);
        let is_running = Arc::new(AtomicBool::new(true));
        let keeps_running = Arc::clone(&is_running);
        let thread = thread::spawn(move || {
            let mut sum = Duration::ZERO;
            while keeps_running.load(Ordering::SeqCst) {
                let start = Instant::now();
                thread::sleep(SLEEP);
                let delay = start.elapsed().saturating_sub(SLEEP);
                if delay > SLEEP {
                    sum += delay;
                }
            }
            sum
        });
        Self { is_running, thread }
    }

    /// Stops and returns the sum of all delays.
    pub fn stop(self) -> Duration {
        self.is_running.store(false, Ordering::SeqCst);
        self.thread.join().unwrap_or_default()
    }
}
