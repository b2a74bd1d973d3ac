//! `revoke`: revokes the token of a kiosk.

use super::output::{CommandError, Output};
use crate::store::Store;
use serde_json::json;

#[derive(clap::Args)]
pub struct Args {
    /// The kiosk, such as K03.
    kiosk: String,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let kiosk = &self.kiosk;
        if !store.revoke(kiosk)? {
            return Err(format!("there is no kiosk {kiosk:?}; 'kiosks' lists them").into());
        }
        let text = format!("The token of {kiosk} is revoked; enrol the kiosk again with a new code.");
        output.print(&json!({"revoked": kiosk}), &text)
    }
}
