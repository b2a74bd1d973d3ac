//! What happened in a run: a line an event, counters by kind, and the first promise that was broken.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Most lines kept: the last ones tell why a run ended as it did.
const MOST_LINES: usize = 20_000;

/// The record of one run; everything that takes part writes into it.
pub struct Chronicle {
    began: Instant,
    pages: Mutex<Pages>,
}

/// What a run left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// What happened, with the virtual time since the beginning.
    pub lines: VecDeque<(Duration, String)>,
    /// How often, by kind.
    pub counts: BTreeMap<&'static str, u64>,
    /// The first promise that was broken.
    pub broken: Option<String>,
}

impl Chronicle {
    /// Begins now.
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            pages: Mutex::default(),
        }
    }

    /// Virtual time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Writes a line. It names kiosks and tickets, never persons.
    pub fn note(&self, line: impl Into<String>) {
        let at = self.elapsed();
        let mut pages = self.pages();
        if pages.lines.len() == MOST_LINES {
            pages.lines.pop_front();
        }
        pages.lines.push_back((at, line.into()));
    }

    /// Counts.
    pub fn count(&self, kind: &'static str, by: u64) {
        *self.pages().counts.entry(kind).or_default() += by;
    }

    /// Notes that a promise was broken.
    pub fn broken(&self, what: impl Into<String>) {
        let what = what.into();
        self.note(format!("BROKEN: {what}"));
        self.pages().broken.get_or_insert(what);
    }

    /// Whether one was.
    pub fn is_broken(&self) -> bool {
        self.pages().broken.is_some()
    }

    /// Everything so far; the record is empty afterwards.
    pub fn close(&self) -> Pages {
        std::mem::take(&mut *self.pages())
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
