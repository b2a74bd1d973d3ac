//! Logs: one file per day in the data folder, kept for a week, without personal data.

use expo_kiosk_core::Kiosk;
use std::io::{self, Write};
use std::sync::Arc;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};

/// Number of daily log files to keep.
const MAX_LOG_FILES: usize = 7;

/// Starts logging to the data folder; dropping the guard flushes the log. The kiosk also works without a log, and stops
/// logging first when the disk is nearly full.
pub fn start(kiosk: &Arc<Kiosk>) -> Option<WorkerGuard> {
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("kiosk")
        .filename_suffix("log")
        .max_log_files(MAX_LOG_FILES)
        .build(kiosk.folder().join("logs"))
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(SpaceAwareWriter {
        files,
        kiosk: Arc::clone(kiosk),
    });
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_target(false)
        .init();
    // Logs only the location of a panic, because its message can contain personal data.
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "panic");
    }));
    Some(guard)
}

/// Writes to the log files while there is enough disk space; otherwise discards the output.
struct SpaceAwareWriter {
    files: RollingFileAppender,
    kiosk: Arc<Kiosk>,
}

impl Write for SpaceAwareWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.kiosk.has_room_for_logs() {
            self.files.write(line)
        } else {
            Ok(line.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.files.flush()
    }
}
