//! The machine: clocks, disk, graphics, removable media, pages, run history, diagnosis, background work. Must not know:
//! catalogues, visitors, staff, the platform.

pub(crate) mod background;
pub(crate) mod diagnosis;
pub(crate) mod disk;
pub(crate) mod elapsed;
pub(crate) mod environment;
pub(crate) mod graphics;
mod linux;
pub(crate) mod page_watch;
pub(crate) mod run_history;

pub use linux::LinuxMachine;

use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// The machine that the kiosk runs on. Tests replace it to set clocks and disk space.
pub trait Machine: Send + Sync {
    /// Wall clock; it may be wrong and may jump.
    fn now(&self) -> Timestamp;
    /// Identifier of the current boot.
    fn boot_id(&self) -> String;
    /// Milliseconds since boot; never goes back.
    fn monotonic_ms(&self) -> u64;
    /// Free bytes on the file system of `path`.
    fn disk_free(&self, path: &Path) -> u64;
    /// Mount points of removable media, with their labels.
    fn removable(&self) -> Vec<(PathBuf, String)>;
}
