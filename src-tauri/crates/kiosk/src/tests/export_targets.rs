//! Sticks that are pulled out or exchanged before, during and after an export.

use super::{draft, unlocked_session};
use crate::{CloseOrder, Demonstration, Kiosk, KioskError, LinuxMachine, Machine};
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A machine with one stick, which the test pulls out and exchanges.
struct MachineWithStick {
    base: LinuxMachine,
    folder: PathBuf,
    /// Number of looks for which the stick is still there.
    looks: AtomicU64,
    /// Device of the stick instead of that of its folder.
    device: Mutex<Option<u64>>,
}

impl Machine for MachineWithStick {
    fn now(&self) -> Timestamp {
        self.base.now()
    }
    fn boot_id(&self) -> String {
        self.base.boot_id()
    }
    fn machine_id(&self) -> Option<String> {
        self.base.machine_id()
    }
    fn monotonic_ms(&self) -> u64 {
        self.base.monotonic_ms()
    }
    fn disk_free(&self, path: &Path) -> u64 {
        self.base.disk_free(path)
    }
    fn device_id(&self, path: &Path) -> Option<u64> {
        let device = *self.device.lock().unwrap();
        device.or_else(|| self.base.device_id(path))
    }
    fn is_place_of_sticks(&self, path: &Path) -> bool {
        path.starts_with(self.folder.parent().unwrap())
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        let left = self.looks.load(Ordering::SeqCst);
        self.looks.store(left.saturating_sub(1), Ordering::SeqCst);
        let stick = (self.folder.clone(), "STICK".to_owned());
        if left > 0 { vec![stick] } else { Vec::new() }
    }
}

struct Stand {
    _folder: tempfile::TempDir,
    kiosk: Kiosk,
    machine: Arc<MachineWithStick>,
}

impl Stand {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stick = folder.path().join("media/STICK");
        fs::create_dir_all(&stick).unwrap();
        let machine = Arc::new(MachineWithStick {
            base: LinuxMachine::default(),
            folder: stick,
            looks: AtomicU64::new(u64::MAX),
            device: Mutex::new(None),
        });
        let data = folder.path().join("data");
        let kiosk = Kiosk::open(&data, Arc::<MachineWithStick>::clone(&machine)).unwrap();
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        kiosk.take_lead(&draft()).unwrap();
        Self {
            _folder: folder,
            kiosk,
            machine,
        }
    }

    /// What staff see before they choose.
    fn offer(&self) {
        let offered = self
            .kiosk
            .staff_destinations(&unlocked_session(&self.kiosk))
            .unwrap();
        assert!(offered[0].removable);
    }

    fn export(&self) -> Result<u32, KioskError> {
        let session = self.kiosk.session_with_passphrase(Demonstration::PASSPHRASE)?;
        let order = CloseOrder {
            formats: vec![crate::views::ExportFormat::Csv],
            destination: self.machine.folder.clone(),
            ..CloseOrder::default()
        };
        self.kiosk
            .close_day(&session, &order)
            .map(|receipt| receipt.leads)
    }

    /// The export is refused, not recorded, and leaves no file.
    fn check_refused(&self) {
        let refused = self.export();
        assert!(
            matches!(refused, Err(KioskError::Destination { .. })),
            "{refused:?}"
        );
        let exports = self.kiosk.leads.exports(None).unwrap();
        assert_eq!(exports, []);
    }

    fn files(&self) -> usize {
        fs::read_dir(&self.machine.folder).map_or(0, Iterator::count)
    }
}

#[test]
fn export_to_the_chosen_stick_is_written() {
    let stand = Stand::new();
    stand.offer();
    assert_eq!(stand.export().unwrap(), 1);
    assert_eq!(stand.files(), 2, "the export and its receipt");
}

#[test]
fn folder_that_a_stick_left_behind_gets_no_file() {
    let stand = Stand::new();
    stand.offer();
    stand.machine.looks.store(0, Ordering::SeqCst);
    stand.check_refused();
    assert_eq!(stand.files(), 0);
}

#[test]
fn place_of_sticks_without_a_stick_gets_no_file() {
    let stand = Stand::new();
    stand.machine.looks.store(0, Ordering::SeqCst);
    stand.check_refused();
    assert_eq!(stand.files(), 0);
}

#[test]
fn exchanged_stick_gets_no_file() {
    let stand = Stand::new();
    *stand.machine.device.lock().unwrap() = Some(1);
    stand.offer();
    *stand.machine.device.lock().unwrap() = None;
    stand.check_refused();
    assert_eq!(stand.files(), 0);
}

/// The mount point is on another device than the stick was: the new file is on the internal disk.
#[test]
fn stick_pulled_out_before_the_write_gets_no_file() {
    let stand = Stand::new();
    *stand.machine.device.lock().unwrap() = Some(u64::MAX);
    stand.offer();
    stand.check_refused();
    assert_eq!(stand.files(), 0);
}

#[test]
fn stick_pulled_out_during_the_write_is_no_export() {
    let stand = Stand::new();
    stand.offer();
    stand.machine.looks.store(1, Ordering::SeqCst);
    stand.check_refused();
}
