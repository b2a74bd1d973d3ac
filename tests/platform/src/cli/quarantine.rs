//! `quarantine`: lists, writes out and retries envelopes in quarantine.

use super::os_user;
use super::output::{CommandError, Output};
use crate::app::App;
use crate::records::open_record;
use crate::store::{QuarantineRow, ReceivedEnvelope};
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Write the bytes and the header of each envelope into this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Try again to read them, after an update of this program.
    #[arg(long)]
    retry: bool,
}

impl Args {
    pub fn run(&self, app: &App, output: Output) -> Result<(), CommandError> {
        let resolved = if self.retry { retry(app)? } else { 0 };
        let rows = app.store.quarantine()?;
        if let Some(dir) = &self.out {
            let detail = format!("{} envelopes written out", rows.len());
            app.store
                .audit(&os_user::current(), "quarantine --out", &detail, Timestamp::now())?;
            write_out(&rows, dir)?;
        }
        let mut lines: Vec<String> = rows
            .iter()
            .map(|row| {
                format!(
                    "{}\t{}\trevision {}\t{}\t{}",
                    row.received_at, row.id, row.revision, row.sent_by, row.reason
                )
            })
            .collect();
        lines.push(format!(
            "{} envelopes in quarantine or conflict, {resolved} resolved now",
            rows.len()
        ));
        output.print(&json!({"read": resolved, "quarantine": rows}), &lines.join("\n"))
    }
}

/// Moves envelopes that can be read now to the leads, and returns their number.
fn retry(app: &App) -> Result<u64, CommandError> {
    let opened: Vec<ReceivedEnvelope> = app
        .store
        .quarantine()?
        .into_iter()
        .filter_map(|row| reopen(app, row))
        .collect();
    Ok(app.store.resolve_quarantined(&opened)?)
}

fn write_out(rows: &[QuarantineRow], dir: &Path) -> Result<(), CommandError> {
    std::fs::create_dir_all(dir)?;
    for row in rows {
        // The identifier was parsed on arrival, so the name cannot leave the folder.
        let name = format!("{}-{}-{}", row.id, row.revision, &row.sha256[..8]);
        std::fs::write(dir.join(format!("{name}.age")), &row.sealed)?;
        std::fs::write(dir.join(format!("{name}.json")), &row.header)?;
    }
    Ok(())
}

/// The envelope with its content, if it can be read now.
fn reopen(app: &App, row: QuarantineRow) -> Option<ReceivedEnvelope> {
    let header = serde_json::from_str(&row.header).ok()?;
    let record = open_record(&header, &row.sealed, &app.keys.identity).ok()?;
    Some(ReceivedEnvelope {
        id: row.id.parse().ok()?,
        revision: u32::try_from(row.revision).ok()?,
        sha256: row.sha256,
        header: row.header,
        sealed: row.sealed,
        opened: Ok(record),
    })
}
