//! `leads`: lists the leads.

use super::output::{CommandError, Output};
use crate::store::Store;
use expo_domain::lead::Interest;

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let leads = store.leads()?;
    let mut lines: Vec<String> = leads
        .iter()
        .map(|lead| {
            let contact = lead.phone.as_deref().or(lead.email.as_deref()).unwrap_or("-");
            let interests: Vec<String> = lead.interests.iter().map(short).collect();
            let interests = interests.join(", ");
            format!(
                "{}\t{}\t{}\t{contact}\t{interests}",
                lead.received_at, lead.ticket, lead.name
            )
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

/// `CODE LI-002`: the project, and the unit if there is one.
fn short(interest: &Interest) -> String {
    let unit = interest.unit_number.as_ref().or(interest.unit.as_ref());
    unit.map_or_else(
        || interest.project.clone(),
        |unit| format!("{} {unit}", interest.project),
    )
}
