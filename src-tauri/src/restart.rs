//! Starts the program again by replacing this process, so that it works with and without a service manager and keeps the
//! process identifier. Must not know: why.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{env, io, process, thread};
use tauri::{AppHandle, Manager};

/// Time for the event loop to end before the process is replaced without it.
const EXIT_TIMEOUT: Duration = Duration::from_secs(5);

/// Whether the program starts again after it ends.
#[derive(Default)]
pub struct Restart(AtomicBool);

impl Restart {
    /// Whether a new start was requested.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Ends the program and starts it again, also when the event loop no longer answers.
pub fn request(app: &AppHandle) {
    if app.state::<Restart>().0.swap(true, Ordering::AcqRel) {
        return;
    }
    tracing::error!("the program starts again");
    thread::spawn(|| {
        thread::sleep(EXIT_TIMEOUT);
        start_again();
    });
    app.exit(0);
}

/// Starts the program again. If that is impossible the process ends with a failure, so that a service manager starts it.
pub fn start_again() -> ! {
    let error = replace_process(|_| {});
    tracing::error!(%error, "the program could not restart");
    process::exit(1)
}

/// Replaces this process by the program with the same arguments. `change` can change its environment. Returns only if it
/// fails.
pub fn replace_process(change: impl FnOnce(&mut Command)) -> io::Error {
    let program = match env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut command = Command::new(program);
    command.args(env::args_os().skip(1));
    change(&mut command);
    #[cfg(unix)]
    return std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    io::Error::from(io::ErrorKind::Unsupported)
}
