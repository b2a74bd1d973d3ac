//! `kiosks`: lists the kiosks.

use super::output::{CommandError, Output, printable};
use crate::store::{KioskRow, Store};

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let kiosks = store.kiosks()?;
    let line = |row: &KioskRow| {
        let waiting = row.heartbeat.as_ref().map_or(0, |heartbeat| heartbeat.waiting);
        let last_contact = row.heartbeat_at.as_deref().unwrap_or("never");
        let stop = printable(row.stop.as_deref().unwrap_or("-"));
        let mut line = format!(
            "{}\t{stop}\tlast contact {last_contact}\t{waiting} waiting",
            row.kiosk
        );
        for (applies, concern) in [
            (
                row.copied_at.is_some(),
                "a copy reports under this name: enrol each machine again",
            ),
            (
                row.audit_returned_at.is_some(),
                "its audit log returned to an earlier state",
            ),
            (row.has_damaged_leads(), "some of its leads are damaged"),
        ] {
            if applies {
                line += "\t";
                line += concern;
            }
        }
        line
    };
    let lines: Vec<String> = kiosks.iter().map(line).collect();
    output.print(&serde_json::to_value(&kiosks)?, &lines.join("\n"))
}
