//! A stick that does not answer: staff get an error, and visitors are not delayed.

use super::{draft, order, unlocked_session};
use crate::staff::removable_media::ResponseTimeouts;
use crate::{Demonstration, Kiosk, KioskError, LinuxMachine, Machine};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// This machine, with a stick that does not answer while the test holds the lock.
#[derive(Default)]
struct MachineWithBlockedStick {
    machine: LinuxMachine,
    stick: Mutex<()>,
}

impl Machine for MachineWithBlockedStick {
    fn now(&self) -> Timestamp {
        self.machine.now()
    }
    fn boot_id(&self) -> String {
        self.machine.boot_id()
    }
    fn machine_id(&self) -> Option<String> {
        self.machine.machine_id()
    }
    fn monotonic_ms(&self) -> u64 {
        self.machine.monotonic_ms()
    }
    fn disk_free(&self, path: &Path) -> u64 {
        self.machine.disk_free(path)
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        drop(self.stick.lock().unwrap_or_else(PoisonError::into_inner));
        Vec::new()
    }
}

#[test]
fn blocked_stick_is_reported_and_holds_up_no_visitor() {
    let folder = tempfile::tempdir().unwrap();
    let machine = Arc::new(MachineWithBlockedStick::default());
    let mut kiosk = Kiosk::open(folder.path(), Arc::<MachineWithBlockedStick>::clone(&machine)).unwrap();
    kiosk.staff.media.timeouts = ResponseTimeouts {
        listing: Duration::from_millis(20),
        transfer: Duration::from_millis(20),
    };
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut session = unlocked_session(&kiosk);
    kiosk
        .staff_open_leads(&mut session, Demonstration::PASSPHRASE)
        .unwrap();

    let blocked = machine.stick.lock().unwrap();
    let stuck = kiosk.import_from_removable_media("/media/x.bundle".into());
    assert!(matches!(stuck, Err(KioskError::MediaNotResponding)));
    for refused in [
        kiosk.staff_close_day(&session, order(folder.path())).map(drop),
        kiosk.staff_destinations(&session).map(drop),
        kiosk.bundles_on_removable_media().map(drop),
    ] {
        assert!(matches!(refused, Err(KioskError::MediaBusy)));
    }
    kiosk.take_lead(&draft()).unwrap();
    kiosk.staff_lock(&mut session).unwrap();

    drop(blocked);
    while matches!(kiosk.bundles_on_removable_media(), Err(KioskError::MediaBusy)) {
        std::thread::yield_now();
    }
}
