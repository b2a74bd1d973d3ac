//! Programs that run in the background, waiting for conditions, and measuring how busy the machine is.

use acceptance::Failure;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Limit for conditions that [`wait_for`] waits for.
const WAIT_TIMEOUT: Duration = Duration::from_mins(3);
/// Time between two checks of a condition.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// Allowance for delays of the machine that [`StallMeter`] does not measure: waiting for the disk, and many short
/// delays.
pub const UNMEASURED_DELAY: Duration = Duration::from_secs(1);

/// A program that runs in the background.
pub struct BackgroundProcess(Child);

impl BackgroundProcess {
    /// Starts a command.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        Ok(Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    /// Its process identifier.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Sends SIGTERM, as a machine does when it shuts down, and waits for the end.
    pub fn terminate(mut self) -> Result<ExitStatus, Failure> {
        Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status()?;
        wait_for("the program does not end", || self.0.try_wait().ok().flatten())
    }
}

impl Drop for BackgroundProcess {
    /// Kills the program, as a power cut does.
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

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

/// Polls until `check` returns a value. Fails with the text `failure` after [`WAIT_TIMEOUT`].
pub fn wait_for<T>(failure: &str, mut check: impl FnMut() -> Option<T>) -> Result<T, Failure> {
    let start = Instant::now();
    loop {
        if let Some(found) = check() {
            return Ok(found);
        }
        if start.elapsed() > WAIT_TIMEOUT {
            return Err(failure.into());
        }
        thread::sleep(POLL_INTERVAL);
    }
}
