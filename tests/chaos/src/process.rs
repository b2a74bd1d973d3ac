//! Programs that run until they are ended, and waiting for what comes by itself.

use acceptance::Failure;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long anything may take that comes by itself.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often it is looked for.
const LOOK: Duration = Duration::from_millis(40);

/// What sleeping does not show: waits for the disk, and many short ones.
pub const UNSEEN: Duration = Duration::from_secs(1);

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

/// How long this machine keeps everybody waiting, by how much short sleeps come late: a bound in seconds is held by the
/// programs, and this and [`UNSEEN`] are on top.
pub struct Stalls {
    goes_on: Arc<AtomicBool>,
    watching: JoinHandle<Duration>,
}

impl Stalls {
    /// Watches from now on.
    pub fn watch() -> Self {
        /// Later than this is no matter of the timer.
        const LATE: Duration = Duration::from_millis(20);
        let goes_on = Arc::new(AtomicBool::new(true));
        let told = Arc::clone(&goes_on);
        let watching = thread::spawn(move || {
            let mut sum = Duration::ZERO;
            while told.load(Ordering::SeqCst) {
                let start = Instant::now();
                thread::sleep(LATE);
                let late = start.elapsed().saturating_sub(LATE);
                if late > LATE {
                    sum += late;
                }
            }
            sum
        });
        Self { goes_on, watching }
    }

    /// All of it since.
    pub fn end(self) -> Duration {
        self.goes_on.store(false, Ordering::SeqCst);
        self.watching.join().unwrap_or_default()
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
