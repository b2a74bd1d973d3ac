//! The initial state of every run, made once and kept in memory: four enrolled kiosks, a platform that knows them, and
//! the catalogue versions. Setting up a kiosk is slow because of key derivation, so runs start from copies.

use crate::catalogue_versions::CatalogueVersions;
use crate::error::SimulationError;
use crate::machine::{RESERVE_FILE, true_time};
use expo_kiosk_core::{Demonstration, EventFile, Kiosk, LinuxMachine, Session};
use expo_platform::{App, Limits, StorageConfig};
use expo_protocol::EnrolmentReply;
use expo_vault::signature::PublisherKey;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Number of prepared kiosks. A run uses some of them.
pub const MAX_KIOSKS: usize = 4;

/// Files with their paths relative to a folder.
pub type Files = Vec<(PathBuf, Vec<u8>)>;

/// The initial state of runs.
pub struct Fixture {
    /// Identifiers and data folders of the kiosks.
    pub kiosks: Vec<(String, Files)>,
    /// The folder of the platform.
    pub platform: Files,
    /// The catalogue versions that the platform can publish.
    pub versions: CatalogueVersions,
    /// The key that signs them.
    pub publisher: PublisherKey,
    /// The stop of the event file.
    pub stop: expo_domain::Stop,
    /// A session of staff who gave the passphrase. Every kiosk has the same staff key.
    pub session: Session,
}

impl Fixture {
    /// Sets up the kiosks, the platform and the catalogue versions.
    pub fn new() -> Result<Self, SimulationError> {
        let work = temp_folder()?;
        let platform = work.path().join("platform");
        let app = App::open(&StorageConfig::folder(&platform), Limits::new(0, 0, false))
            .map_err(SimulationError::new)?;
        let event = event(&app)?;
        let blank = work.path().join("blank");
        let kiosk = open(&blank)?;
        kiosk.provision(&event).map_err(SimulationError::new)?;
        let session = kiosk
            .session_with_passphrase(&event.passphrase)
            .map_err(SimulationError::new)?;
        drop(kiosk);
        let blank = read_files(&blank)?;
        let mut kiosks = Vec::new();
        for number in 0..MAX_KIOSKS {
            let folder = work.path().join(format!("kiosk-{number}"));
            write_files(&blank, &folder)?;
            kiosks.push((enrol(&app, &folder)?, read_files(&folder)?));
        }
        let key = fs::read_to_string(platform.join("keys/publisher.key")).map_err(SimulationError::new)?;
        let publisher = PublisherKey::from_text(&key).map_err(SimulationError::new)?;
        let versions = CatalogueVersions::new(&publisher)?;
        drop(app);
        Ok(Self {
            kiosks,
            platform: read_files(&platform)?,
            versions,
            publisher,
            stop: event.stop,
            session,
        })
    }
}

/// The event file of the demonstration, changed into that of a real stop with its own secrets.
fn event(app: &App) -> Result<EventFile, SimulationError> {
    let mut event = Demonstration::event().map_err(SimulationError::new)?;
    event.stop.demonstration = false;
    "604215".clone_into(&mut event.pin);
    "only for simulated visitors".clone_into(&mut event.passphrase);
    event.publisher_key = app.keys.publisher.to_string();
    Ok(event)
}

fn open(folder: &Path) -> Result<Kiosk, SimulationError> {
    Kiosk::open(folder, Arc::new(LinuxMachine::default())).map_err(SimulationError::new)
}

/// Enrols the kiosk of a folder and returns its identifier.
fn enrol(app: &App, folder: &Path) -> Result<String, SimulationError> {
    let now = true_time(Duration::ZERO);
    let code = app
        .store
        .new_code(None, now, jiff::Timestamp::MAX)
        .map_err(SimulationError::new)?;
    let enrolment = app
        .store
        .enrol(&code, "simulation", "127.0.0.1", now)
        .map_err(SimulationError::new)?;
    let enrolled = EnrolmentReply {
        kiosk: enrolment.kiosk.clone(),
        token: enrolment.token,
        leads_recipient: app.keys.recipient().to_string(),
        publisher_key: app.keys.publisher.to_string(),
        config_version: enrolment.config_version,
        stop: enrolment.stop,
    };
    open(folder)?
        .enrol("https://platform.example", &enrolled, None)
        .map_err(SimulationError::new)?;
    Ok(enrolment.kiosk)
}

/// A temporary folder, in memory if the machine has `/dev/shm`: a run writes much and keeps nothing.
pub fn temp_folder() -> Result<TempDir, SimulationError> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir())
    } else {
        tempfile::tempdir()
    };
    folder.map_err(SimulationError::new)
}

/// Reads every file of a folder except the reserve file, which has no content, and the shared memory of SQLite, which
/// is lost in a power cut.
pub fn read_files(folder: &Path) -> Result<Files, SimulationError> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner)).map_err(SimulationError::new)? {
            let entry = entry.map_err(SimulationError::new)?;
            let path = inner.join(entry.file_name());
            if entry.file_type().map_err(SimulationError::new)?.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") && path != Path::new(RESERVE_FILE) {
                files.push((path, fs::read(entry.path()).map_err(SimulationError::new)?));
            }
        }
    }
    Ok(files)
}

/// Writes files into a folder.
pub fn write_files(files: &Files, folder: &Path) -> Result<(), SimulationError> {
    for (relative, bytes) in files {
        let path = folder.join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(SimulationError::new)?;
        }
        fs::write(path, bytes).map_err(SimulationError::new)?;
    }
    Ok(())
}
