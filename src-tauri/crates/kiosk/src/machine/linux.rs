//! [`Machine`] for Linux. Must not know: who asks.

use super::Machine;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Folders below which the desktop mounts removable media.
const PLACES_OF_STICKS: [&str; 2] = ["/media", "/run/media"];

/// What `/proc/self/loginuid` contains if nobody logged in.
const NO_LOGIN: u32 = u32::MAX;

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

    fn is_place_of_sticks(&self, path: &Path) -> bool {
        PLACES_OF_STICKS.iter().any(|place| path.starts_with(place))
    }

    #[cfg(unix)]
    fn user_id(&self) -> Option<u32> {
        let login = std::fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
        if let Some(user) = login.trim().parse::<u32>().ok().filter(|user| *user != NO_LOGIN) {
            return Some(user);
        }
        let process = std::fs::metadata("/proc/self").ok()?;
        Some(std::os::unix::fs::MetadataExt::uid(&process))
    }

    fn removable(&self) -> Vec<(PathBuf, String)> {
        let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
        let points = mounts.lines().filter_map(|line| line.split(' ').nth(1));
        points
            .map(|point| PathBuf::from(unescaped(point)))
            .filter(|point| self.is_place_of_sticks(point))
            .map(|point| {
                let label = point
                    .file_name()
                    .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                (point, label)
            })
            .collect()
    }
}

#[cfg(unix)]
pub(super) fn device_id(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path).ok()?;
    Some(std::os::unix::fs::MetadataExt::dev(&metadata))
}

#[cfg(not(unix))]
pub(super) fn device_id(_: &Path) -> Option<u64> {
    None
}

/// A mount point without the escapes of `/proc/mounts`: a backslash and three octal digits stand for a byte.
fn unescaped(point: &str) -> String {
    let mut bytes = Vec::with_capacity(point.len());
    let mut rest = point.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..3).filter(|_| *first == b'\\');
        let byte = code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        rest = if byte.is_some() { &after[3..] } else { after };
        bytes.push(byte.unwrap_or(*first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mount_points_are_unescaped() {
        assert_eq!(unescaped("/media/kiosk/STICK"), "/media/kiosk/STICK");
        assert_eq!(unescaped("/media/k/MY\\040STICK\\134A"), "/media/k/MY STICK\\A");
        assert_eq!(unescaped("/media/k/cl\\303\\251\\04"), "/media/k/clé\\04");
    }

    #[test]
    fn folders_of_desktops_are_places_of_sticks() {
        let machine = LinuxMachine::default();
        assert!(machine.is_place_of_sticks(Path::new("/media/kiosk/STICK")));
        assert!(machine.is_place_of_sticks(Path::new("/run/media/kiosk/STICK")));
        assert!(!machine.is_place_of_sticks(Path::new("/mediatheque")));
        assert!(!machine.is_place_of_sticks(Path::new("/home/kiosk")));
    }
}
