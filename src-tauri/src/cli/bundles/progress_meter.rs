//! Progress of a build on stderr: one updated line on a terminal, otherwise a new line every few seconds.

use crate::cli::output::Output;
use expo_kiosk_core::publishing::Progress;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Interval of updates on a terminal.
const TERMINAL_UPDATE_INTERVAL: Duration = Duration::from_millis(200);
/// Interval of lines elsewhere.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Prints the progress of a build.
pub struct ProgressMeter {
    output: Output,
    is_terminal: bool,
    start: Instant,
    last_update: Option<Instant>,
}

impl ProgressMeter {
    /// A meter for a build that starts now.
    pub fn new(output: Output) -> Self {
        Self {
            output,
            is_terminal: std::io::stderr().is_terminal(),
            start: Instant::now(),
            last_update: None,
        }
    }

    /// Prints the progress, if it is time for an update.
    pub fn update(&mut self, progress: Progress) {
        match progress {
            Progress::Read { photos, faults } => {
                if faults > 0 {
                    let line = format!(
                        "{faults} errors in the tables; now checking the photos, to report all errors at once"
                    );
                    self.output.progress(&line);
                }
                self.output.progress(&format!("{photos} photos to prepare"));
                self.start = Instant::now();
            }
            Progress::Picture { done, cached, total } => self.picture(done, cached, total),
            Progress::Writing => {
                self.finish_line();
                self.output.progress("Writing the bundle …");
            }
        }
    }

    /// Ends the updated line on a terminal.
    pub fn finish_line(&mut self) {
        if self.is_terminal && self.last_update.take().is_some() {
            self.output.progress("");
        }
    }

    fn picture(&mut self, done: usize, cached: usize, total: usize) {
        let interval = if self.is_terminal {
            TERMINAL_UPDATE_INTERVAL
        } else {
            LINE_INTERVAL
        };
        let is_early = self.last_update.unwrap_or(self.start).elapsed() < interval;
        if is_early && done < total {
            return;
        }
        self.last_update = Some(Instant::now());
        let line = progress_line(done, cached, total, self.start.elapsed());
        if self.output.json || !self.is_terminal {
            self.output.progress(&line);
        } else {
            // Overwrites the line and clears the rest of a longer previous one.
            let _ = write!(std::io::stderr().lock(), "\r{line}\x1b[K");
        }
    }
}

/// `1200 of 20000 photos, 900 of them unchanged, 3.2 per second, at most 1 h 38 min left`. The rate counts only photos
/// that were not in the cache.
fn progress_line(done: usize, cached: usize, total: usize, elapsed: Duration) -> String {
    let unchanged = match cached {
        0 => String::new(),
        cached => format!(", {cached} of them unchanged"),
    };
    let rate = (done - cached) as f64 / elapsed.as_secs_f64().max(0.001);
    let remaining = if done > cached && done < total {
        let remaining = Duration::from_secs_f64((total - done) as f64 / rate);
        format!(
            ", {rate:.1} per second, at most {} left",
            rounded_duration(remaining)
        )
    } else {
        String::new()
    };
    format!("{done} of {total} photos{unchanged}{remaining}")
}

/// A rounded duration, such as `45 s`, `12 min` or `1 h 38 min`.
fn rounded_duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds @ 100..=5_999 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}
