//! `leads`: lists the leads.

use super::output::{CommandError, Output};
use crate::store::Store;

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let leads = store.leads()?;
    let mut lines: Vec<String> = leads
        .iter()
        .map(|lead| {
            let contact = lead.phone.as_deref().or(lead.email.as_deref()).unwrap_or("-");
            format!("{}\t{}\t{}\t{contact}", lead.received_at, lead.ticket, lead.name)
        })
        .collect();
    let counts = store.counts()?;
    lines.push(format!(
        "{} leads, {} in quarantine, {} in conflict",
        leads.len(),
        counts.quarantined,
        counts.conflicts
    ));
    output.print(&serde_json::to_value(&leads)?, &lines.join("\n"))
}
