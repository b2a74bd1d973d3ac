//! `leads`: lists the leads.

use super::os_user;
use super::output::{CommandError, Output, printable};
use crate::store::{LeadRow, Store};
use expo_domain::lead::Interest;
use jiff::Timestamp;

#[derive(clap::Args)]
pub struct Args {
    /// List all revisions of all leads, also of leads that staff merged into another one.
    #[arg(long)]
    all_revisions: bool,
}

impl Args {
    /// Lists the leads. Who listed them is recorded first: without the entry nothing is shown.
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let (leads, unit) = if self.all_revisions {
            (store.lead_revisions()?, "revisions")
        } else {
            (store.leads()?, "leads")
        };
        let detail = format!("{} {unit}", leads.len());
        store.audit(&os_user::current(), "leads", &detail, Timestamp::now())?;
        print(&leads, unit, store, output)
    }
}

fn print(leads: &[LeadRow], unit: &str, store: &Store, output: Output) -> Result<(), CommandError> {
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
        "{} {unit}, {} in quarantine, {} in conflict",
        leads.len(),
        counts.quarantined,
        counts.conflicts
    ));
    output.print(&serde_json::to_value(leads)?, &lines.join("\n"))
}

/// `CODE LI-002`: the project, and the unit if there is one.
fn short(interest: &Interest) -> String {
    let unit = interest.unit_number.as_ref().or(interest.unit.as_ref());
    unit.map_or_else(
        || interest.project.clone(),
        |unit| format!("{} {unit}", interest.project),
    )
}
