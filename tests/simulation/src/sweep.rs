//! Runs many seeds on several threads. Must not know: what a run does.

use crate::event_log::RunReport;
use crate::fixture::Fixture;
use crate::mutant::Mutant;
use crate::run::run;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A seed that violates an invariant, or whose run fails.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The violated invariant or the error.
    pub violation: String,
    /// The last events of the run; empty if the run itself failed.
    pub trace: Vec<(Duration, String)>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, event) in &self.trace {
            writeln!(f, "{:>9.3}  {event}", at.as_secs_f64())?;
        }
        writeln!(f, "seed {}: {}", self.seed, self.violation)?;
        write!(f, "repeat with: cargo run -p simulation -- --seed {}", self.seed)
    }
}

/// The result of many seeds.
#[derive(Debug, Default)]
pub struct SweepReport {
    /// Number of seeds that were run.
    pub seeds: u64,
    /// Counters of all runs together.
    pub counts: BTreeMap<&'static str, u64>,
    /// Failed seeds, lowest first. A sweep ends soon after the first failure.
    pub failures: Vec<Failure>,
}

impl SweepReport {
    fn add(&mut self, seed: u64, report: RunReport) {
        self.seeds += 1;
        for (name, count) in report.counts {
            *self.counts.entry(name).or_default() += count;
        }
        if let Some(violation) = report.violation {
            let trace = report.events.into();
            self.failures.push(Failure {
                seed,
                violation,
                trace,
            });
            self.failures.sort_by_key(|failure| failure.seed);
        }
    }
}

/// Runs seeds on this many threads until one fails.
pub fn sweep(
    fixture: &Arc<Fixture>,
    seeds: Range<u64>,
    mutant: Option<Mutant>,
    threads: usize,
) -> SweepReport {
    let next = AtomicU64::new(seeds.start);
    let sweep = Mutex::new(SweepReport::default());
    let has_failed = || !lock_ignoring_poison(&sweep).failures.is_empty();
    thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while !has_failed() {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let report = run_catching_panics(fixture, seed, mutant);
                    lock_ignoring_poison(&sweep).add(seed, report);
                }
            });
        }
    });
    sweep.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one seed. An error or a panic counts as a violation.
fn run_catching_panics(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> RunReport {
    let result = catch_unwind(AssertUnwindSafe(|| run(fixture, seed, mutant)));
    let violation = match result {
        Ok(Ok(report)) => return report,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "the run panicked; the message is above".to_owned(),
    };
    RunReport {
        violation: Some(violation),
        ..RunReport::default()
    }
}

fn lock_ignoring_poison<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
