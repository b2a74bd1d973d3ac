//! PIN, set-up and exports.

use super::{draft, kiosk, order, provisioned_kiosk};
use crate::{CloseOrder, Demonstration, EventFile, KioskError, Session};
use jiff::SignedDuration;

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
