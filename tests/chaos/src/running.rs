//! Programs that run until they are ended, and waiting for what comes by itself.

use acceptance::Failure;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take that comes by itself.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often it is looked for.
const LOOK: Duration = Duration::from_millis(40);

/// A program that runs until it is ended.
pub struct Running(Child);

impl Running {
    /// Starts it.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        Ok(Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks it to end, as the machine does when it shuts down, and says how it did.
    pub fn end(mut self) -> Result<ExitStatus, Failure> {
        Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status()?;
        until("the program does not end", || self.0.try_wait().ok().flatten())
    }
}

impl Drop for Running {
    /// Ends it at once, as a power cut does.
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Looks until something is there.
pub fn until<T>(failure: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, Failure> {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if start.elapsed() > PATIENCE {
            return Err(failure.into());
        }
        thread::sleep(LOOK);
    }
}
