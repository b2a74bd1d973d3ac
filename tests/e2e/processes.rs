//! Processes of the machine, read from `/proc`: children, descendants and programs on a data folder. Must not know what a
//! process is for.

use crate::Failure;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The children of every running process.
pub fn children() -> Result<BTreeMap<u32, Vec<u32>>, Failure> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pid in running()? {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in parentheses may contain any character; the parent is the second field after it.
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(pid);
        }
    }
    Ok(children)
}

/// A process and all its descendants.
pub fn tree(root: u32) -> Result<Vec<u32>, Failure> {
    let children = children()?;
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(pid) = tree.get(next) {
        tree.extend(children.get(pid).into_iter().flatten());
        next += 1;
    }
    Ok(tree)
}

/// The processes of a program whose name contains `name`, among `pids`.
pub fn named(pids: &[u32], name: &str) -> Vec<u32> {
    let is_named = |pid: &&u32| {
        arguments(**pid)
            .first()
            .is_some_and(|path| base_name(path).contains(name))
    };
    pids.iter().filter(is_named).copied().collect()
}

/// The processes of a program with the name `program` that have the argument `argument`.
pub fn with_argument(program: &str, argument: &Path) -> Result<Vec<u32>, Failure> {
    let matches = |pid: &u32| {
        let words = arguments(*pid);
        let is_program = words.first().is_some_and(|path| base_name(path) == program);
        is_program && words.iter().skip(1).any(|word| Path::new(word) == argument)
    };
    Ok(running()?.into_iter().filter(matches).collect())
}

/// Whether a process exists and is no zombie.
pub fn is_running(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    state.is_some_and(|state| state != 'Z' && state != 'X')
}

/// Sends a signal such as `KILL` or `STOP` to one process.
pub fn send_signal(pid: u32, signal: &str) -> Result<(), Failure> {
    let status = Command::new("kill")
        .args([&format!("-{signal}"), &pid.to_string()])
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("cannot send SIG{signal} to process {pid}").into())
    }
}

fn running() -> Result<Vec<u32>, Failure> {
    let names = fs::read_dir("/proc")?.flatten().map(|entry| entry.file_name());
    Ok(names.filter_map(|name| name.to_str()?.parse().ok()).collect())
}

fn arguments(pid: u32) -> Vec<String> {
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    line.split('\0').map(ToOwned::to_owned).collect()
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
