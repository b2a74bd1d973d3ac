//! Many seeds, on all cores. Must not know what a run does.

use crate::chronicle::Pages;
use crate::fixture::Fixture;
use crate::mutant::Mutant;
use crate::run::run;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A seed in which a promise was broken.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// What was broken.
    pub what: String,
    /// What happened, the last lines at least; empty where the run itself fell over.
    pub trace: Vec<(Duration, String)>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, line) in &self.trace {
            writeln!(f, "{:>9.3}  {line}", at.as_secs_f64())?;
        }
        writeln!(f, "seed {}: {}", self.seed, self.what)?;
        write!(f, "repeat with: cargo run -p simulation -- --seed {}", self.seed)
    }
}

/// What came of many seeds.
#[derive(Debug, Default)]
pub struct Sweep {
    /// How many were run.
    pub seeds: u64,
    /// How often what happened.
    pub counts: BTreeMap<&'static str, u64>,
    /// Those that failed, the lowest first. A sweep ends soon after the first.
    pub failures: Vec<Failure>,
}

impl Sweep {
    fn take(&mut self, seed: u64, pages: Pages) {
        self.seeds += 1;
        for (kind, count) in pages.counts {
            *self.counts.entry(kind).or_default() += count;
        }
        if let Some(what) = pages.broken {
            let trace = pages.lines.into();
            self.failures.push(Failure { seed, what, trace });
            self.failures.sort_by_key(|failure| failure.seed);
        }
    }
}

/// Runs seeds on so many threads until one fails.
pub fn sweep(fixture: &Arc<Fixture>, seeds: Range<u64>, mutant: Option<Mutant>, threads: usize) -> Sweep {
    let next = AtomicU64::new(seeds.start);
    let sweep = Mutex::new(Sweep::default());
    let failed = || !unpoisoned(&sweep).failures.is_empty();
    thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while !failed() {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let pages = guarded(fixture, seed, mutant);
                    unpoisoned(&sweep).take(seed, pages);
                }
            });
        }
    });
    sweep.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A run; one that panics or cannot go on has failed.
fn guarded(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> Pages {
    let done = catch_unwind(AssertUnwindSafe(|| run(fixture, seed, mutant)));
    let what = match done {
        Ok(Ok(pages)) => return pages,
        Ok(Err(trouble)) => trouble.to_string(),
        Err(_) => "a panic, see above".to_owned(),
    };
    Pages {
        broken: Some(what),
        ..Pages::default()
    }
}

fn unpoisoned<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
