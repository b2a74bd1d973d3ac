//! What `strace` writes, and when bytes were on the disk by it. Must not know what the program means by its calls.

use std::collections::BTreeSet;

/// What puts bytes on the disk.
pub const WRITES: [&str; 2] = ["pwrite64", "write"];
/// What sees to it that they stay there.
pub const SYNCS: [&str; 2] = ["fsync", "fdatasync"];

/// One call of a trace.
pub struct Call<'a> {
    /// Its name.
    pub name: &'a str,
    /// The file, or what stands for it.
    path: &'a str,
    /// Whether it was done when this line was written.
    worked: bool,
    line: &'a str,
}

impl<'a> Call<'a> {
    /// From a line such as `17 fsync(4</a/leads.db-wal>) = 0`; none for the end of a call that was interrupted.
    pub fn read(line: &'a str) -> Option<Self> {
        let (_, call) = line.split_once(' ')?;
        let (name, rest) = call.trim_start().split_once('(')?;
        let known = WRITES.contains(&name) || SYNCS.contains(&name);
        let (_, rest) = known.then_some(rest)?.split_once('<')?;
        let (path, _) = rest.split_once('>')?;
        let (_, result) = line.rsplit_once("= ").unwrap_or(("", "-1"));
        let worked = !result.starts_with('-') && !line.ends_with("<unfinished ...>");
        Some(Self {
            name,
            path,
            worked,
            line,
        })
    }
}

/// Files of the leads with bytes that no sync had brought to the disk when the ticket was told.
pub fn unsynced(trace: &str) -> Result<BTreeSet<String>, &'static str> {
    let (mut written, mut unsynced) = (false, BTreeSet::new());
    for call in trace.lines().filter_map(Call::read) {
        let file = call.path.rsplit('/').next().unwrap_or_default();
        let is_leads = ["leads.db", "leads.db-wal"].contains(&file);
        match (WRITES.contains(&call.name), is_leads) {
            (true, true) => {
                written = true;
                unsynced.insert(file.to_owned());
            }
            // A call that another thread interrupted in the trace is not counted on.
            (false, true) if call.worked => {
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
    Err("no ticket was told")
}
