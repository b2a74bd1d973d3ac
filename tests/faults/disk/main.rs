//! Disks that fail under the real program: at every write and every sync of `lead add` the call fails, the disk is full
//! from there on, or the program is killed. Whoever was thanked is there once; whoever was not reads why.
//!
//! `FAULT_POINTS` says at how many calls of a kind, spread over all of them; 8 unless set.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod rig;
mod trace;

use rig::{Rig, ticket};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use trace::{Call, SYNCS, WRITES, unsynced};

/// So many numbers from 1 to `most`, evenly apart, both ends among them.
fn spread(most: usize) -> BTreeSet<usize> {
    let points = std::env::var("FAULT_POINTS").map_or(8, |points| points.parse().unwrap());
    match points.min(most) {
        0 | 1 => (1..=most.min(1)).collect(),
        points => (0..points)
            .map(|point| 1 + point * (most - 1) / (points - 1))
            .collect(),
    }
}

/// Every call of some kinds at which something is done.
fn places(calls: &BTreeMap<String, usize>, kinds: &[&str]) -> Vec<(String, usize)> {
    let chosen = calls.iter().filter(|(name, _)| kinds.contains(&name.as_str()));
    let places = chosen.flat_map(|(name, most)| spread(*most).into_iter().map(|n| (name.clone(), n)));
    let places: Vec<_> = places.collect();
    assert!(!places.is_empty(), "{calls:?}");
    places
}

#[test]
fn a_sync_that_fails_costs_no_lead_that_was_thanked_for() {
    let mut rig = Rig::new();
    let calls = rig.calls(true);
    let mut thanked = BTreeSet::new();
    for (name, n) in places(&calls, &SYNCS) {
        // Once, and from there on.
        for more in ["", "+"] {
            thanked.insert(rig.meets(&format!("{name}:error=EIO:when={n}{more}"), true));
        }
    }
    // Before thanking a failure shows; behind it, when the log is folded in, it costs nothing.
    assert_eq!(thanked, BTreeSet::from([false, true]));
    rig.is_whole();
}

#[test]
fn a_disk_that_is_full_from_any_write_on_costs_no_lead_that_was_thanked_for() {
    let mut rig = Rig::new();
    let calls = rig.calls(true);
    let mut thanked = BTreeSet::new();
    for (name, n) in places(&calls, &WRITES) {
        thanked.insert(rig.meets(&format!("{name}:error=ENOSPC:when={n}+"), true));
    }
    assert_eq!(thanked, BTreeSet::from([false, true]));
    rig.is_whole();
}

#[test]
fn a_reserve_given_up_in_the_middle_of_a_lead_keeps_it_once() {
    let mut rig = Rig::new();
    let calls = rig.calls(true);
    let reserve = rig.kiosk.folder.join("reserve");
    let mut given_up = 0;
    for (name, n) in places(&calls, &WRITES) {
        File::create(&reserve).unwrap().set_len(32 << 20).unwrap();
        // One write does not fit; behind it there is what the reserve held.
        let thanked = rig.meets(&format!("{name}:error=ENOSPC:when={n}"), true);
        if !reserve.exists() {
            assert!(thanked, "{name} {n}: the reserve is gone and nothing was kept");
            given_up += 1;
        }
    }
    assert!(given_up > 0);
    rig.is_whole();
}

#[test]
fn killed_at_any_write_or_sync_it_has_kept_whom_it_thanked() {
    let mut rig = Rig::new();
    let calls = rig.calls(false);
    let mut thanked = BTreeSet::new();
    for (name, n) in places(&calls, &[WRITES, SYNCS].concat()) {
        thanked.insert(rig.meets(&format!("{name}:signal=KILL:when={n}"), false));
    }
    assert_eq!(thanked, BTreeSet::from([false, true]));
    rig.is_whole();
}

#[test]
fn a_ticket_is_told_when_every_byte_of_it_was_synced_and_not_before() {
    let rig = Rig::new();
    let tracing = ["-e", "trace=pwrite64,write,fsync,fdatasync"].map(str::to_owned);
    assert!(ticket(&rig.traced(&tracing)).is_some());
    let trace = fs::read_to_string(rig.trace()).unwrap();
    assert_eq!(unsynced(&trace), Ok(BTreeSet::new()), "{trace}");

    // The same of a program that leaves the last sync out, whose sync fails, or that thanks first is found out.
    let lines: Vec<&str> = trace.lines().collect();
    let told = lines.iter().position(|line| line.contains("ticket")).unwrap();
    let is_sync = |line: &&str| Call::read(line).is_some_and(|call| SYNCS.contains(&call.name));
    let last = lines[..told].iter().rposition(is_sync).unwrap();
    let log = Ok(BTreeSet::from(["leads.db-wal".to_owned()]));
    let without = [&lines[..last], &lines[last + 1..]].concat().join("\n");
    assert_eq!(unsynced(&without), log);
    let failed = lines[last].replace("= 0", "= -1 EIO (Input/output error)");
    let failing = [&lines[..last], &[failed.as_str()], &lines[last + 1..]].concat();
    assert_eq!(unsynced(&failing.join("\n")), log);
    let hasty = [&[lines[told]], &lines[..told]].concat().join("\n");
    assert_eq!(unsynced(&hasty), Err("nothing was written"));
    let silent = lines[..told].join("\n");
    assert_eq!(unsynced(&silent), Err("no ticket was told"));
}
