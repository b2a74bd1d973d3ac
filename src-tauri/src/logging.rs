//! Logs: one file a day in the data folder, a week of them, without personal data.

use kiosk::Kiosk;
use std::io::{self, Write};
use std::sync::Arc;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

/// Days of logs kept.
const DAYS: usize = 7;

/// Begins to log into the data folder; the guard writes what is left when dropped. Without a log the kiosk still works,
/// and when the disk fills the log is the first to stop.
pub fn start(kiosk: &Arc<Kiosk>) -> Option<WorkerGuard> {
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("kiosk")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(kiosk.folder().join("logs"))
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(Careful {
        files,
        kiosk: Arc::clone(kiosk),
    });
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_target(false)
        .init();
    // A panic's message could quote anything; its place says enough.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Some(guard)
}

/// Writes while there is room.
struct Careful {
    files: RollingFileAppender,
    kiosk: Arc<Kiosk>,
}

impl Write for Careful {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.kiosk.logs_open() {
            self.files.write(line)
        } else {
            Ok(line.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.files.flush()
    }
}
