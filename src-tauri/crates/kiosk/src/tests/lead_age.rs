//! How long leads have waited, under clocks that jump.

use super::{Bench, draft, kiosk};
use crate::{Demonstration, Kiosk};
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;
use sync::{Local, Remembered};

const HOUR: u64 = 3_600;
const YEAR: i64 = 365 * 24;

fn with_a_lead(folder: &Path) -> (Kiosk, Arc<Bench>) {
    let (kiosk, bench) = kiosk(folder);
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    (kiosk, bench)
}

fn hours(kiosk: &Kiosk) -> u64 {
    let age = kiosk.status().unwrap().oldest_waiting_seconds.unwrap();
    assert_eq!(kiosk.heartbeat().unwrap().oldest_waiting_seconds, Some(age));
    age / HOUR
}

fn complains(kiosk: &Kiosk) -> bool {
    kiosk
        .diagnose()
        .iter()
        .any(|found| found.code == "leads_wait_long")
}

#[test]
fn a_jumping_clock_makes_no_lead_younger_or_older() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = with_a_lead(folder.path());
    bench.set(|machine| machine.2 += 3 * HOUR * 1_000);
    for jump in [10 * YEAR, -20 * YEAR] {
        bench.set(|machine| machine.0 += SignedDuration::from_hours(jump));
        assert_eq!(hours(&kiosk), 3);
    }
}

#[test]
fn after_a_restart_a_lead_is_at_least_as_old_as_that_and_the_platforms_clock_counts() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = with_a_lead(folder.path());
    bench.set(|machine| {
        (machine.1, machine.2) = ("boot-2".to_owned(), 2 * HOUR * 1_000);
        machine.0 += SignedDuration::from_hours(30);
    });
    assert_eq!(hours(&kiosk), 30);
    bench.set(|machine| machine.0 -= SignedDuration::from_hours(YEAR));
    assert_eq!(hours(&kiosk), 2, "no clock tells more");
    let offset = |hours: i64| Remembered {
        clock_offset_ms: Some(hours * 3_600_000),
        ..Remembered::default()
    };
    kiosk.remember(&offset(YEAR)).unwrap();
    assert_eq!(hours(&kiosk), 30);
    bench.set(|machine| machine.0 += SignedDuration::from_hours(11 * YEAR));
    kiosk.remember(&offset(-10 * YEAR)).unwrap();
    assert_eq!(hours(&kiosk), 30);
}

#[test]
fn leads_that_wait_longer_than_a_day_are_a_finding_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = with_a_lead(folder.path());
    bench.set(|machine| machine.0 += SignedDuration::from_hours(YEAR));
    assert!(!complains(&kiosk), "only the clock jumped");
    bench.set(|machine| machine.2 += 25 * HOUR * 1_000);
    assert!(complains(&kiosk));
}
