//! What use-cases need of the machine: time, the start of the machine, disk space. Passed in, so that tests can
//! make clocks jump.

use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The machine the kiosk runs on.
pub trait Machine: Send + Sync {
    /// Wall clock; may be wrong and may jump.
    fn now(&self) -> Timestamp;
    /// Identifies the start of the machine.
    fn boot_id(&self) -> String;
    /// Milliseconds since that start; only goes forward.
    fn monotonic_ms(&self) -> u64;
    /// Free bytes where `path` lies.
    fn disk_free(&self, path: &Path) -> u64;
    /// Mounted removable media, as folder and label.
    fn removable(&self) -> Vec<(PathBuf, String)>;
}

/// A machine with Linux' `/proc`. Elsewhere the start of the program stands for the start of the machine: a wait
/// begins anew with the program, it is never shortened.
pub struct LinuxMachine {
    started: Instant,
    own_id: String,
}

impl Default for LinuxMachine {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            own_id: uuid::Uuid::now_v7().to_string(),
        }
    }
}

impl Machine for LinuxMachine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn boot_id(&self) -> String {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        id.map_or_else(|_| self.own_id.clone(), |id| id.trim().to_owned())
    }

    fn monotonic_ms(&self) -> u64 {
        let text = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
        let seconds = text.split(' ').next().and_then(|s| s.parse::<f64>().ok());
        seconds.map_or_else(
            || self.started.elapsed().as_millis() as u64,
            |s| (s * 1_000.0) as u64,
        )
    }

    fn disk_free(&self, path: &Path) -> u64 {
        // A folder that does not exist yet lies where its nearest existing parent lies.
        let existing = path.ancestors().find(|p| p.exists()).unwrap_or(path);
        fs4::available_space(existing).unwrap_or(0)
    }

    fn removable(&self) -> Vec<(PathBuf, String)> {
        let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
        let points = mounts.lines().filter_map(|line| line.split(' ').nth(1));
        points
            .map(|point| PathBuf::from(point.replace("\\040", " ")))
            .filter(|point| point.starts_with("/media") || point.starts_with("/run/media"))
            .map(|point| {
                let label = point
                    .file_name()
                    .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                (point, label)
            })
            .collect()
    }
}
