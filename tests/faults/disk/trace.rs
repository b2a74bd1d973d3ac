//! Reads `strace` output and decides which bytes were synced to the disk. Must not know the program.

use std::collections::BTreeSet;

/// System calls that write.
pub const WRITES: [&str; 2] = ["pwrite64", "write"];
/// System calls that make written bytes durable.
pub const SYNCS: [&str; 2] = ["fsync", "fdatasync"];

/// One system call of a trace.
pub struct Call<'a> {
    /// Its name.
    pub name: &'a str,
    /// The file of its descriptor.
    path: &'a str,
    /// Whether it succeeded and had finished when this line was written.
    succeeded: bool,
    line: &'a str,
}

impl<'a> Call<'a> {
    /// Parses a line such as `17 fsync(4</a/leads.db-wal>) = 0`. Returns `None` for other calls and for the second half of
    /// an interrupted call.
    pub fn parse(line: &'a str) -> Option<Self> {
        let (_, call) = line.split_once(' ')?;
        let (name, rest) = call.trim_start().split_once('(')?;
        let known = WRITES.contains(&name) || SYNCS.contains(&name);
        let (_, rest) = known.then_some(rest)?.split_once('<')?;
        let (path, _) = rest.split_once('>')?;
        let (_, result) = line.rsplit_once("= ").unwrap_or(("", "-1"));
        let succeeded = !result.starts_with('-') && !line.ends_with("<unfinished ...>");
        Some(Self {
            name,
            path,
            succeeded,
            line,
        })
    }
}

/// Lead database files with written but unsynced bytes at the moment the ticket was printed.
pub fn unsynced(trace: &str) -> Result<BTreeSet<String>, &'static str> {
    let (mut written, mut unsynced) = (false, BTreeSet::new());
    for call in trace.lines().filter_map(Call::parse) {
        let file = call.path.rsplit('/').next().unwrap_or_default();
        let is_leads = ["leads.db", "leads.db-wal"].contains(&file);
        match (WRITES.contains(&call.name), is_leads) {
            (true, true) => {
                written = true;
                unsynced.insert(file.to_owned());
            }
            // A call interrupted in the trace by another thread does not count as synced.
            (false, true) if call.succeeded => {
                unsynced.remove(file);
            }
            (true, false) if call.line.contains("ticket") => {
                return if written {
                    Ok(unsynced)
                } else {
                    Err("nothing was written")
                };
            }
            _ => {}
        }
    }
    Err("no ticket was printed")
}
