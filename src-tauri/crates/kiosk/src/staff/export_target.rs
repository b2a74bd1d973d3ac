//! Where an export is written: a folder of the kiosk or a stick. A stick can be pulled out and leave its folder behind, or
//! be exchanged: readable leads must then not be written to the internal disk or to another stick. Must not know: formats.

use crate::destination_fault::DestinationFault;
use crate::error::KioskError;
use crate::lock::lock;
use crate::machine::Machine;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The sticks that staff were last shown, with the device of each.
#[derive(Default)]
pub(super) struct OfferedSticks(Mutex<BTreeMap<PathBuf, Device>>);

/// Identifier of a mounted device, if the system gives one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Device(Option<u64>);

impl OfferedSticks {
    /// Remembers the sticks that staff are shown now.
    pub fn remember(&self, machine: &dyn Machine, sticks: &[(PathBuf, String)]) {
        let devices = sticks
            .iter()
            .map(|(folder, _)| (folder.clone(), Device(machine.device_id(folder))));
        *lock(&self.0) = devices.collect();
    }

    /// The device that staff chose with this folder; `None` if it was not offered as a stick.
    fn chosen(&self, folder: &Path) -> Option<Device> {
        lock(&self.0).get(folder).copied()
    }
}

/// A destination that was checked.
pub(super) struct ExportTarget {
    folder: PathBuf,
    /// Mount point and device, for a stick.
    stick: Option<(PathBuf, Device)>,
}

impl ExportTarget {
    /// Checks that the folder is on the stick that staff chose, or not on a stick at all.
    pub fn resolve(
        machine: &dyn Machine,
        folder: &Path,
        offered: &OfferedSticks,
    ) -> Result<Self, KioskError> {
        let real = real_path(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
        let chosen = offered.chosen(folder);
        let mounted = mount_of(machine, &real);
        if mounted.is_none() && (chosen.is_some() || machine.is_place_of_sticks(&real)) {
            return Err(refused(folder, DestinationFault::Removed));
        }
        let stick = mounted.map(|mount| (mount.clone(), Device(machine.device_id(&mount))));
        let target = Self {
            folder: folder.to_owned(),
            stick,
        };
        match (&target.stick, chosen) {
            (Some((_, device)), Some(chosen)) if *device != chosen => {
                Err(refused(folder, DestinationFault::Exchanged))
            }
            _ => Ok(target),
        }
    }

    /// Checks that the same stick is still there: what was written to it may be lost otherwise.
    pub fn require_unchanged(&self, machine: &dyn Machine) -> Result<(), KioskError> {
        let Some((mount, device)) = &self.stick else {
            return Ok(());
        };
        let is_mounted = machine.removable().iter().any(|(folder, _)| folder == mount);
        if is_mounted && Device(machine.device_id(mount)) == *device {
            Ok(())
        } else {
            Err(refused(&self.folder, DestinationFault::Removed))
        }
    }

    /// Checks that a new, still empty file is on the stick.
    pub fn require_on_stick(&self, file: &File) -> Result<(), KioskError> {
        let Some((_, Device(Some(device)))) = &self.stick else {
            return Ok(());
        };
        match device_of(file) {
            Ok(found) if found == Some(*device) => Ok(()),
            _ => Err(refused(&self.folder, DestinationFault::Removed)),
        }
    }
}

fn mount_of(machine: &dyn Machine, real: &Path) -> Option<PathBuf> {
    let mounts = machine.removable().into_iter().map(|(folder, _)| folder);
    mounts
        .filter(|folder| real.starts_with(real_path(folder)))
        .max_by_key(|folder| folder.components().count())
}

fn refused(folder: &Path, fault: DestinationFault) -> KioskError {
    KioskError::Destination {
        path: folder.display().to_string(),
        fault,
    }
}

#[cfg(unix)]
fn device_of(file: &File) -> io::Result<Option<u64>> {
    Ok(Some(std::os::unix::fs::MetadataExt::dev(&file.metadata()?)))
}

#[cfg(not(unix))]
fn device_of(_: &File) -> io::Result<Option<u64>> {
    Ok(None)
}

/// The path without links, also for a path that does not exist yet.
pub(super) fn real_path(path: &Path) -> PathBuf {
    let existing = path.ancestors().find_map(|p| Some((p, p.canonicalize().ok()?)));
    existing.map_or_else(
        || path.to_owned(),
        |(part, real)| match path.strip_prefix(part) {
            Ok(rest) => real.join(rest),
            Err(_) => real,
        },
    )
}
