//! What every run begins with, made once and kept in memory: four enrolled kiosks, a platform that knows them, and the
//! versions of a catalogue. Setting a kiosk up is made slow on purpose, so runs begin with copies.

use crate::Trouble;
use crate::editions::Editions;
use crate::machine::RESERVE;
use kiosk::{Demonstration, EventFile, Kiosk, LinuxMachine};
use platform::{App, Limits, Place};
use protocol::Enrolled;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use vault::signature::PublisherKey;

/// Kiosks there are; a run uses some of them.
pub const KIOSKS: usize = 4;

/// Files with their places under a folder.
pub type Files = Vec<(PathBuf, Vec<u8>)>;

/// What runs begin with.
pub struct Fixture {
    /// Identifiers and data folders of the kiosks.
    pub kiosks: Vec<(String, Files)>,
    /// The folder of the platform.
    pub platform: Files,
    /// What is published.
    pub editions: Editions,
    /// The key that signs it.
    pub publisher: PublisherKey,
    /// The stop of the event.
    pub stop: domain::Stop,
}

impl Fixture {
    /// Sets everything up.
    pub fn make() -> Result<Self, Trouble> {
        let work = working_folder()?;
        let platform = work.path().join("platform");
        let app = App::open(&Place::folder(&platform), Limits::new(0, 0, false)).map_err(Trouble::of)?;
        let event = event(&app)?;
        let blank = work.path().join("blank");
        open(&blank)?.provision(&event).map_err(Trouble::of)?;
        let blank = read_files(&blank)?;
        let mut kiosks = Vec::new();
        for number in 0..KIOSKS {
            let folder = work.path().join(format!("kiosk-{number}"));
            write_files(&blank, &folder)?;
            kiosks.push((enrol(&app, &folder)?, read_files(&folder)?));
        }
        let key = fs::read_to_string(platform.join("keys/publisher.key")).map_err(Trouble::of)?;
        let publisher = PublisherKey::from_text(&key).map_err(Trouble::of)?;
        let editions = Editions::make(&publisher)?;
        drop(app);
        Ok(Self {
            kiosks,
            platform: read_files(&platform)?,
            editions,
            publisher,
            stop: event.stop,
        })
    }
}

/// The demonstration's stop as a real one, with secrets of its own.
fn event(app: &App) -> Result<EventFile, Trouble> {
    let mut event = Demonstration::event().map_err(Trouble::of)?;
    event.stop.demonstration = false;
    "604215".clone_into(&mut event.pin);
    "only for simulated visitors".clone_into(&mut event.passphrase);
    event.publisher_key = app.keys.publisher.to_string();
    Ok(event)
}

fn open(folder: &Path) -> Result<Kiosk, Trouble> {
    Kiosk::open(folder, Arc::new(LinuxMachine::default())).map_err(Trouble::of)
}

/// Enrols the kiosk in a folder and returns its identifier.
fn enrol(app: &App, folder: &Path) -> Result<String, Trouble> {
    let now = crate::machine::true_time(std::time::Duration::ZERO);
    let code = app
        .store
        .new_code(None, now, jiff::Timestamp::MAX)
        .map_err(Trouble::of)?;
    let joined = app
        .store
        .enrol(&code, "simulation", "127.0.0.1", now)
        .map_err(Trouble::of)?;
    let enrolled = Enrolled {
        kiosk: joined.kiosk.clone(),
        token: joined.token,
        leads_recipient: app.keys.recipient().to_string(),
        publisher_key: app.keys.publisher.to_string(),
        config_version: joined.config_version,
        stop: joined.stop,
    };
    open(folder)?
        .enrol("https://platform.example", &enrolled, None)
        .map_err(Trouble::of)?;
    Ok(joined.kiosk)
}

/// A folder in memory where the machine has one: a run writes much and keeps nothing.
pub fn working_folder() -> Result<TempDir, Trouble> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir())
    } else {
        tempfile::tempdir()
    };
    made.map_err(Trouble::of)
}

/// Every file under a folder but the reserve, which holds nothing. SQLite's shared memory is not read: it is made anew, as
/// after a power cut.
pub fn read_files(folder: &Path) -> Result<Files, Trouble> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner)).map_err(Trouble::of)? {
            let entry = entry.map_err(Trouble::of)?;
            let place = inner.join(entry.file_name());
            if entry.file_type().map_err(Trouble::of)?.is_dir() {
                folders.push(place);
            } else if !place.to_string_lossy().ends_with("-shm") && place != Path::new(RESERVE) {
                files.push((place, fs::read(entry.path()).map_err(Trouble::of)?));
            }
        }
    }
    Ok(files)
}

/// Writes files under a folder.
pub fn write_files(files: &Files, folder: &Path) -> Result<(), Trouble> {
    for (place, bytes) in files {
        let path = folder.join(place);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(Trouble::of)?;
        }
        fs::write(path, bytes).map_err(Trouble::of)?;
    }
    Ok(())
}
