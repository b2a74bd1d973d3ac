//! The machine that measures, and the memory of its processes, from Linux' `/proc`. Must not know benches.

use crate::Failure;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::process::Command;

/// What the figures were measured on.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    processor: String,
    cores: usize,
    memory_mib: u64,
    system: String,
    kernel: String,
    rustc: String,
    /// Commit measured, with `+` when files were changed since.
    commit: String,
    /// Processes that wanted a core in the last minute, when the bench began: far above the cores, tails are those of
    /// the machine and not of the program.
    load: f64,
}

impl Machine {
    pub fn look() -> Self {
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
        let said = |program: &str, arguments: &[&str]| version(program, arguments).unwrap_or_default();
        // The tree this program was built from, wherever it is called.
        let git = |arguments: &[&str]| {
            let here = ["-C", env!("CARGO_MANIFEST_DIR")];
            said("git", &[here.as_slice(), arguments].concat())
        };
        let changed = !git(&["status", "--porcelain", "--untracked-files=no"]).is_empty();
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
            rustc: said("rustc", &["--version"]),
            commit: git(&["rev-parse", "--short", "HEAD"]) + if changed { "+" } else { "" },
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

/// The first line a program says, such as its version.
pub fn version(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output
        .status
        .success()
        .then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Proportional memory (PSS) of processes and all their children, in MiB. Shared pages count by their share.
pub fn memory_of_trees(roots: &[u32]) -> Result<f64, Failure> {
    let children = children()?;
    let mut tree: BTreeSet<u32> = BTreeSet::new();
    let mut ahead: Vec<u32> = roots.to_vec();
    while let Some(pid) = ahead.pop() {
        if tree.insert(pid) {
            ahead.extend(children.get(&pid).into_iter().flatten());
        }
    }
    let kib: u64 = tree.iter().filter_map(|pid| pss(*pid)).sum();
    if kib == 0 {
        Err("the processes to weigh are not there".into())
    } else {
        Ok(kib as f64 / 1_024.0)
    }
}

/// The processes that a process has started and that still run.
pub fn children_of(pid: u32) -> Result<Vec<u32>, Failure> {
    Ok(children()?.remove(&pid).unwrap_or_default())
}

fn children() -> Result<BTreeMap<u32, Vec<u32>>, Failure> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name in parentheses may hold anything; the parent is the second word after it.
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(pid);
        }
    }
    Ok(children)
}

/// Processes of a program, by a part of its name, with an argument that ends so.
pub fn processes_with(program: &str, argument: &str) -> Result<Vec<u32>, Failure> {
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
    fn a_process_and_its_child_weigh_more_than_nothing() {
        let own = memory_of_trees(&[std::process::id()]).unwrap();
        assert!(own > 0.5, "{own} MiB");
        assert!(memory_of_trees(&[u32::MAX]).is_err());
    }

    #[test]
    fn what_a_program_says_is_its_first_line() {
        assert_eq!(version("printf", &["a 1\nb"]), Some("a 1".to_owned()));
        assert_eq!(version("false", &[]), None);
    }
}
