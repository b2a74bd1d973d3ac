//! `backup` and `restore`: copies of an SQLite store.

use super::os_user;
use super::output::{CommandError, Output};
use crate::store::{Store, StoreAddress, restore};
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct BackupArgs {
    /// The new file; an existing one is never overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl BackupArgs {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let summary = store.back_up(&self.out)?;
        let detail = format!("{} leads", summary.leads);
        store.audit(&os_user::current(), "backup", &detail, Timestamp::now())?;
        let text = format!(
            "{}: {} leads in plain text. Keep it on an encrypted disk, and the folder of the keys in another place.",
            self.out.display(),
            summary.leads
        );
        let value = json!({"path": self.out, "leads": summary.leads, "bytes": summary.bytes});
        output.print(&value, &text)
    }
}

#[derive(clap::Args)]
pub struct RestoreArgs {
    /// A file of `backup`.
    backup: PathBuf,
}

impl RestoreArgs {
    /// Runs before the store is opened, because opening creates it.
    pub fn run(&self, address: &StoreAddress, output: Output) -> Result<(), CommandError> {
        let summary = restore(&self.backup, address)?;
        let text = format!(
            "The store is restored with {} leads. Put the folder of its keys in place before 'serve', and repeat the \
             erasures made since the backup.",
            summary.leads
        );
        output.print(&json!({"leads": summary.leads}), &text)
    }
}
