//! `withdraw`: stops offering a published catalogue version.

use super::os_user;
use super::output::{CommandError, Output};
use crate::store::{FIRST_FORMAT, Store};
use jiff::Timestamp;
use serde_json::json;

#[derive(clap::Args)]
pub struct Args {
    /// The version, as 'publish' printed it.
    version: u64,
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let (version, now) = (self.version, Timestamp::now());
        store.withdraw(version, now)?;
        store.audit(
            &os_user::current(),
            "withdraw",
            &format!("version {version}"),
            now,
        )?;
        let newest = store.newest_version()?;
        let shows_it = |shown: Option<u64>| shown == Some(version);
        let showing: Vec<String> = store
            .kiosks()?
            .into_iter()
            .filter(|row| shows_it(row.heartbeat.as_ref().and_then(|report| report.catalogue_version)))
            .map(|row| row.kiosk)
            .collect();
        let mut offered = newest.map_or_else(
            || "no version is published now".to_owned(),
            |newest| format!("kiosks are offered version {newest}"),
        );
        let first = store.newest_version_for(FIRST_FORMAT)?;
        if first != newest {
            let first = first.map_or_else(|| "none".to_owned(), |first| format!("version {first}"));
            offered =
                format!("{offered}, and those that read only format {FIRST_FORMAT} are offered {first}");
        }
        let mut text = format!("Version {version} is withdrawn; {offered}.");
        if !showing.is_empty() {
            text += "\nPublish a higher version, or let staff roll back, on the kiosks that still show it: ";
            text += &showing.join(", ");
        }
        let value = json!({"withdrawn": version, "catalogue_version": newest, "shown_by": showing});
        output.print(&value, &text)
    }
}
