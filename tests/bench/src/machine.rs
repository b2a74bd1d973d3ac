//! Description of the machine, and memory of processes, read from `/proc`. Must not know the benches.

use crate::Failure;
use acceptance::processes::children;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::process::Command;

/// The machine, system and source revision of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    processor: String,
    cores: usize,
    memory_mib: u64,
    system: String,
    kernel: String,
    rustc: String,
    /// Measured commit, with `+` if there are uncommitted changes.
    commit: String,
    /// Load average of the last minute at the start. If it is far above `cores`, slow outliers come from the machine and
    /// not from the program.
    load: f64,
}

impl Machine {
    /// Reads the description of this machine.
    pub fn detect() -> Self {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let after = |text: &str, name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_default();
            line.trim_start_matches([' ', '\t', ':', '='])
                .trim_matches(['"', ' '])
                .to_owned()
        };
        let first_line = |program: &str, arguments: &[&str]| version(program, arguments).unwrap_or_default();
        // The source tree this program was built from, independent of the current folder.
        let git = |arguments: &[&str]| {
            let in_source_tree = ["-C", env!("CARGO_MANIFEST_DIR")];
            first_line("git", &[in_source_tree.as_slice(), arguments].concat())
        };
        let is_modified = !git(&["status", "--porcelain", "--untracked-files=no"]).is_empty();
        let memory = after(&read("/proc/meminfo"), "MemTotal");
        Self {
            processor: after(&read("/proc/cpuinfo"), "model name"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: memory
                .split(' ')
                .next()
                .and_then(|kib| kib.parse::<u64>().ok())
                .unwrap_or_default()
                / 1_024,
            system: after(&read("/etc/os-release"), "PRETTY_NAME"),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            rustc: first_line("rustc", &["--version"]),
            commit: git(&["rev-parse", "--short", "HEAD"]) + if is_modified { "+" } else { "" },
            load: read("/proc/loadavg")
                .split(' ')
                .next()
                .and_then(|load| load.parse().ok())
                .unwrap_or_default(),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            processor,
            cores,
            memory_mib,
            system,
            kernel,
            rustc,
            commit,
            load,
        } = self;
        write!(
            f,
            "{processor}, {cores} cores, {memory_mib} MiB, {system}, Linux {kernel}, {rustc}, commit {commit}, load {load}"
        )
    }
}

/// The first line that a program prints, such as its version; `None` if it fails.
pub fn version(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Proportional set size (PSS) of processes and all their descendants, in MiB. Shared pages count in proportion.
pub fn memory_of_process_trees(roots: &[u32]) -> Result<f64, Failure> {
    let children = children()?;
    let mut tree: BTreeSet<u32> = BTreeSet::new();
    let mut pending: Vec<u32> = roots.to_vec();
    while let Some(pid) = pending.pop() {
        if tree.insert(pid) {
            pending.extend(children.get(&pid).into_iter().flatten());
        }
    }
    let kib: u64 = tree.iter().filter_map(|pid| pss(*pid)).sum();
    if kib == 0 {
        Err("the processes to measure do not run".into())
    } else {
        Ok(kib as f64 / 1_024.0)
    }
}

/// The running child processes of a process.
pub fn children_of(pid: u32) -> Result<Vec<u32>, Failure> {
    Ok(children()?.remove(&pid).unwrap_or_default())
}

/// Processes whose program name contains `program` and that have an argument ending in `argument`.
pub fn find_processes(program: &str, argument: &str) -> Result<Vec<u32>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let line = fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        let mut words = line.split('\0');
        let name = words
            .next()
            .and_then(|path| path.rsplit('/').next())
            .unwrap_or_default();
        if name.contains(program) && words.any(|word| word.ends_with(argument)) {
            found.push(pid);
        }
    }
    Ok(found)
}

fn pss(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_of_own_process_is_positive() {
        let own = memory_of_process_trees(&[std::process::id()]).unwrap();
        assert!(own > 0.5, "{own} MiB");
        assert!(memory_of_process_trees(&[u32::MAX]).is_err());
    }

    #[test]
    fn version_is_the_first_output_line() {
        assert_eq!(version("printf", &["a 1\nb"]), Some("a 1".to_owned()));
        assert_eq!(version("false", &[]), None);
    }
}
