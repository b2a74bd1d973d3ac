//! Age of unsent leads although clocks jump.

use super::{TestMachine, draft, provisioned_kiosk};
use crate::Kiosk;
use expo_sync::{LocalStore, PersistedState};
use jiff::SignedDuration;
use std::path::Path;
use std::sync::Arc;

const SECONDS_PER_HOUR: u64 = 3_600;
const HOURS_PER_YEAR: i64 = 365 * 24;

fn kiosk_with_lead(folder: &Path) -> (Kiosk, Arc<TestMachine>) {
    let (kiosk, machine) = provisioned_kiosk(folder);
    kiosk.take_lead(&draft()).unwrap();
    (kiosk, machine)
}

/// Age of the oldest unsent lead, as status and heartbeat report it.
fn age_hours(kiosk: &Kiosk) -> u64 {
    let age = kiosk.status().unwrap().oldest_waiting_seconds.unwrap();
    assert_eq!(
        kiosk.sync_port().heartbeat().unwrap().oldest_waiting_seconds,
        Some(age)
    );
    age / SECONDS_PER_HOUR
}

fn has_finding(kiosk: &Kiosk) -> bool {
    kiosk
        .diagnose()
        .iter()
        .any(|found| found.code.code() == "leads_wait_long")
}

#[test]
fn clock_jumps_do_not_change_the_age_of_a_lead() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = kiosk_with_lead(folder.path());
    machine.set(|state| state.monotonic_ms += 3 * SECONDS_PER_HOUR * 1_000);
    for jump in [10 * HOURS_PER_YEAR, -20 * HOURS_PER_YEAR] {
        machine.set(|state| state.wall_clock += SignedDuration::from_hours(jump));
        assert_eq!(age_hours(&kiosk), 3);
    }
}

#[test]
fn after_reboot_age_uses_platform_time_and_uptime() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = kiosk_with_lead(folder.path());
    machine.set(|state| {
        (state.boot_id, state.monotonic_ms) = ("boot-2".to_owned(), 2 * SECONDS_PER_HOUR * 1_000);
        state.wall_clock += SignedDuration::from_hours(30);
    });
    assert_eq!(age_hours(&kiosk), 30);
    machine.set(|state| state.wall_clock -= SignedDuration::from_hours(HOURS_PER_YEAR));
    assert_eq!(age_hours(&kiosk), 2, "only the uptime is known");
    let offset = |hours: i64| PersistedState {
        clock_offset_ms: Some(hours * 3_600_000),
        ..PersistedState::default()
    };
    kiosk.sync_port().save_state(&offset(HOURS_PER_YEAR)).unwrap();
    assert_eq!(age_hours(&kiosk), 30);
    machine.set(|state| state.wall_clock += SignedDuration::from_hours(11 * HOURS_PER_YEAR));
    kiosk
        .sync_port()
        .save_state(&offset(-10 * HOURS_PER_YEAR))
        .unwrap();
    assert_eq!(age_hours(&kiosk), 30);
}

#[test]
fn leads_unsent_for_a_day_are_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, machine) = kiosk_with_lead(folder.path());
    machine.set(|state| state.wall_clock += SignedDuration::from_hours(HOURS_PER_YEAR));
    assert!(!has_finding(&kiosk), "only the wall clock jumped");
    machine.set(|state| state.monotonic_ms += 25 * SECONDS_PER_HOUR * 1_000);
    assert!(has_finding(&kiosk));
}
