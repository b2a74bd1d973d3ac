//! `reused-tickets`: lists leads whose ticket another lead has too.

use super::output::{CommandError, Output, printable};
use crate::store::Store;

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let rows = store.reused_tickets()?;
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let [stop, ticket] = [&row.stop, &row.ticket].map(|text| printable(text));
            format!(
                "{stop}\t{ticket}\t{}\t{}\t{}",
                row.id, row.sent_by, row.received_at
            )
        })
        .collect();
    lines.push(format!(
        "{} tickets that more than one lead has",
        store.reused_ticket_count()?
    ));
    output.print(&serde_json::to_value(&rows)?, &lines.join("\n"))
}
