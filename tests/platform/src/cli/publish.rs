//! `publish`: publishes a source folder or a bundle.

use super::output::{CommandError, Output, printable};
use crate::app::App;
use crate::publish::{publish, publish_source};
use jiff::{SignedDuration, Timestamp};
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Folder with spreadsheets and photos, or a bundle file.
    source: PathBuf,
    /// Days after which kiosks tell their staff that the catalogue is old; only for a source folder.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
    valid_days: Option<u32>,
}

impl Args {
    pub fn run(&self, app: &App, output: Output) -> Result<(), CommandError> {
        let now = Timestamp::now();
        let summary = match self.valid_days {
            None => publish(app, &self.source, now)?,
            Some(days) if self.source.is_dir() => {
                let expires_at = now + SignedDuration::from_hours(24 * i64::from(days));
                publish_source(app, &self.source, Some(expires_at), now)?
            }
            Some(_) => {
                return Err("a bundle contains its own expiry date: build it with --valid-days".into());
            }
        };
        for warning in &summary.warnings {
            writeln!(io::stderr(), "warning: {}", printable(warning)).ok();
        }
        let text = format!(
            "Published version {}: {} projects, {} units, {} picture files, {} guides, partners and rule files.",
            summary.version, summary.projects, summary.units, summary.pictures, summary.documents
        );
        output.print(&serde_json::to_value(&summary)?, &text)
    }
}
