//! Tests of `visits.db`.

use expo_store::visits::{DayCounts, FILE, Visits};
use std::fs;

fn counts(day: &str, stop: &str, visits: u32) -> DayCounts {
    DayCounts {
        day: day.to_owned(),
        stop: stop.to_owned(),
        counts: [("visits".to_owned(), visits)].into(),
    }
}

#[test]
fn counts_are_added_up_by_day_and_stop() {
    let folder = tempfile::tempdir().unwrap();
    let visits = Visits::new(folder.path());
    assert_eq!(visits.newest_days(9).unwrap(), []);
    assert!(!folder.path().join(FILE).exists(), "reading creates no file");
    visits
        .add(&[counts("2026-02-12", "paris", 2), counts("2026-02-13", "paris", 1)])
        .unwrap();
    visits
        .add(&[counts("2026-02-12", "paris", 3), counts("2026-02-13", "lyon", 4)])
        .unwrap();
    let lyon = counts("2026-02-13", "lyon", 4);
    let paris = [counts("2026-02-13", "paris", 1), counts("2026-02-12", "paris", 5)];
    drop(visits);
    let visits = Visits::new(folder.path());
    assert_eq!(
        visits.newest_days(9).unwrap(),
        [lyon.clone(), paris[0].clone(), paris[1].clone()]
    );
    assert_eq!(visits.newest_days(1).unwrap(), [lyon, paris[0].clone()]);
}

#[test]
fn old_days_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let visits = Visits::new(folder.path());
    for number in 0..70 {
        let day = format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
        visits.add(&[counts(&day, "paris", 1)]).unwrap();
    }
    let days = visits.newest_days(1_000).unwrap();
    assert_eq!(days.len(), 60);
    assert_eq!(days.last().unwrap().day, "2026-01-11");
}

#[test]
fn damaged_counts_are_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    for damage in [
        "not a database, but long enough to look like one".repeat(40),
        "short".to_owned(),
    ] {
        fs::write(&file, damage).unwrap();
        let visits = Visits::new(folder.path());
        visits.add(&[counts("2026-02-13", "paris", 1)]).unwrap();
        assert_eq!(visits.newest_days(9).unwrap(), [counts("2026-02-13", "paris", 1)]);
        drop(visits);
    }
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute("UPDATE visit_count SET count = 'many'", []).unwrap();
    let visits = Visits::new(folder.path());
    assert_eq!(visits.newest_days(9).unwrap(), []);
}
