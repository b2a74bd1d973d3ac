//! What the kiosk does when the disk fills up: logs stop first, then pictures, then catalogues. A reserve file is deleted
//! last, so that leads can still be stored; after that, or when the disk cannot be written, visitors see that leads are
//! closed before they type. Must not know: leads, catalogues.

use super::Machine;
use super::environment::Environment;
use crate::atomic_file::{Access, write_atomic};
use crate::error::KioskError;
use crate::lock::lock;
use crate::views::DiskFault;
use expo_domain::audit::AuditAct;
use expo_store::{Leads, StoreError};
use expo_sync::DiskSpace;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Name of the reserve file in the data folder.
const RESERVE: &str = "reserve";
/// Name of the file that is written to test the disk.
const WRITE_TEST: &str = "write-test";
/// Size of that file: one block.
const WRITE_TEST_BYTES: usize = 4096;
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
    /// Result of the last write test.
    fault: Arc<Mutex<Option<DiskFault>>>,
}

impl Disk {
    pub fn new(env: Environment) -> Self {
        Self {
            env,
            fault: Arc::default(),
        }
    }

    /// Whether leads can be stored now.
    pub fn can_store_leads(&self) -> bool {
        match self.fault() {
            Some(DiskFault::NotWritable) => false,
            Some(DiskFault::Full) => self.reserve().exists(),
            None => self.env.disk_free() > MIN_FREE_FOR_LEADS || self.reserve().exists(),
        }
    }

    /// Why the data folder cannot be written, by the last test. A folder that could not be written at the start of the
    /// program stays so until the next start.
    pub fn fault(&self) -> Option<DiskFault> {
        let found = *lock(&self.fault);
        found.or_else(|| self.env.reads_a_copy().then_some(DiskFault::NotWritable))
    }

    /// Whether the data folder could not be written at the start of the program, and can be now.
    pub fn works_again(&self) -> bool {
        let can_open = || Leads::open(self.env.folder()).is_ok_and(|leads| !leads.is_copy());
        self.env.reads_a_copy() && lock(&self.fault).is_none() && can_open()
    }

    /// Tests whether the data folder can be written: free space alone does not tell, for a disk can fail or become
    /// read-only at any time. Call it regularly.
    pub fn test_write(&self) {
        let fault = self.write_and_sync().err().map(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskFault::Full,
            _ => DiskFault::NotWritable,
        });
        *lock(&self.fault) = fault;
    }

    /// Writes a new file next to the old one: overwriting needs no space, so it would succeed on a full disk.
    fn write_and_sync(&self) -> io::Result<()> {
        let path = self.env.folder().join(WRITE_TEST);
        write_atomic(&path, &path.with_extension("new"), Access::Default, |file| {
            file.write_all(&[0; WRITE_TEST_BYTES])
        })
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
