//! `keygen`: creates, imports or shows the keys.

use super::output::{CommandError, Output};
use crate::app::KeySource;
use crate::keys::Keys;
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Import a publisher key from a minisign file, secret or public, instead of creating one.
    #[arg(long, value_name = "FILE")]
    publisher: Option<PathBuf>,
}

impl Args {
    /// Imports the publisher key, if one is given, before the store is opened and creates its own.
    pub fn import_publisher(&self, keys: &KeySource) -> Result<(), CommandError> {
        let Some(file) = &self.publisher else {
            return Ok(());
        };
        let KeySource::Folder(dir) = keys else {
            return Err("the keys are those of the environment; set EXPO_PUBLISHER_KEY instead".into());
        };
        Ok(Keys::import_publisher(dir, file)?)
    }
}

/// Prints the public halves of the keys.
pub fn show(keys: &Keys, output: Output) -> Result<(), CommandError> {
    let (recipient, publisher) = (keys.recipient().to_string(), keys.publisher.to_string());
    let text = format!("Leads recipient: {recipient}\nPublisher key:   {publisher}");
    let value = json!({"leads_recipient": recipient, "publisher_key": publisher});
    output.print(&value, &text)
}
