//! Disk faults under the real program, injected with `strace` into the writes and fsyncs of `lead add`: the call fails, the
//! disk is full from then on, or the program is killed. A lead confirmed with a ticket must be stored exactly once;
//! otherwise the program must print the reason.
//!
//! `FAULT_POINTS` sets the number of tested calls of each kind, spread evenly over all of them; the default is 8.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod faulty_disk;
mod trace;

use faulty_disk::{FaultyDiskKiosk, ticket};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use trace::{Call, SYNCS, WRITES, unsynced};

/// `FAULT_POINTS` numbers from 1 to `max`, evenly spaced, including both ends.
fn fault_points(max: usize) -> BTreeSet<usize> {
    let points = std::env::var("FAULT_POINTS").map_or(8, |points| points.parse().unwrap());
    match points.min(max) {
        0 | 1 => (1..=max.min(1)).collect(),
        points => (0..points)
            .map(|point| 1 + point * (max - 1) / (points - 1))
            .collect(),
    }
}

/// The calls to inject a fault into: name of the call and its number, counted from 1.
fn injection_points(calls: &BTreeMap<String, usize>, kinds: &[&str]) -> Vec<(String, usize)> {
    let chosen = calls.iter().filter(|(name, _)| kinds.contains(&name.as_str()));
    let points = chosen.flat_map(|(name, count)| fault_points(*count).into_iter().map(|n| (name.clone(), n)));
    let points: Vec<_> = points.collect();
    assert!(!points.is_empty(), "{calls:?}");
    points
}

#[test]
fn failing_fsync_loses_no_confirmed_lead() {
    let mut kiosk = FaultyDiskKiosk::new();
    let calls = kiosk.count_calls(true);
    let mut confirmed = BTreeSet::new();
    for (name, n) in injection_points(&calls, &SYNCS) {
        // The call fails once, or from then on.
        for repeat in ["", "+"] {
            confirmed.insert(kiosk.take_lead_with_fault(&format!("{name}:error=EIO:when={n}{repeat}"), true));
        }
    }
    // A failure before the ticket is reported. A failure after it, during the WAL checkpoint, loses nothing.
    assert_eq!(confirmed, BTreeSet::from([false, true]));
    kiosk.assert_all_confirmed_exported();
}

#[test]
fn full_disk_at_any_write_loses_no_confirmed_lead() {
    let mut kiosk = FaultyDiskKiosk::new();
    let calls = kiosk.count_calls(true);
    let mut confirmed = BTreeSet::new();
    for (name, n) in injection_points(&calls, &WRITES) {
        confirmed.insert(kiosk.take_lead_with_fault(&format!("{name}:error=ENOSPC:when={n}+"), true));
    }
    assert_eq!(confirmed, BTreeSet::from([false, true]));
    kiosk.assert_all_confirmed_exported();
}

#[test]
fn released_reserve_stores_the_lead_once() {
    let mut kiosk = FaultyDiskKiosk::new();
    let calls = kiosk.count_calls(true);
    let reserve = kiosk.kiosk.folder.join("reserve");
    let mut released = 0;
    for (name, n) in injection_points(&calls, &WRITES) {
        File::create(&reserve).unwrap().set_len(32 << 20).unwrap();
        // One write fails for lack of space; then the space of the reserve is available.
        let confirmed = kiosk.take_lead_with_fault(&format!("{name}:error=ENOSPC:when={n}"), true);
        if !reserve.exists() {
            assert!(
                confirmed,
                "{name} {n}: the reserve was released but the lead was not stored"
            );
            released += 1;
        }
    }
    assert!(released > 0);
    kiosk.assert_all_confirmed_exported();
}

#[test]
fn kill_at_any_write_or_fsync_loses_no_confirmed_lead() {
    let mut kiosk = FaultyDiskKiosk::new();
    let calls = kiosk.count_calls(false);
    let mut confirmed = BTreeSet::new();
    for (name, n) in injection_points(&calls, &[WRITES, SYNCS].concat()) {
        confirmed.insert(kiosk.take_lead_with_fault(&format!("{name}:signal=KILL:when={n}"), false));
    }
    assert_eq!(confirmed, BTreeSet::from([false, true]));
    kiosk.assert_all_confirmed_exported();
}

#[test]
fn ticket_is_printed_only_after_all_bytes_are_synced() {
    let kiosk = FaultyDiskKiosk::new();
    let options = ["-e", "trace=pwrite64,write,fsync,fdatasync"].map(str::to_owned);
    assert!(ticket(&kiosk.take_lead_traced(&options)).is_some());
    let trace = fs::read_to_string(kiosk.trace_path()).unwrap();
    assert_eq!(unsynced(&trace), Ok(BTreeSet::new()), "{trace}");

    // The check must detect a missing last fsync, a failed fsync, and a ticket printed first.
    let lines: Vec<&str> = trace.lines().collect();
    let ticket_line = lines.iter().position(|line| line.contains("ticket")).unwrap();
    let is_sync = |line: &&str| Call::parse(line).is_some_and(|call| SYNCS.contains(&call.name));
    let last = lines[..ticket_line].iter().rposition(is_sync).unwrap();
    let unsynced_wal = Ok(BTreeSet::from(["leads.db-wal".to_owned()]));
    let without = [&lines[..last], &lines[last + 1..]].concat().join("\n");
    assert_eq!(unsynced(&without), unsynced_wal);
    let failed = lines[last].replace("= 0", "= -1 EIO (Input/output error)");
    let failing = [&lines[..last], &[failed.as_str()], &lines[last + 1..]].concat();
    assert_eq!(unsynced(&failing.join("\n")), unsynced_wal);
    let ticket_first = [&[lines[ticket_line]], &lines[..ticket_line]].concat().join("\n");
    assert_eq!(unsynced(&ticket_first), Err("nothing was written"));
    let no_ticket = lines[..ticket_line].join("\n");
    assert_eq!(unsynced(&no_ticket), Err("no ticket was printed"));
}
