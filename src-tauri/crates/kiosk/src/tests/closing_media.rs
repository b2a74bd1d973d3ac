//! Sticks that fail while a day is closed: no file stays, nothing is recorded, and the day stays open.

use super::{draft, unlocked_session};
use crate::views::{ErrorCode, ExportFormat};
use crate::{
    CloseOrder, Demonstration, FileSystem, Kiosk, KioskError, LinuxMachine, Machine, Medium, Session,
};
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};

/// What the stick does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Creating a file fails.
    Create(ErrorKind),
    /// Writing fails after half of the bytes.
    Write(ErrorKind),
    /// Syncing fails because the stick was pulled out.
    PulledOut,
    /// Reads give other bytes than were written.
    Corrupt,
    /// Staff cancel while bytes are written.
    Cancelled,
    /// Renaming fails after the first file.
    SecondRename,
}

struct BadStick {
    base: LinuxMachine,
    folder: PathBuf,
    free: AtomicU64,
    is_there: AtomicBool,
    fault: Mutex<Option<Fault>>,
    kiosk: OnceLock<Weak<Kiosk>>,
}

impl BadStick {
    fn fault(&self) -> Option<Fault> {
        *self.fault.lock().unwrap()
    }
}

impl Machine for BadStick {
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
        if path.starts_with(&self.folder) {
            self.free.load(Ordering::SeqCst)
        } else {
            self.base.disk_free(path)
        }
    }
    fn is_place_of_sticks(&self, path: &Path) -> bool {
        path.starts_with(self.folder.parent().unwrap())
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        let stick = (self.folder.clone(), "STICK".to_owned());
        self.is_there
            .load(Ordering::SeqCst)
            .then_some(stick)
            .into_iter()
            .collect()
    }
    fn medium(&self) -> &dyn Medium {
        self
    }
}

impl Medium for BadStick {
    fn create(&self, path: &Path) -> io::Result<File> {
        match self.fault() {
            Some(Fault::Create(kind)) => Err(kind.into()),
            _ => FileSystem.create(path),
        }
    }
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        match self.fault() {
            Some(Fault::Write(kind)) => {
                FileSystem.write(file, &bytes[..bytes.len() / 2])?;
                return Err(kind.into());
            }
            Some(Fault::Cancelled) => {
                let kiosk = self.kiosk.get().and_then(Weak::upgrade).unwrap();
                kiosk.staff_cancel_close(&unlocked_session(&kiosk)).unwrap();
            }
            _ => {}
        }
        FileSystem.write(file, bytes)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        if self.fault() == Some(Fault::PulledOut) {
            self.is_there.store(false, Ordering::SeqCst);
            return Err(ErrorKind::NotFound.into());
        }
        FileSystem.sync(file)
    }
    fn read_back(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        if self.fault() == Some(Fault::SecondRename) && path.to_string_lossy().contains("receipt") {
            // The last file is in place of a folder, which no file can replace.
            fs::create_dir(path.with_extension(""))?;
        }
        let mut reader = FileSystem.read_back(path)?;
        if self.fault() != Some(Fault::Corrupt) {
            return Ok(reader);
        }
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        bytes[0] ^= 1;
        Ok(Box::new(Cursor::new(bytes)))
    }
}

struct Stand {
    _folder: tempfile::TempDir,
    kiosk: Arc<Kiosk>,
    stick: Arc<BadStick>,
}

impl Stand {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("media/STICK");
        fs::create_dir_all(&path).unwrap();
        let stick = Arc::new(BadStick {
            base: LinuxMachine::default(),
            folder: path,
            free: AtomicU64::new(1 << 30),
            is_there: AtomicBool::new(true),
            fault: Mutex::new(None),
            kiosk: OnceLock::new(),
        });
        let data = folder.path().join("data");
        let kiosk = Arc::new(Kiosk::open(&data, Arc::<BadStick>::clone(&stick)).unwrap());
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        kiosk.take_lead(&draft()).unwrap();
        stick.kiosk.set(Arc::downgrade(&kiosk)).unwrap();
        Self {
            _folder: folder,
            kiosk,
            stick,
        }
    }

    fn session(&self) -> Session {
        self.kiosk
            .session_with_passphrase(Demonstration::PASSPHRASE)
            .unwrap()
    }

    fn close(&self) -> Result<u32, KioskError> {
        let order = CloseOrder {
            formats: vec![ExportFormat::Csv, ExportFormat::Xlsx],
            destination: self.stick.folder.clone(),
            ..CloseOrder::default()
        };
        let receipt = self.kiosk.staff_close_day(&self.session(), order)?;
        Ok(receipt.leads)
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.stick.folder).unwrap();
        let files = entries.filter(|entry| entry.as_ref().unwrap().path().is_file());
        files
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// With the fault the closing is refused with the code and leaves nothing; without it the day can be closed.
    fn check(&self, fault: Option<Fault>, code: ErrorCode) {
        *self.stick.fault.lock().unwrap() = fault;
        let refused = self.close().unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert_eq!(self.files(), Vec::<String>::new());
        assert_eq!(self.kiosk.leads.exports(None).unwrap(), []);
        assert_eq!(self.kiosk.leads.closings().unwrap(), []);
        let closing = self.kiosk.staff_today(&self.session()).unwrap().closing;
        assert_eq!((closing.exported_leads, closing.closed_at), (0, None));
        *self.stick.fault.lock().unwrap() = None;
        self.stick.is_there.store(true, Ordering::SeqCst);
        self.stick.free.store(1 << 30, Ordering::SeqCst);
        assert_eq!(self.close().unwrap(), 1);
        assert_eq!(self.files().len(), 3);
        let closing = self.kiosk.staff_today(&self.session()).unwrap().closing;
        assert!(closing.exported_leads == 1 && closing.closed_at.is_some());
    }
}

#[test]
fn stick_with_too_little_space_gets_no_file() {
    let stand = Stand::new();
    stand.stick.free.store(64 << 10, Ordering::SeqCst);
    stand.check(None, ErrorCode::DestinationFull);
}

#[test]
fn error_of_a_full_stick_says_how_much_is_needed() {
    let stand = Stand::new();
    stand.stick.free.store(1_000, Ordering::SeqCst);
    let error = stand.close().unwrap_err().for_window();
    assert_eq!(error.params["free"], "1000");
    assert!(error.params["needed"].parse::<u64>().unwrap() > 1_000);
}

#[test]
fn stick_that_fills_up_keeps_no_file() {
    let fault = Fault::Write(ErrorKind::StorageFull);
    Stand::new().check(Some(fault), ErrorCode::DestinationFull);
}

#[test]
fn write_protected_stick_is_named_as_such() {
    let fault = Fault::Create(ErrorKind::ReadOnlyFilesystem);
    Stand::new().check(Some(fault), ErrorCode::DestinationReadOnly);
}

#[test]
fn file_too_large_for_the_stick_is_named_as_such() {
    let fault = Fault::Write(ErrorKind::FileTooLarge);
    Stand::new().check(Some(fault), ErrorCode::DestinationTooLarge);
}

#[test]
fn failing_stick_keeps_no_file() {
    let fault = Fault::Write(ErrorKind::TimedOut);
    Stand::new().check(Some(fault), ErrorCode::Destination);
}

/// The test cannot unmount the folder, so the temporary file can still be removed.
#[test]
fn stick_pulled_out_while_writing_is_named_as_such() {
    Stand::new().check(Some(Fault::PulledOut), ErrorCode::DestinationRemoved);
}

#[test]
fn stick_that_gives_back_other_bytes_keeps_no_file() {
    Stand::new().check(Some(Fault::Corrupt), ErrorCode::DestinationCorrupt);
}

#[test]
fn cancelled_closing_keeps_no_file() {
    Stand::new().check(Some(Fault::Cancelled), ErrorCode::Cancelled);
}

#[test]
fn first_files_are_removed_if_a_later_one_fails() {
    let stand = Stand::new();
    *stand.stick.fault.lock().unwrap() = Some(Fault::SecondRename);
    assert!(stand.close().is_err());
    assert_eq!(stand.files(), Vec::<String>::new());
    assert_eq!(stand.kiosk.leads.exports(None).unwrap(), []);
}

#[test]
fn part_of_an_interrupted_export_is_removed_by_the_next() {
    let stand = Stand::new();
    let part = stand.stick.folder.join("leads-x.csv.part");
    fs::write(&part, "personal data").unwrap();
    stand.close().unwrap();
    assert!(!part.exists());
}
