//! Enrolment and rounds with the platform.

use super::output::{Failure, Output};
use crate::rounds;
use clap::Args;
use kiosk::{Kiosk, KioskError};
use std::path::PathBuf;
use std::sync::Arc;

/// Make this kiosk known to its platform.
#[derive(Args)]
#[command(after_help = "Example:\n  expo-kiosk enrol --platform https://expo.example.org --code ABCD-EFGH")]
pub struct Enrol {
    /// Address of the platform.
    #[arg(long, value_name = "URL")]
    platform: String,
    /// One-time code from headquarters.
    #[arg(long)]
    code: String,
    /// File with the staff passphrase, to seal leads taken before enrolment for the platform.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// PEM file with the only certificate authorities to trust from now on.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// Exchange with the platform.
#[derive(Args)]
#[command(after_help = "Examples:\n  expo-kiosk sync --once --json\n  expo-kiosk sync")]
pub struct Sync {
    /// One round, then stop. Without it rounds go on until SIGTERM or Ctrl-C, on a machine where no kiosk is open: the
    /// open kiosk syncs by itself.
    #[arg(long)]
    pub once: bool,
}

pub fn enrol(kiosk: &Arc<Kiosk>, command: &Enrol, output: Output) -> Result<(), Failure> {
    let phrase = command
        .passphrase_file
        .as_deref()
        .map(super::leads::passphrase)
        .transpose()?;
    let token = kiosk.token_at(&command.platform)?;
    let client = rounds::enrolling(kiosk, &command.platform, token, command.ca.as_deref())
        .map_err(|e| Failure::new("setup", e.to_string()))?;
    let enrolling = kiosk.enrol_at(&command.platform, client, &command.code, phrase.as_deref());
    let resealed = runtime()?.block_on(enrolling)?;
    if let Some(file) = &command.ca {
        kiosk.pin_authorities(file)?;
    }
    let enrolment = kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    let value = serde_json::json!({
        "kiosk": enrolment.kiosk, "platform": enrolment.platform, "resealed": resealed,
    });
    output.print(&value, || {
        format!("This kiosk is {} at {}.", enrolment.kiosk, enrolment.platform)
    })
}

/// Rounds until the machine asks the program to end, noted as a run of the kiosk.
pub fn keep_in_sync(kiosk: &Arc<Kiosk>) -> Result<(), Failure> {
    kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    kiosk.begin_run()?;
    rounds::until_told(kiosk).map_err(|e| Failure::new("internal", e.to_string()))?;
    Ok(kiosk.end_run()?)
}

pub fn sync_once(kiosk: &Arc<Kiosk>, output: Output) -> Result<(), Failure> {
    let enrolment = kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    let client = rounds::client(kiosk, &enrolment).map_err(|e| Failure::new("setup", e.to_string()))?;
    let report = runtime()?.block_on(kiosk.sync_once(&enrolment, client))?;
    output.print(&report, || {
        format!(
            "State: {:?}. {} sent, {} were there already, {} waiting. Catalogue version {}.",
            report.state,
            report.sent,
            report.duplicates,
            report.waiting,
            report
                .catalogue_version
                .map_or_else(|| "none".to_owned(), |v| v.to_string())
        )
    })
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    rounds::runtime().map_err(|e| Failure::new("internal", e.to_string()))
}
