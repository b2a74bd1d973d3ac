//! Watches the pages of the windows: a page that no longer answers hangs. Decides whether a page that ended is loaded
//! again or the program starts again. The time is passed in. Must not know: windows, processes.

use std::collections::BTreeMap;
use std::time::Duration;

/// Time for the first load of a page: the machine may have just started.
const FIRST_LOAD_TIMEOUT: Duration = Duration::from_mins(1);
/// Time for a later load. It doubles with each recent restart of a page, because the machine may be busy.
const LOAD_TIMEOUT: Duration = Duration::from_secs(10);
/// A page hangs after this time without an answer. Pages answer every two seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);
/// A check that is later than this after the one before says nothing about pages: the machine was suspended or blocked.
const MAX_CHECK_INTERVAL: Duration = Duration::from_secs(5);
/// Period in which restarts of pages are counted.
const RESTART_PERIOD: Duration = Duration::from_mins(2);
/// Restarts of pages in [`RESTART_PERIOD`] after which the program starts again.
const MAX_RECENT_RESTARTS: usize = 3;

/// What to do about a page that ended or hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageRecovery {
    /// Load the page again.
    Reload,
    /// Start the program again, because loading the page again does not help.
    RestartProgram,
}

/// The pages of the windows, by their names.
#[derive(Debug, Default)]
pub struct PageWatch {
    /// The time until which a page must show that it works.
    deadlines: BTreeMap<String, Duration>,
    /// When pages were started again, oldest first.
    recent_restarts: Vec<Duration>,
    last_check: Option<Duration>,
}

impl PageWatch {
    /// A window with this page was opened.
    pub fn opened(&mut self, page: &str, now: Duration) {
        self.deadlines.insert(page.to_owned(), now + FIRST_LOAD_TIMEOUT);
    }

    /// The window was closed.
    pub fn closed(&mut self, page: &str) {
        self.deadlines.remove(page);
    }

    /// The page is loading, for the first time or again at the end of a visit.
    pub fn load_started(&mut self, page: &str, now: Duration) {
        if let Some(deadline) = self.deadlines.get_mut(page) {
            *deadline = (*deadline).max(now + LOAD_TIMEOUT);
        }
    }

    /// The page works.
    pub fn answered(&mut self, page: &str, now: Duration) {
        if let Some(deadline) = self.deadlines.get_mut(page) {
            *deadline = now + ANSWER_TIMEOUT;
        }
    }

    /// Pages that hang. Call it every second.
    pub fn hanging(&mut self, now: Duration) -> Vec<String> {
        let since_last_check = now.saturating_sub(self.last_check.replace(now).unwrap_or(now));
        if since_last_check > MAX_CHECK_INTERVAL {
            for deadline in self.deadlines.values_mut() {
                *deadline += since_last_check;
            }
        }
        let overdue = self.deadlines.iter().filter(|(_, deadline)| **deadline <= now);
        overdue.map(|(page, _)| page.clone()).collect()
    }

    /// A page ended or hangs. Says what to do, and gives the page time to load.
    pub fn ended(&mut self, page: &str, now: Duration) -> PageRecovery {
        self.recent_restarts
            .retain(|at| now.saturating_sub(*at) < RESTART_PERIOD);
        let recent = self.recent_restarts.len();
        if let Some(deadline) = self.deadlines.get_mut(page) {
            *deadline = now + LOAD_TIMEOUT * (1 << recent.min(MAX_RECENT_RESTARTS));
        }
        if recent >= MAX_RECENT_RESTARTS {
            return PageRecovery::RestartProgram;
        }
        self.recent_restarts.push(now);
        PageRecovery::Reload
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Checks every second of a period and returns the first second in which a page hangs.
    fn first_hang(watch: &mut PageWatch, period: std::ops::Range<u64>) -> Option<u64> {
        period.into_iter().find(|now| !watch.hanging(at(*now)).is_empty())
    }

    fn answering_page() -> PageWatch {
        let mut watch = PageWatch::default();
        watch.opened("visitor", at(0));
        watch.answered("visitor", at(100));
        watch.hanging(at(100));
        watch
    }

    #[test]
    fn silent_page_hangs_within_ten_seconds() {
        let mut watch = answering_page();
        assert_eq!(first_hang(&mut watch, 101..200), Some(108));
        watch.closed("visitor");
        assert_eq!(first_hang(&mut watch, 108..200), None);
    }

    #[test]
    fn first_load_may_take_longer() {
        let mut watch = PageWatch::default();
        watch.opened("visitor", at(0));
        watch.load_started("visitor", at(3));
        assert_eq!(first_hang(&mut watch, 0..200), Some(60));
    }

    #[test]
    fn reload_at_the_end_of_a_visit_is_no_hang() {
        let mut watch = answering_page();
        watch.load_started("visitor", at(107));
        assert_eq!(first_hang(&mut watch, 101..200), Some(117));
    }

    #[test]
    fn suspended_machine_is_no_hang() {
        let mut watch = answering_page();
        assert_eq!(watch.hanging(at(5_000)), Vec::<String>::new());
        assert_eq!(first_hang(&mut watch, 5_001..5_100), Some(5_008));
    }

    #[test]
    fn page_that_keeps_ending_restarts_the_program() {
        let mut watch = answering_page();
        for second in [101, 102, 103] {
            assert_eq!(watch.ended("visitor", at(second)), PageRecovery::Reload);
        }
        assert_eq!(watch.ended("visitor", at(104)), PageRecovery::RestartProgram);
        // Rare restarts do not add up.
        for hour in 1..10 {
            assert_eq!(watch.ended("visitor", at(hour * 3_600)), PageRecovery::Reload);
        }
    }

    #[test]
    fn page_that_never_loads_restarts_the_program_at_last() {
        let mut watch = answering_page();
        let mut now = 100;
        let mut reloads = 0;
        loop {
            now = first_hang(&mut watch, now..now + 100).unwrap();
            match watch.ended("visitor", at(now)) {
                PageRecovery::Reload => reloads += 1,
                PageRecovery::RestartProgram => break,
            }
        }
        assert_eq!((reloads, now), (3, 178));
    }
}
