//! Bundles on sticks: found when plugged in, taken by staff with progress, and a refusal written back beside the bundle,
//! so that whoever brought the stick knows what to do without this kiosk.

mod words;

use crate::catalogue::unpoisoned;
use crate::views::{CatalogueState, CatalogueVersion, ImportProgress, ImportStage, StickBundle};
use crate::{Imported, Kiosk, KioskError, Session};
use bundle::Refusal;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Ending of a bundle's name.
const ENDING: &str = "bundle";
/// Ending of the note beside a bundle that was refused.
const NOTE: &str = "refused.txt";
/// Most bundles shown of one stick.
const MOST: usize = 20;

impl Kiosk {
    /// Bundles on the sticks that are plugged in, newest first; cheap enough to ask every few seconds.
    pub fn sticks(&self) -> Vec<StickBundle> {
        let sticks = self.machine.removable().into_iter();
        sticks
            .flat_map(|(folder, label)| bundles(&folder, &label))
            .collect()
    }

    /// Takes a bundle from a stick that is plugged in, after the PIN was asked for. What came of it is also in
    /// [`Self::staff_import_progress`].
    pub fn import_from_stick(&self, path: &Path) -> Result<Imported, KioskError> {
        if !self.sticks().iter().any(|bundle| Path::new(&bundle.path) == path) {
            return Err(KioskError::Setup {
                place: "bundle".to_owned(),
                problem: "it is on no stick that is plugged in".to_owned(),
            });
        }
        self.import(path)
    }

    /// How far the taking of a bundle is; the last one's end until another begins.
    pub fn staff_import_progress(&self, session: &Session) -> Result<ImportProgress, KioskError> {
        session.demand_pin()?;
        Ok(unpoisoned(&self.importing).clone())
    }

    /// Which catalogue is shown, and which one can be gone back to.
    pub fn staff_catalogue(&self, session: &Session) -> Result<CatalogueState, KioskError> {
        session.demand_pin()?;
        let view = |installed: &store::Installed| CatalogueVersion {
            version: installed.version,
            published_at: installed.published_at.clone(),
        };
        Ok(CatalogueState {
            shown: self
                .catalogues
                .current()?
                .map(|version| view(version.installed())),
            previous: self.catalogues.previous()?.as_ref().map(view),
            rejected: self.rejected_version()?,
            missing_pictures: self.missing()?.len() as u32,
        })
    }

    /// Goes back to the previous catalogue. Returns its version.
    pub fn staff_roll_back(&self, session: &Session, from: u64) -> Result<u64, KioskError> {
        session.demand_pin()?;
        self.roll_back(Some(from))
    }

    /// Tells how far an import is.
    pub(crate) fn import_is(&self, change: impl FnOnce(&mut ImportProgress)) {
        change(&mut unpoisoned(&self.importing));
    }

    /// On a stick only files are taken: a link there could lead to anything on this machine.
    pub(crate) fn refuse_links(&self, file: &Path) -> Result<(), Refusal> {
        if !self.lies_on_stick(file) {
            return Ok(());
        }
        let problem = "it is a link, which is not followed on a stick".to_owned();
        let signature = bundle::signature_path(file);
        match (file.is_symlink(), signature.is_symlink()) {
            (true, _) => Err(Refusal::NotABundle { problem }),
            (_, true) => Err(Refusal::Damaged {
                entry: "the signature beside the bundle".to_owned(),
                problem,
            }),
            _ => Ok(()),
        }
    }

    fn lies_on_stick(&self, file: &Path) -> bool {
        // Where it really lies: a path may leave the stick again.
        let Some(folder) = file.parent().and_then(|folder| folder.canonicalize().ok()) else {
            return false;
        };
        let sticks = self.machine.removable().into_iter();
        sticks
            .filter_map(|(stick, _)| stick.canonicalize().ok())
            .any(|stick| folder.starts_with(stick))
    }

    /// Leaves word on the stick: why the bundle was refused, or nothing when it was taken.
    pub(crate) fn leave_word(&self, file: &Path, taken: &Result<Imported, KioskError>) {
        if !self.lies_on_stick(file) {
            return;
        }
        let note = note_beside(file);
        let written = match taken {
            Ok(_) => fs::remove_file(note),
            Err(error) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let text = words::refusal(&name, error.code(), &self.now().to_string());
                put_beside(&note, &text)
            }
        };
        // A stick may be read-only: the staff window says the same.
        drop(written);
    }

    /// What the taking of a bundle came to, for who watches it.
    pub(crate) fn import_ended(&self, taken: &Result<Imported, KioskError>) {
        self.import_is(|progress| match taken {
            Ok(imported) => {
                progress.stage = ImportStage::Done;
                progress.version = Some(imported.version);
            }
            Err(error) => {
                progress.stage = ImportStage::Refused;
                progress.refused = Some(error.code().to_owned());
            }
        });
    }
}

fn bundles(folder: &Path, label: &str) -> Vec<StickBundle> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.path();
            // The entry's own kind: a link on a stick could lead anywhere.
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let is_bundle = path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
            let metadata = entry.metadata().ok().filter(|_| is_file && is_bundle)?;
            let bundle = StickBundle {
                path: path.to_string_lossy().into_owned(),
                stick: label.to_owned(),
                name: entry.file_name().to_string_lossy().into_owned(),
                bytes: metadata.len(),
            };
            Some((metadata.modified().ok(), bundle))
        })
        .collect();
    found.sort_by_key(|(written, _)| std::cmp::Reverse(*written));
    found.into_iter().take(MOST).map(|(_, bundle)| bundle).collect()
}

/// Writes a new file and gives it the name: whatever has that name is replaced, never written into, for it may be a link.
fn put_beside(note: &Path, text: &str) -> io::Result<()> {
    let passing = note.with_extension("part");
    let written = fs::remove_file(&passing)
        .or_else(|e| {
            if e.kind() == io::ErrorKind::NotFound {
                Ok(())
            } else {
                Err(e)
            }
        })
        .and_then(|()| File::create_new(&passing))
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&passing, note));
    if written.is_err() {
        // A stick that is full or pulled out: half a note helps nobody.
        let _ = fs::remove_file(&passing);
    }
    written
}

fn note_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(NOTE);
    name.into()
}
