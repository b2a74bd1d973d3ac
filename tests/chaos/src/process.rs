//! Programs that run in the background, and waiting for conditions.

pub use acceptance::stall_meter::{StallMeter, UNMEASURED_DELAY};

use acceptance::Failure;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Limit for conditions that [`wait_for`] waits for.
const WAIT_TIMEOUT: Duration = Duration::from_mins(3);
/// Time between two checks of a condition.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

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
