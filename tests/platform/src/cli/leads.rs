//! `leads`: lists the leads.

use super::os_user;
use super::output::{CommandError, Output, printable};
use crate::store::Store;
use expo_domain::lead::Interest;
use jiff::Timestamp;

/// Lists the leads. Who listed them is recorded first: without the entry nothing is shown.
pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let leads = store.leads()?;
    let detail = format!("{} leads", leads.len());
    store.audit(&os_user::current(), "leads", &detail, Timestamp::now())?;
    let mut lines: Vec<String> = leads
        .iter()
        .map(|lead| {
            let contact = lead.phone.as_deref().or(lead.email.as_deref()).unwrap_or("-");
            let interests: Vec<String> = lead.interests.iter().map(short).collect();
            let interests = interests.join(", ");
            let [ticket, name, contact, interests] =
                [&lead.ticket, &lead.name, contact, &interests].map(printable);
            format!("{}\t{ticket}\t{name}\t{contact}\t{interests}", lead.received_at)
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
