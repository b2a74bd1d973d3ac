//! Days and times at a stop in Morocco, whose rule changed in 2026.

use super::{draft, kiosk, unlocked_session};
use crate::{Demonstration, Kiosk};

/// A kiosk in Casablanca, on 1 December 2026 half an hour before midnight there.
fn kiosk_in_casablanca(folder: &std::path::Path) -> Kiosk {
    let (kiosk, machine) = kiosk(folder);
    let mut event = Demonstration::event().unwrap();
    "Africa/Casablanca".clone_into(&mut event.stop.time_zone);
    machine.set(|state| state.wall_clock = "2026-12-01T23:30:00Z".parse().unwrap());
    kiosk.provision(&event).unwrap();
    kiosk
}

#[test]
fn leads_count_on_the_day_of_the_new_rule() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = kiosk_in_casablanca(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let today = kiosk.staff_today(&unlocked_session(&kiosk)).unwrap();
    assert_eq!((today.day.as_str(), today.leads_day), ("2026-12-01", 1));
    assert_eq!(today.by_hour.first().map(|hour| hour.hour), Some(23));
}

#[test]
fn times_for_staff_have_the_offset_of_the_stop() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = kiosk_in_casablanca(folder.path());
    let rows = kiosk.staff_audit_log(&unlocked_session(&kiosk)).unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(row.at, "2026-12-01T23:30:00+00:00");
    }
}
