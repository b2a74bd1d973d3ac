//! [`Machine`] for Linux. Must not know: who asks.

use super::Machine;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Reads `/proc`. On other systems the start of the program counts as boot: waits start again with the program and are
/// never shortened.
pub struct LinuxMachine {
    started: Instant,
    fallback_boot_id: String,
}

impl Default for LinuxMachine {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            fallback_boot_id: uuid::Uuid::now_v7().to_string(),
        }
    }
}

impl Machine for LinuxMachine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn boot_id(&self) -> String {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        id.map_or_else(|_| self.fallback_boot_id.clone(), |id| id.trim().to_owned())
    }

    /// The identifier that the installation of the system created, and the host name: copies of a disk share the first.
    fn machine_id(&self) -> Option<String> {
        let id = std::fs::read_to_string("/etc/machine-id").ok()?;
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let id = id.trim();
        (!id.is_empty()).then(|| format!("{id} {}", host.trim()))
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
        // A folder that does not exist yet is on the file system of its nearest existing parent.
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
