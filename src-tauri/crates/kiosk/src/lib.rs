//! Use-cases: what a visitor and staff can do, put together from the other crates. Owns the data folder and the
//! order in which things happen. Must not know Tauri, HTTP or SQL.

mod age;
mod aside;
mod attract;
mod authorities;
mod catalogue;
mod configuration;
mod day;
mod diagnosis;
mod disk;
mod error;
mod explore;
mod explorer;
mod lead;
mod leisure;
mod link;
mod machine;
mod need;
mod parts;
mod project;
mod provision;
mod reference;
mod rounds;
mod run;
mod settings;
mod shortlist;
mod staff;
mod stick;
#[cfg(test)]
mod tests;
pub mod views;
pub mod workshop;

pub use catalogue::{Imported, Verified};
pub use day::CloseOrder;
pub use diagnosis::{Finding, Status};
pub use error::KioskError;
pub use machine::{LinuxMachine, Machine};
pub use provision::{Demonstration, EventFile, Provisioned};
pub use run::Exit;
pub use settings::Enrolment;
pub use staff::Session;

use explorer::Explorer;
use media::Shelf;
use reference::Reference;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use store::{Basis, Catalogues, Leads};
use tokio::sync::mpsc;

/// A kiosk with its data folder.
pub struct Kiosk {
    folder: PathBuf,
    machine: Arc<dyn Machine>,
    leads: Leads,
    catalogues: Catalogues,
    pictures: Shelf,
    /// Pictures that came in part.
    parts: parts::Parts,
    reference: Arc<Reference>,
    explorer: explorer::Current,
    /// When somebody last explored.
    touched_at: Mutex<Option<Instant>>,
    /// Version and hashes of its pictures that are not there yet, in order of need.
    missing: Mutex<Option<(u64, Vec<String>)>>,
    /// Held while a version is looked at and put in place: what held before still holds then.
    installing: Mutex<()>,
    /// How far the taking of a bundle is.
    importing: Mutex<views::ImportProgress>,
    /// The enrolment that rounds were begun with: what they bring counts only while it is the kiosk's.
    served: Mutex<Option<Basis>>,
    /// To the running rounds, if any.
    line: Mutex<Option<mpsc::Sender<sync::Nudge>>>,
}

impl Kiosk {
    /// Opens the data folder, creating what is missing. It may not be provisioned yet.
    pub fn open(folder: &Path, machine: Arc<dyn Machine>) -> Result<Self, KioskError> {
        let without_reserve = disk::make_room(folder, &*machine);
        let kiosk = Self {
            folder: folder.to_owned(),
            machine,
            leads: Leads::open(folder)?,
            catalogues: Catalogues::new(folder),
            pictures: Shelf::new(&folder.join("pictures")),
            parts: parts::Parts::new(&folder.join("parts")),
            reference: Arc::new(Reference::load()?),
            explorer: explorer::Current::default(),
            touched_at: Mutex::default(),
            missing: Mutex::new(None),
            installing: Mutex::default(),
            importing: Mutex::default(),
            served: Mutex::new(None),
            line: Mutex::new(None),
        };
        // Whatever is in the way, leads are taken without it; it is done at the next start.
        drop(kiosk.note_shown());
        if without_reserve {
            kiosk.note_reserve();
        }
        Ok(kiosk)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bytes of a picture by its SHA-256; `None` when it is not there.
    pub fn picture(&self, hash: &str) -> Option<Vec<u8>> {
        let found = self.pictures.get(hash);
        if found.is_none() {
            // It may have been found damaged: the next round looks anew for what is missing.
            *catalogue::unpoisoned(&self.missing) = None;
        }
        found
    }

    /// What is explored now, for a visitor who is there.
    fn explored(&self) -> Result<Arc<Explorer>, KioskError> {
        self.touched();
        self.explorer()
    }

    fn explorer(&self) -> Result<Arc<Explorer>, KioskError> {
        let version = self.catalogues.current()?.ok_or(KioskError::NoCatalogue)?;
        self.explorer.get(version, &self.reference, self.today()?)
    }

    /// Has the version on disk explored from now on.
    fn explore_anew(&self) -> Result<(), KioskError> {
        let version = self.catalogues.current()?.ok_or(KioskError::NoCatalogue)?;
        self.explorer.prepare(version, &self.reference, self.today()?)
    }
}
