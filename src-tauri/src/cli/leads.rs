//! Commands for leads.

use super::exports::{self, VerifyReceipt};
use super::output::{Failure, Output};
use clap::{Args, Subcommand};
use expo_kiosk_core::views::LeadDraft;
use expo_kiosk_core::{Kiosk, KioskError, SalvageOrder};
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Maximum size of a lead in JSON.
const MAX_LEAD_BYTES: u64 = 256 * 1024;

/// Manage leads.
#[derive(Subcommand)]
pub enum LeadCommand {
    /// Add a lead from JSON, like the form.
    #[command(
        after_help = "Example:\n  echo '{\"name\":\"Test Visiteur\",\"phone\":\"+33612345678\",\"language\":\"fr\",\
\"consents\":{\"call\":true}}' | expo-kiosk lead add -"
    )]
    Add {
        /// File with the lead, `-` for standard input.
        file: PathBuf,
    },
    /// List the leads that the platform rejected, and why.
    #[command(after_help = "Example:\n  expo-kiosk leads set-aside --json")]
    SetAside,
    /// Queue rejected leads again.
    #[command(
        after_help = "Examples:\n  expo-kiosk leads requeue --all\n  expo-kiosk leads requeue 0197a6f0-0000-7000-8000-000000000001"
    )]
    #[group(required = true, multiple = false)]
    Requeue {
        /// Their identifiers.
        ids: Vec<Uuid>,
        /// All of them.
        #[arg(long)]
        all: bool,
    },
    /// Get leads out of a damaged file: every envelope that is still readable.
    #[command(
        after_help = "Examples:\n  expo-kiosk lead salvage --out /media/stick --restore\n  expo-kiosk lead salvage --out . --file /media/stick/leads.damaged-20260213T091500Z.db"
    )]
    Salvage(Salvage),
    VerifyReceipt(VerifyReceipt),
}

/// Get leads out of a damaged file.
#[derive(Args)]
pub struct Salvage {
    /// Folder to write to. Every file is a batch that the platform accepts at `POST /v1/leads`.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Damaged file, next to its -wal; all damaged files of the data folder by default.
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// Store leads that are missing on this kiosk, so that it sends and exports them.
    #[arg(long)]
    restore: bool,
}

pub fn lead(kiosk: &Arc<Kiosk>, command: &LeadCommand, output: Output) -> Result<(), Failure> {
    match command {
        LeadCommand::Add { file } => add(kiosk, file, output),
        LeadCommand::SetAside => set_aside(kiosk, output),
        LeadCommand::Requeue { ids, all } => requeue(kiosk, (!all).then_some(ids.as_slice()), output),
        LeadCommand::Salvage(command) => salvage(kiosk, command, output),
        LeadCommand::VerifyReceipt(command) => exports::verify(Some(kiosk), command, output),
    }
}

fn set_aside(kiosk: &Kiosk, output: Output) -> Result<(), Failure> {
    let rows = kiosk.rejected_leads()?;
    output.print(&rows, || {
        let lines = rows
            .iter()
            .map(|row| format!("{} {} {} {}", row.id, row.ticket, row.reason, row.detail));
        let text = lines.collect::<Vec<_>>().join("\n");
        if text.is_empty() {
            "No lead is rejected.".to_owned()
        } else {
            text
        }
    })
}

fn requeue(kiosk: &Kiosk, ids: Option<&[Uuid]>, output: Output) -> Result<(), Failure> {
    let queued = kiosk.requeue(ids)?;
    output.print(&serde_json::json!({ "queued": queued }), || {
        format!("{queued} leads queued again.")
    })
}

fn salvage(kiosk: &Kiosk, command: &Salvage, output: Output) -> Result<(), Failure> {
    let order = SalvageOrder {
        files: command.file.clone(),
        destination: command.out.clone(),
        restore: command.restore,
    };
    let salvage = kiosk.salvage_leads(&order)?;
    output.print(&salvage, || {
        let mut text = String::new();
        for file in &salvage.files {
            let _ = writeln!(text, "{}: {} envelopes found.", file.file, file.envelopes);
            if !file.unreadable.is_empty() {
                let _ = writeln!(text, "Not readable: {}", file.unreadable.join(", "));
            }
        }
        if salvage.files.is_empty() {
            let _ = writeln!(text, "There is no damaged file.");
        }
        for path in &salvage.written {
            let _ = writeln!(text, "Written: {path}");
        }
        if command.restore {
            let _ = writeln!(text, "{} leads put back.", salvage.restored);
        }
        text
    })
}

fn add(kiosk: &Kiosk, file: &Path, output: Output) -> Result<(), Failure> {
    let text = read(file)?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let draft: LeadDraft = serde_path_to_error::deserialize(&mut json)
        .map_err(|e| KioskError::Unreadable(without_values(&e)))?;
    let thanks = kiosk.take_lead(&draft)?;
    let value = serde_json::json!({ "id": thanks.id, "ticket": thanks.ticket });
    output.print(&value, || format!("Ticket {}", thanks.ticket))
}

fn read(file: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let reading = if file.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(MAX_LEAD_BYTES)
            .read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|f| f.take(MAX_LEAD_BYTES).read_to_string(&mut text))
    };
    reading.map_err(|e| Failure::new("setup", format!("{}: {e}", file.display())))?;
    Ok(text)
}

/// The wrong field and the expected value, from the message of serde. Omits the actual value, which can be personal data.
fn without_values(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let message = error.inner().to_string();
    let is_name = |name: &str| name.len() <= 40 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let unknown = message
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split_once('`'));
    let location = match unknown {
        Some((name, _)) if is_name(name) => format!("unknown field `{name}`"),
        Some(_) => "a field with an unknown name".to_owned(),
        None => format!("{} is wrong", error.path()),
    };
    match message.rsplit_once("expected ") {
        Some((_, expected)) => format!("{location}, expected {expected}"),
        None => format!(
            "{location} at line {} column {}",
            error.inner().line(),
            error.inner().column()
        ),
    }
}
