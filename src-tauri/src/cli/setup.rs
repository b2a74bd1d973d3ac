//! Commands for set-up, status and diagnosis.

use super::demonstration;
use super::output::{Failure, Output};
use crate::renderer::{self, ChosenBy};
use clap::Args;
use expo_kiosk_core::{Demonstration, EventFile, Kiosk};
use std::fmt::Write;
use std::path::PathBuf;

/// First set-up.
#[derive(Args)]
#[command(after_help = "Examples:\n  expo-kiosk provision --demo\n  expo-kiosk provision --event paris.toml")]
#[group(required = true, multiple = false)]
pub struct Provision {
    /// A demonstration with a made-up catalogue and published secrets.
    #[arg(long)]
    demo: bool,
    /// Event file with stop, PIN, passphrase and publisher key (see docs/operator-guide.md).
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,
}

pub fn provision(kiosk: &Kiosk, command: &Provision, output: Output) -> Result<(), Failure> {
    let event = match &command.event {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Failure::new("setup", format!("{}: {e}", path.display())))?;
            let mut event = EventFile::parse(&text, &path.display().to_string())?;
            // Paths in the event file are relative to its folder.
            let resolve = |ca: PathBuf| {
                path.parent()
                    .map_or_else(|| ca.clone(), |folder| folder.join(&ca))
            };
            event.ca = event.ca.map(resolve);
            event
        }
        None => Demonstration::event()?,
    };
    // Builds the bundle before the set-up, because a set-up without a catalogue is incomplete.
    let bundle = command.demo.then(|| demonstration::bundle(output)).transpose()?;
    let provisioned = kiosk.provision(&event)?;
    if let Some(bundle) = bundle {
        kiosk.import(&bundle)?;
    }
    output.print(&provisioned, || {
        match (&provisioned.pin, &provisioned.passphrase) {
            (Some(pin), Some(passphrase)) => {
                format!(
                    "Set up for {}.\nPIN: {pin}\nPassphrase: {passphrase}",
                    provisioned.stop
                )
            }
            _ => format!(
                "Set up for {}. Next: import a catalogue, then enrol.",
                provisioned.stop
            ),
        }
    })
}

pub fn status(kiosk: &Kiosk, output: Output) -> Result<(), Failure> {
    let status = kiosk.status()?;
    output.print(&status, || {
        let mut text = format!("Stop {}, kiosk {}\n", status.stop, status.kiosk);
        let catalogue = status.catalogue.as_ref().map_or_else(
            || "none".to_owned(),
            |c| {
                format!(
                    "version {} of {}, {} projects",
                    c.version, c.published_on, c.projects
                )
            },
        );
        let _ = writeln!(text, "Catalogue: {catalogue}");
        let _ = writeln!(
            text,
            "Leads: {} taken, {} waiting, {} before enrolment, {} rejected, {} unreadable, {} that the platform could not read",
            status.leads,
            status.waiting,
            status.staff_only,
            status.rejected,
            status.unreadable,
            status.quarantined
        );
        let _ = writeln!(
            text,
            "Platform: {} ({:?}), {} leads settled",
            status.platform.as_deref().unwrap_or("not enrolled"),
            status.sync.state,
            status.sync.sent_total
        );
        let _ = writeln!(text, "Disk: {} MiB free", status.disk_free_bytes / 1024 / 1024);
        let key = status.closing_key.as_deref().unwrap_or("none, the disk fails");
        let _ = writeln!(text, "Key for receipts: {key}");
        text
    })
}

pub fn doctor(kiosk: &Kiosk, output: Output) -> Result<(), Failure> {
    let findings = kiosk.diagnose();
    let time_zones = Kiosk::time_zone_database();
    let check = kiosk.last_lead_check().ok().flatten();
    let choice = renderer::choose().map_err(|message| Failure::new("renderer", message))?;
    let result = serde_json::json!({
        "findings": findings,
        "leads_check": check,
        "renderer": choice,
        "time_zones": time_zones,
    });
    output.print(&result, || {
        let mut lines: Vec<_> = findings
            .iter()
            .map(|f| format!("{}: {}. {}", f.code, f.problem, f.remedy))
            .collect();
        if lines.is_empty() {
            lines.push("All is well.".to_owned());
        }
        lines.extend(check.as_ref().map(|check| {
            let result = if check.damaged {
                "it was damaged"
            } else {
                "no damage"
            };
            format!("Last check of the leads at {}: {result}.", check.checked_at)
        }));
        let chosen_by = match choice.chosen_by {
            ChosenBy::Operator => "set by EXPO_RENDERER",
            ChosenBy::EngineVariable => "set by WEBKIT_DISABLE_DMABUF_RENDERER",
            ChosenBy::Program => "chosen for this machine",
        };
        lines.push(format!("Renderer: {} ({chosen_by})", choice.renderer.name()));
        lines.push(format!("Rules of time zones: {time_zones}"));
        lines.join("\n")
    })?;
    match findings.len() {
        0 => Ok(()),
        n => Err(Failure::after_result(format!(
            "{n} problem(s) found; each is listed with its remedy"
        ))),
    }
}
