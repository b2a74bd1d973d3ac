//! What the kiosk does when the disk fills up: logs stop first, then pictures, then catalogues. A reserve file is deleted
//! last, so that leads can still be stored; after that, visitors see that leads are closed before they type. Must not
//! know: leads, catalogues.

use super::Machine;
use super::environment::Environment;
use crate::atomic_file::{Access, write_atomic};
use crate::error::KioskError;
use expo_domain::audit::AuditAct;
use expo_store::StoreError;
use expo_sync::DiskSpace;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the reserve file in the data folder.
const RESERVE: &str = "reserve";
const MIB: u64 = 1024 * 1024;
/// Size of the reserve file: room for thousands of leads and their write-ahead log.
const RESERVE_BYTES: u64 = 32 * MIB;
/// The doctor and the staff window report less free space than this.
const LOW_DISK_BYTES: u64 = 1024 * MIB;
/// Nothing is logged with less free space than this.
const MIN_FREE_FOR_LOGS: u64 = 512 * MIB;
/// No picture is downloaded with less free space than this.
const MIN_FREE_FOR_PICTURES: u64 = 256 * MIB;
/// No catalogue is downloaded with less free space than this.
const MIN_FREE_FOR_CATALOGUES: u64 = 128 * MIB;
/// Free space that must remain after the reserve is created again.
const MIN_FREE_AFTER_RESERVE: u64 = 64 * MIB;
/// The reserve is deleted with less free space than this.
const MIN_FREE_FOR_LEADS: u64 = 8 * MIB;

/// Whether `free` bytes are so few that doctor and the staff window report it.
pub(crate) const fn disk_is_low(free: u64) -> bool {
    free < LOW_DISK_BYTES
}

/// Deletes the reserve if the disk is nearly full, before a database is opened: without room for its log it does not
/// open. Returns whether it deleted the reserve.
pub(crate) fn make_room(folder: &Path, machine: &dyn Machine) -> bool {
    machine.disk_free(folder) < MIN_FREE_FOR_LEADS && fs::remove_file(folder.join(RESERVE)).is_ok()
}

/// The disk of the data folder and its reserve file. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Disk {
    env: Environment,
}

impl Disk {
    pub const fn new(env: Environment) -> Self {
        Self { env }
    }

    /// Whether leads can be stored now.
    pub fn has_room_for_leads(&self) -> bool {
        self.env.disk_free() > MIN_FREE_FOR_LEADS || self.reserve().exists()
    }

    /// Whether there is room for logs.
    pub fn has_room_for_logs(&self) -> bool {
        self.env.disk_free() > MIN_FREE_FOR_LOGS
    }

    /// Deletes the reserve when the disk is nearly full, and creates it again when there is room.
    pub fn maintain_reserve(&self) -> Result<(), StoreError> {
        let free = self.env.disk_free();
        let exists = self.reserve().exists();
        if exists && free < MIN_FREE_FOR_LEADS {
            self.delete_reserve();
        } else if !exists && free > RESERVE_BYTES + MIN_FREE_AFTER_RESERVE {
            let path = self.reserve();
            write_atomic(&path, &path.with_extension("new"), Access::Default, |file| {
                fs4::FileExt::allocate(file, RESERVE_BYTES)
            })
            .map_err(|error| StoreError::io("creating the reserve file", &error))?;
        }
        Ok(())
    }

    /// What the free space suffices for, besides leads.
    pub fn space(&self) -> DiskSpace {
        match self.env.disk_free() {
            free if free < MIN_FREE_FOR_CATALOGUES => DiskSpace::ForLeadsOnly,
            free if free < MIN_FREE_FOR_PICTURES => DiskSpace::NotForPictures,
            _ => DiskSpace::ForAll,
        }
    }

    /// Runs `work`. If the disk is full, deletes the reserve and runs it once more.
    pub fn with_reserve<T>(&self, work: impl Fn() -> Result<T, KioskError>) -> Result<T, KioskError> {
        match work() {
            Err(KioskError::Store(StoreError::Full)) if self.delete_reserve() => work(),
            result => result,
        }
    }

    /// Whether the reserve was deleted and there is no room to create it again.
    pub fn lacks_reserve(&self) -> bool {
        !self.reserve().exists() && self.env.disk_free() <= RESERVE_BYTES + MIN_FREE_AFTER_RESERVE
    }

    /// Records in the audit log that the reserve was deleted.
    pub fn audit_deleted_reserve(&self) {
        // There may be no room for the entry; leads are more important.
        let _ = self.env.audit(AuditAct::ReserveGivenUp, &[]);
    }

    fn delete_reserve(&self) -> bool {
        let deleted = fs::remove_file(self.reserve()).is_ok();
        if deleted {
            self.audit_deleted_reserve();
        }
        deleted
    }

    fn reserve(&self) -> PathBuf {
        self.env.folder().join(RESERVE)
    }
}
