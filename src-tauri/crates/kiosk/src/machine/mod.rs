//! The machine: clocks, disk, graphics, check of the leads, removable media, pages, run history, diagnosis, background work.
//! Must not know: catalogues, visitors, staff, the platform.

pub(crate) mod background;
pub(crate) mod diagnosis;
pub(crate) mod disk;
pub(crate) mod elapsed;
pub(crate) mod environment;
pub(crate) mod graphics;
pub(crate) mod lead_check;
mod linux;
mod medium;
pub(crate) mod page_watch;
pub(crate) mod run_history;

pub use linux::LinuxMachine;
pub use medium::{FileSystem, Medium};

use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// The machine that the kiosk runs on. Tests replace it to set clocks and disk space.
pub trait Machine: Send + Sync {
    /// Wall clock; it may be wrong and may jump.
    fn now(&self) -> Timestamp;
    /// Identifier of the current boot.
    fn boot_id(&self) -> String;
    /// Text that differs from machine to machine; `None` if there is none.
    fn machine_id(&self) -> Option<String>;
    /// Milliseconds since boot; never goes back.
    fn monotonic_ms(&self) -> u64;
    /// Free bytes on the file system of `path`.
    fn disk_free(&self, path: &Path) -> u64;
    /// Device of the file system that a path is on; `None` if unknown.
    fn device_id(&self, path: &Path) -> Option<u64> {
        linux::device_id(path)
    }
    /// Whether removable media are mounted below this path's folders: without a medium nothing must be written there.
    fn is_place_of_sticks(&self, _path: &Path) -> bool {
        false
    }
    /// Identifier of the user of the operating system who logged in, also if `sudo` was used since; otherwise of the user
    /// that runs the program. `None` if unknown.
    fn user_id(&self) -> Option<u32> {
        None
    }
    /// How files of exports reach their medium.
    fn medium(&self) -> &dyn Medium {
        &FileSystem
    }
    /// Mount points of removable media, with their labels.
    fn removable(&self) -> Vec<(PathBuf, String)>;
}
