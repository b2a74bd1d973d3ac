//! The command for the audit log.

use super::output::{Failure, Output};
use clap::Args;
use expo_kiosk_core::{AuditChainFault, Kiosk};

/// Maximum number of printed entries.
const MAX_ENTRIES: u32 = 10_000;

/// Show the audit log: acts of staff and of the program.
#[derive(Args)]
#[command(after_help = "Examples:\n  expo-kiosk audit --json\n  expo-kiosk audit --verify")]
pub struct Audit {
    /// Check that no entry was changed or removed; exits 1 and names the first such entry.
    #[arg(long)]
    verify: bool,
}

pub fn audit(kiosk: &Kiosk, command: &Audit, output: Output) -> Result<(), Failure> {
    if command.verify {
        return verify(kiosk, output);
    }
    let rows = kiosk.audit_log(MAX_ENTRIES)?;
    output.print(&rows, || {
        rows.iter()
            .map(|r| format!("{} {} {}", r.at, r.act, r.detail))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn verify(kiosk: &Kiosk, output: Output) -> Result<(), Failure> {
    let check = kiosk.check_audit_log()?;
    let (number, problem) = match &check.fault {
        None => (None, None),
        Some(AuditChainFault::Changed { number, at }) => (
            Some(*number),
            Some(format!(
                "entry {number} of {at} was changed, or does not follow the entry before"
            )),
        ),
        Some(AuditChainFault::Missing { number }) => {
            (Some(*number), Some(format!("entry {number} was removed")))
        }
    };
    let value = serde_json::json!({
        "intact": check.intact, "head": check.head, "first_broken": number, "problem": problem,
    });
    let head = check.head.as_deref().unwrap_or("none");
    output.print(&value, || {
        format!("{} entries are intact. Head: {head}", check.intact)
    })?;
    match problem {
        None => Ok(()),
        Some(problem) => Err(Failure::after_result(format!(
            "{problem}. Keep a copy of the data folder and tell headquarters"
        ))),
    }
}
