//! Writes the files of an export to a folder, all or none: under temporary names, synced, read back from the medium and
//! compared, then renamed. Must not know: what the files hold.

use super::closing_control::RunningClosing;
use super::export_target::ExportTarget;
use crate::atomic_file::sync_folder;
use crate::destination_fault::DestinationFault;
use crate::error::KioskError;
use crate::machine::Machine;
use crate::views::ClosingStage;
use expo_domain::hash::{Sha256Hasher, sha256_hex};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Extension of a file that is being written.
const TEMPORARY_EXTENSION: &str = "part";
/// Bytes that are written before they are synced: a slow stick then shows progress, and can be cancelled.
const SYNCED_BYTES: usize = 1 << 20;
/// Largest unit in which file systems of sticks give out space.
const CLUSTER_BYTES: u64 = 64 << 10;

/// A file to write.
pub(super) struct ExportFile {
    pub name: String,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// Writes to one folder.
pub(super) struct ExportWriter<'a> {
    pub machine: &'a dyn Machine,
    pub folder: &'a Path,
    pub target: &'a ExportTarget,
    pub running: &'a RunningClosing<'a>,
}

impl ExportWriter<'_> {
    /// Writes all files, or none. Nothing is written if there is too little space.
    pub fn write(&self, files: &[ExportFile]) -> Result<(), KioskError> {
        let needed = files.iter().map(|file| space(file.bytes.len())).sum::<u64>() + CLUSTER_BYTES;
        let free = self.machine.disk_free(self.folder);
        if free < needed {
            return Err(self.refused(DestinationFault::Full { needed, free }));
        }
        let failed = |error: &io::Error| self.failed(error, needed);
        fs::create_dir_all(self.folder).map_err(|e| failed(&e))?;
        remove_incomplete_exports(self.folder);
        let mut incomplete = Incomplete::default();
        let total: usize = files.iter().map(|file| file.bytes.len()).sum();
        self.running.enter(ClosingStage::Writing, total as u64);
        for file in files {
            self.running.require_wanted()?;
            incomplete.0.push(self.temporary(file));
            self.write_one(file, &failed)?;
        }
        self.running.enter(ClosingStage::Checking, total as u64);
        for file in files {
            self.compare(file, &failed)?;
        }
        self.running.require_wanted()?;
        for file in files {
            let path = self.folder.join(&file.name);
            fs::rename(self.temporary(file), &path).map_err(|e| failed(&e))?;
            incomplete.0.push(path);
        }
        sync_folder(self.folder).map_err(|e| failed(&e))?;
        self.target.require_unchanged(self.machine)?;
        incomplete.0.clear();
        Ok(())
    }

    fn temporary(&self, file: &ExportFile) -> PathBuf {
        self.folder.join(format!("{}.{TEMPORARY_EXTENSION}", file.name))
    }

    fn write_one(
        &self,
        export: &ExportFile,
        failed: &dyn Fn(&io::Error) -> KioskError,
    ) -> Result<(), KioskError> {
        let medium = self.machine.medium();
        let mut file = medium.create(&self.temporary(export)).map_err(|e| failed(&e))?;
        self.target.require_on_stick(&file)?;
        for bytes in export.bytes.chunks(SYNCED_BYTES) {
            self.running.require_wanted()?;
            medium.write(&mut file, bytes).map_err(|e| failed(&e))?;
            medium.sync(&file).map_err(|e| failed(&e))?;
            self.running.advance(bytes.len());
        }
        Ok(())
    }

    /// Compares the hash of what the medium gives back with the hash of what was written.
    fn compare(
        &self,
        export: &ExportFile,
        failed: &dyn Fn(&io::Error) -> KioskError,
    ) -> Result<(), KioskError> {
        let medium = self.machine.medium();
        let mut reader = medium
            .read_back(&self.temporary(export))
            .map_err(|e| failed(&e))?;
        let mut hasher = Sha256Hasher::default();
        let mut buffer = Zeroizing::new(vec![0; SYNCED_BYTES]);
        loop {
            self.running.require_wanted()?;
            let read = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(&error)),
            };
            hasher.update(&buffer[..read]);
            self.running.advance(read);
        }
        if hasher.finish() == sha256_hex(&export.bytes) {
            Ok(())
        } else {
            Err(self.refused(DestinationFault::Corrupt))
        }
    }

    /// The error of a failed operation. A stick that was pulled out fails in many ways.
    fn failed(&self, error: &io::Error, needed: u64) -> KioskError {
        if let Err(gone) = self.target.require_unchanged(self.machine) {
            return gone;
        }
        let free = self.machine.disk_free(self.folder);
        self.refused(DestinationFault::of(error, needed, free))
    }

    fn refused(&self, fault: DestinationFault) -> KioskError {
        KioskError::Destination {
            path: self.folder.display().to_string(),
            fault,
        }
    }
}

/// Space that a file of this size takes.
const fn space(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(CLUSTER_BYTES) * CLUSTER_BYTES
}

/// Files that are removed unless all of them become complete.
#[derive(Default)]
struct Incomplete(Vec<PathBuf>);

impl Drop for Incomplete {
    fn drop(&mut self) {
        for path in &self.0 {
            // A stick that is gone keeps its temporary file until the next export to it.
            let _ = fs::remove_file(path);
        }
    }
}

/// Removes exports that a power cut or a pulled out stick interrupted, because they may hold readable leads.
fn remove_incomplete_exports(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_export = entry.file_name().to_string_lossy().starts_with("leads-");
        if is_export && path.extension().is_some_and(|ext| ext == TEMPORARY_EXTENSION) {
            // A file that cannot be removed stays visible to staff.
            let _ = fs::remove_file(path);
        }
    }
}
