//! PIN, set-up and exports.

use super::{TestMachine, draft, kiosk, order, provisioned_kiosk, unlocked_session};
use crate::{CloseOrder, Demonstration, EventFile, Kiosk, KioskError, Session};
use expo_domain::Lang;
use jiff::SignedDuration;
use std::sync::Arc;

#[test]
fn stop_is_named_in_each_language() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let names = kiosk.staff_state(&Session::default()).unwrap().stop_names;
    assert_eq!(names[&Lang::Ar], "معرض العمران لمغاربة العالم 2026");
    assert_eq!(names[&Lang::Es], names[&Lang::En]);
}

#[test]
fn pin_lockout_survives_reboot_and_clock_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::default();
    {
        let (kiosk, _) = kiosk(folder.path());
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        for left in (1..5).rev() {
            let wrong = kiosk.staff_unlock(&mut session, "111111");
            assert!(matches!(wrong, Err(KioskError::WrongPin { left: l }) if l == left));
        }
        assert!(matches!(
            kiosk.staff_unlock(&mut session, "111111"),
            Err(KioskError::LockedOut { seconds: 300 })
        ));
    }
    // After a reboot, with the wall clock a year ahead, even the right PIN has to wait.
    let (kiosk, machine) = kiosk(folder.path());
    machine.set(|state| {
        state.wall_clock += SignedDuration::from_hours(24 * 365);
        state.boot_id = "boot-2".to_owned();
        state.monotonic_ms = 0;
    });
    let right = kiosk.staff_unlock(&mut session, Demonstration::PIN);
    assert!(matches!(right, Err(KioskError::LockedOut { seconds: 300 })));
    machine.set(|state| state.monotonic_ms = 300_000);
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    assert!(session.is_unlocked());
    assert!(matches!(
        kiosk.close_day(&session, &order(folder.path())),
        Err(KioskError::LeadsLocked)
    ));
}

/// Tries a PIN every five minutes of a day, restarts the program and the machine, and changes the clock.
#[test]
fn attacker_gets_at_most_twenty_guesses_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let (mut kiosk, machine) = provisioned_kiosk(folder.path());
    let mut session = Session::default();
    for step in 0..288_u64 {
        for _ in 0..6 {
            kiosk.staff_unlock(&mut session, "735219").unwrap_err();
        }
        machine.set(|state| {
            state.monotonic_ms += 300_000;
            match step % 7 {
                2 => state.wall_clock += SignedDuration::from_hours(24 * 30),
                4 => state.wall_clock -= SignedDuration::from_hours(24 * 90),
                _ => {}
            }
            if step % 90 == 89 {
                state.boot_id = format!("boot-{step}");
                state.monotonic_ms = 20_000;
            }
        });
        if step % 50 == 49 {
            kiosk = Kiosk::open(folder.path(), Arc::<TestMachine>::clone(&machine)).unwrap();
        }
    }
    let log = kiosk.audit_log(10_000).unwrap();
    let guesses = log.iter().filter(|line| line.act == "wrong_pin").count();
    assert!((10..=20).contains(&guesses), "{guesses} guesses");
    assert!(!session.is_unlocked());
}

#[test]
fn passphrase_unlocks_and_ends_the_lockout() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let mut session = Session::default();
    for _ in 0..5 {
        kiosk.staff_unlock(&mut session, "735219").unwrap_err();
    }
    assert_eq!(kiosk.staff_state(&session).unwrap().locked_for_seconds, 300);
    let wrong = kiosk.staff_open_leads(&mut session, "not the passphrase of this stand");
    assert!(matches!(wrong, Err(KioskError::WrongPassphrase)));
    assert!(!session.is_unlocked());
    kiosk
        .staff_open_leads(&mut session, Demonstration::PASSPHRASE)
        .unwrap();
    let state = kiosk.staff_state(&session).unwrap();
    assert!(state.unlocked && state.leads_open);
    assert_eq!(state.locked_for_seconds, 0);
    unlocked_session(&kiosk);
}

#[test]
fn weak_secrets_and_second_set_up_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let mut event = Demonstration::event().unwrap();
    event.stop.demonstration = false;
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { .. })),
        "published secrets"
    );
    event.passphrase = "short".to_owned();
    event.pin = "604215".to_owned();
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { ref place, .. }) if place == "passphrase")
    );
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert!(matches!(
        kiosk.provision(&Demonstration::event().unwrap()),
        Err(KioskError::AlreadyProvisioned(_))
    ));
    let text = "pin = \"604215\"\npassphrase = nonsense-without-quotes\n";
    let error = EventFile::parse(text, "paris.toml").unwrap_err().to_string();
    assert!(
        error.starts_with("paris.toml, line 2") && !error.contains("nonsense"),
        "{error}"
    );
}

#[test]
fn export_into_the_data_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    kiosk.take_lead(&draft()).unwrap();
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    for inside in ["out", "pictures/../deep/er"] {
        let order = CloseOrder {
            destination: folder.path().join(inside),
            ..order(folder.path())
        };
        assert!(
            matches!(
                kiosk.close_day(&session, &order),
                Err(KioskError::Destination { .. })
            ),
            "{inside}"
        );
    }
}
