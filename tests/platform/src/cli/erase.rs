//! `erase`: erases a lead.

use super::output::{CommandError, Output};
use crate::store::Store;
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
        let revisions = store.erase(self.lead, self.kiosk.as_deref(), Timestamp::now())?;
        let text =
            format!("Erased {revisions} revisions here; the kiosks that sent the lead will erase it too.");
        output.print(&json!({"erased_revisions": revisions}), &text)
    }
}
