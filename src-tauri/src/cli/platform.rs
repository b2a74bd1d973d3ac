//! Commands for enrolment and sync.

use super::output::{Failure, Output};
use crate::sync_service;
use clap::Args;
use expo_kiosk_core::{Kiosk, KioskError};
use std::path::PathBuf;
use std::sync::Arc;

/// Register this kiosk with its platform.
#[derive(Args)]
#[command(after_help = "Example:\n  expo-kiosk enrol --platform https://expo.example.org --code ABCD-EFGH")]
pub struct Enrol {
    /// Address of the platform.
    #[arg(long, value_name = "URL")]
    platform: String,
    /// One-time code from headquarters.
    #[arg(long)]
    code: String,
    /// File with the staff passphrase; needed to seal leads taken before enrolment for the platform.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// PEM file with the only certificate authorities to trust.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// Exchange data with the platform.
#[derive(Args)]
#[command(after_help = "Examples:\n  expo-kiosk sync --once --json\n  expo-kiosk sync")]
pub struct Sync {
    /// Run one round, then exit. By default rounds run until SIGTERM or Ctrl-C. Not needed while the kiosk is open, because
    /// it syncs automatically.
    #[arg(long)]
    pub once: bool,
}

pub fn enrol(kiosk: &Arc<Kiosk>, command: &Enrol, output: Output) -> Result<(), Failure> {
    let phrase = command
        .passphrase_file
        .as_deref()
        .map(super::passphrase::passphrase)
        .transpose()?;
    let token = kiosk.token_for(&command.platform)?;
    let client = sync_service::enrolment_client(kiosk, &command.platform, token, command.ca.as_deref())
        .map_err(|e| Failure::new("setup", e.to_string()))?;
    let (phrase, ca) = (phrase.as_deref(), command.ca.as_deref());
    let enrolling = kiosk.enrol_at(&command.platform, client, &command.code, phrase, ca);
    let resealed = runtime()?.block_on(enrolling)?;
    let enrolment = kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    let value = serde_json::json!({
        "kiosk": enrolment.kiosk, "platform": enrolment.platform, "resealed": resealed,
    });
    output.print(&value, || {
        format!("This kiosk is {} at {}.", enrolment.kiosk, enrolment.platform)
    })
}

/// Runs rounds until a termination signal, and records this as a run of the kiosk.
pub fn keep_in_sync(kiosk: &Arc<Kiosk>) -> Result<(), Failure> {
    kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    kiosk.begin_run()?;
    sync_service::run_until_terminated(kiosk).map_err(|e| Failure::new("internal", e.to_string()))?;
    Ok(kiosk.end_run()?)
}

pub fn sync_once(kiosk: &Arc<Kiosk>, output: Output) -> Result<(), Failure> {
    let enrolment = kiosk.enrolment()?.ok_or(KioskError::NotEnrolled)?;
    let client = sync_service::client(kiosk, &enrolment).map_err(|e| Failure::new("setup", e.to_string()))?;
    // Also finds unreadable leads for the heartbeat of this round.
    if let Err(error) = kiosk.check_leads_daily() {
        tracing::error!(%error, "could not check the leads");
    }
    let report = runtime()?.block_on(kiosk.sync_once(&enrolment, client))?;
    output.print(&report, || {
        format!(
            "State: {:?}. {} leads sent, {} already on the platform, {} waiting. Catalogue version {}.",
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
    sync_service::runtime().map_err(|e| Failure::new("internal", e.to_string()))
}
