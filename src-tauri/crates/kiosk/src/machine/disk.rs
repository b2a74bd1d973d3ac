//! A disk that fills: logs stop first, then pictures, then catalogues; a reserve is given up last, so that leads can
//! still be taken. When even that is gone, visitors are told before they type.

use crate::parts::allot;
use crate::{Kiosk, KioskError, Machine};
use std::fs;
use std::path::{Path, PathBuf};
use store::StoreError;
use sync::Room;

/// Name of the reserve in the data folder.
const RESERVE: &str = "reserve";
const MIB: u64 = 1024 * 1024;
/// Bytes of the reserve: thousands of leads, their log included.
const RESERVE_BYTES: u64 = 32 * MIB;
/// Free bytes under which nothing is logged any more.
const FOR_LOGS: u64 = 512 * MIB;
/// Free bytes under which no picture is fetched.
const FOR_PICTURES: u64 = 256 * MIB;
/// Free bytes under which no catalogue is fetched.
const FOR_CATALOGUES: u64 = 128 * MIB;
/// Free bytes that must remain beside a reserve that is made anew.
const BESIDE_RESERVE: u64 = 64 * MIB;
/// Free bytes under which the reserve is given up.
const FOR_LEADS: u64 = 8 * MIB;

/// Gives the reserve up before anything is opened: on a disk without room for its log, no database opens. Whether it
/// did.
pub(crate) fn make_room(folder: &Path, machine: &dyn Machine) -> bool {
    machine.disk_free(folder) < FOR_LEADS && fs::remove_file(folder.join(RESERVE)).is_ok()
}

impl Kiosk {
    /// Whether leads can be stored now; to be said before a visitor types.
    pub fn leads_open(&self) -> bool {
        self.free() > FOR_LEADS || self.reserve().exists()
    }

    /// Whether there is room for logs.
    pub fn logs_open(&self) -> bool {
        self.free() > FOR_LOGS
    }

    /// Looks after the reserve: to be called every few seconds. It is given up when the disk is nearly full, and made
    /// again when there is room.
    pub fn tend_disk(&self) -> Result<(), KioskError> {
        let free = self.free();
        let there = self.reserve().exists();
        if there && free < FOR_LEADS {
            self.give_up_reserve();
        } else if !there && free > RESERVE_BYTES + BESIDE_RESERVE {
            let path = self.reserve();
            let building = path.with_extension("new");
            let made = allot(&building, RESERVE_BYTES).and_then(|()| fs::rename(&building, path));
            made.map_err(|error| {
                // Half a reserve takes room and helps nobody.
                let _ = fs::remove_file(&building);
                StoreError::io("making the reserve", &error)
            })?;
        }
        Ok(())
    }

    /// What there is room for beside leads.
    pub(crate) fn room(&self) -> Room {
        match self.free() {
            free if free < FOR_CATALOGUES => Room::ForLeadsOnly,
            free if free < FOR_PICTURES => Room::NotForPictures,
            _ => Room::ForAll,
        }
    }

    /// Does what has to be kept, once more with the reserve given up when the disk is full.
    pub(crate) fn with_reserve<T>(&self, work: impl Fn() -> Result<T, KioskError>) -> Result<T, KioskError> {
        match work() {
            Err(KioskError::Store(StoreError::Full)) if self.give_up_reserve() => work(),
            done => done,
        }
    }

    /// Whether the reserve was given up and could not be made again yet.
    pub(crate) fn lacks_reserve(&self) -> bool {
        !self.reserve().exists() && self.free() <= RESERVE_BYTES + BESIDE_RESERVE
    }

    fn give_up_reserve(&self) -> bool {
        let given_up = fs::remove_file(self.reserve()).is_ok();
        if given_up {
            self.note_reserve();
        }
        given_up
    }

    /// Writes down that the reserve was given up.
    pub(crate) fn note_reserve(&self) {
        // There may be no room for this note; the room is for leads.
        let _ = self.audit("reserve_given_up", String::new());
    }

    fn free(&self) -> u64 {
        self.machine.disk_free(&self.folder)
    }

    fn reserve(&self) -> PathBuf {
        self.folder.join(RESERVE)
    }
}
