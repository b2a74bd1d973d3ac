//! `visits`: lists the anonymous counts of visits by day, stop and kiosk.

use super::output::{CommandError, Output, printable};
use crate::store::{Store, VisitDayRow};

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let days = store.visit_days()?;
    let line = |row: &VisitDayRow| {
        let count = |name: &str| row.counts.get(name).copied().unwrap_or(0);
        format!(
            "{}\t{}\t{}\t{} visits\t{} leads\t{} searches without result",
            row.day,
            printable(&row.stop),
            row.kiosk,
            count("visits"),
            count("leads"),
            count("no_result"),
        )
    };
    let lines: Vec<String> = days.iter().map(line).collect();
    output.print(&serde_json::to_value(&days)?, &lines.join("\n"))
}
