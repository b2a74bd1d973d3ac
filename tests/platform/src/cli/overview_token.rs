//! `overview-token`: creates or revokes tokens for the overview.

use super::output::{CommandError, Output};
use crate::store::Store;
use jiff::Timestamp;
use serde_json::json;

#[derive(clap::Args)]
pub struct Args {
    /// Revoke all overview tokens instead.
    #[arg(long)]
    revoke: bool,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        if self.revoke {
            let revoked = store.revoke_overview_tokens()?;
            return output.print(
                &json!({"revoked": revoked}),
                &format!("{revoked} tokens are revoked."),
            );
        }
        let token = store.new_overview_token(Timestamp::now())?;
        output.print(&json!({"token": token}), &token)
    }
}
