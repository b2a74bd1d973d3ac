//! Exports made so far. Must not know: how exports are written.

use crate::error::KioskError;
use crate::machine::environment::Environment;
use crate::views::{ExportFormat, ExportRow};
use expo_store::Leads;
use expo_store::leads::ExportEntry;

/// Exports of a day, or all exports.
pub(super) fn exports(
    env: &Environment,
    leads: &Leads,
    day: Option<&str>,
) -> Result<Vec<ExportRow>, KioskError> {
    let row = |entry: ExportEntry| ExportRow {
        at: env.local_time_of(&entry.at),
        format: ExportFormat::from_code(&entry.format),
        leads: entry.leads,
        sha256: entry.sha256,
        initials: entry.initials,
    };
    Ok(leads.exports(day)?.into_iter().map(row).collect())
}
