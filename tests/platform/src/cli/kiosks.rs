//! `kiosks`: lists the kiosks.

use super::output::{CommandError, Output};
use crate::store::{KioskRow, Store};

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let kiosks = store.kiosks()?;
    let line = |row: &KioskRow| {
        let waiting = row.heartbeat.as_ref().map_or(0, |heartbeat| heartbeat.waiting);
        let last_contact = row.heartbeat_at.as_deref().unwrap_or("never");
        let stop = row.stop.as_deref().unwrap_or("-");
        format!(
            "{}\t{stop}\tlast contact {last_contact}\t{waiting} waiting",
            row.kiosk
        )
    };
    let lines: Vec<String> = kiosks.iter().map(line).collect();
    output.print(&serde_json::to_value(&kiosks)?, &lines.join("\n"))
}
