//! How far a build is, on stderr: one line that changes on a terminal, a line now and then elsewhere.

use crate::cli::output::Output;
use kiosk::workshop::Progress;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Between two looks on a terminal.
const BLINK: Duration = Duration::from_millis(200);
/// Between two lines elsewhere.
const PAUSE: Duration = Duration::from_secs(5);

/// Tells how far a build is.
pub struct Meter {
    output: Output,
    is_terminal: bool,
    start: Instant,
    told: Option<Instant>,
}

impl Meter {
    /// Of a build that begins now.
    pub fn new(output: Output) -> Self {
        Self {
            output,
            is_terminal: std::io::stderr().is_terminal(),
            start: Instant::now(),
            told: None,
        }
    }

    /// A step was made.
    pub fn tell(&mut self, step: Progress) {
        match step {
            Progress::Read { photos, faults } => {
                if faults > 0 {
                    let line = format!(
                        "{faults} faults in the tables; the photos are looked at too, so that all faults are told at once"
                    );
                    self.output.progress(&line);
                }
                self.output.progress(&format!("{photos} photos to prepare"));
                self.start = Instant::now();
            }
            Progress::Picture { done, kept, of } => self.picture(done, kept, of),
            Progress::Writing => {
                self.end();
                self.output.progress("Writing the bundle …");
            }
        }
    }

    /// Leaves the line that changes.
    pub fn end(&mut self) {
        if self.is_terminal && self.told.take().is_some() {
            self.output.progress("");
        }
    }

    fn picture(&mut self, done: usize, kept: usize, of: usize) {
        let pause = if self.is_terminal { BLINK } else { PAUSE };
        let is_early = self.told.unwrap_or(self.start).elapsed() < pause;
        if is_early && done < of {
            return;
        }
        self.told = Some(Instant::now());
        let line = line(done, kept, of, self.start.elapsed());
        if self.output.json || !self.is_terminal {
            self.output.progress(&line);
        } else {
            // Back to the beginning of the line, and nothing left of the longer one before.
            let _ = write!(std::io::stderr().lock(), "\r{line}\x1b[K");
        }
    }
}

/// `1200 of 20000 photos, 900 of them unchanged, 3.2 a second, 1 h 38 min left`. Only photos that were made count for
/// the rate.
fn line(done: usize, kept: usize, of: usize, elapsed: Duration) -> String {
    let unchanged = match kept {
        0 => String::new(),
        kept => format!(", {kept} of them unchanged"),
    };
    let rate = (done - kept) as f64 / elapsed.as_secs_f64().max(0.001);
    let left = if done > kept && done < of {
        let left = Duration::from_secs_f64((of - done) as f64 / rate);
        format!(", {rate:.1} a second, at most {} left", rough(left))
    } else {
        String::new()
    };
    format!("{done} of {of} photos{unchanged}{left}")
}

/// `45 s`, `12 min`, `1 h 38 min`.
fn rough(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds @ 100..=5_999 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}
