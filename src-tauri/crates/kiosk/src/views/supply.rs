//! Views for staff: rejected leads, catalogue versions, removable media. Without personal data. Must not know: rules, windows.

use super::{ErrorCode, RejectionCode};
use serde::Serialize;
use ts_rs::TS;

/// A rejected lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RejectedLeadRow {
    pub id: String,
    pub ticket: String,
    pub taken_at: String,
    pub reason: RejectionReason,
    /// Explanation of the platform, in its language.
    pub detail: String,
}

/// Why the platform rejects a lead. A platform may use codes that this program does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RejectionReason {
    Known(RejectionCode),
    Other(String),
}

/// A rejected lead with the code of the platform, for the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RejectedLine {
    pub id: String,
    pub ticket: String,
    pub taken_at: String,
    pub reason: String,
    pub detail: String,
}

impl From<RejectedLine> for RejectedLeadRow {
    fn from(line: RejectedLine) -> Self {
        Self {
            id: line.id,
            ticket: line.ticket,
            taken_at: line.taken_at,
            reason: RejectionCode::from_code(&line.reason)
                .map_or(RejectionReason::Other(line.reason), RejectionReason::Known),
            detail: line.detail,
        }
    }
}

/// The installed catalogue, and the one that staff can roll back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogueState {
    pub shown: Option<CatalogueVersion>,
    pub previous: Option<CatalogueVersion>,
    /// Version that staff rolled back from; it is not installed again automatically.
    pub rolled_back_from: Option<u64>,
    pub missing_pictures: u32,
}

/// A catalogue version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogueVersion {
    pub version: u64,
    pub published_at: String,
}

/// A bundle on a removable medium that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UsbBundle {
    pub path: String,
    /// Label of the medium.
    pub stick: String,
    /// File name.
    pub name: String,
    pub bytes: u64,
}

/// Progress of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportProgress {
    pub stage: ImportStage,
    /// Picture files stored so far.
    pub done: u64,
    /// Picture files in the bundle.
    pub of: u64,
    /// Installed version, once done.
    pub version: Option<u64>,
    /// Code of the refusal.
    pub refused: Option<ErrorCode>,
}

/// Stage of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ImportStage {
    #[default]
    Idle,
    Checking,
    Pictures,
    Installing,
    Done,
    Refused,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    RejectedLeadRow::export_all(config)?;
    CatalogueState::export_all(config)?;
    UsbBundle::export_all(config)?;
    ImportProgress::export_all(config)
}
