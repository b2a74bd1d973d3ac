//! `erase`: erases a lead, and the leads that staff merged with it.

use super::output::{CommandError, Output};
use crate::store::{ErasureError, Store};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

#[derive(clap::Args)]
pub struct Args {
    /// The lead's identifier, as 'leads --json' shows it.
    lead: Uuid,
    /// Also notify this kiosk, even if it did not send the lead.
    #[arg(long, value_name = "KIOSK")]
    kiosk: Option<String>,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let leads = store.merged_leads(self.lead)?;
        let mut revisions = 0;
        for lead in &leads {
            match store.erase(*lead, self.kiosk.as_deref(), Timestamp::now()) {
                // It was merged on a kiosk and did not arrive here: the kiosk erases it.
                Err(ErasureError::Unknown(_)) if *lead != self.lead => {}
                erased => revisions += erased?,
            }
        }
        let mut text =
            format!("Erased {revisions} revisions here; the kiosks that sent the lead will erase it too.");
        if leads.len() > 1 {
            let others = leads.len() - 1;
            text = format!("{text} Leads that were merged with it and erased: {others}.");
        }
        let merged: Vec<&Uuid> = leads.iter().filter(|lead| **lead != self.lead).collect();
        output.print(&json!({"erased_revisions": revisions, "merged": merged}), &text)
    }
}
