//! Views for staff: days, exports and closings. Without personal data. Must not know: rules, windows.

use expo_domain::Lang;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// How far the latest day with leads is exported and sent; today, if there is no such day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClosingState {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Leads of the day on this kiosk.
    pub leads: u32,
    /// How many of them are in an export.
    pub exported_leads: u32,
    /// How many of them the platform has not received.
    pub unsent: u32,
    /// When the day was last closed. Leads that came later are not exported.
    pub closed_at: Option<String>,
}

/// A day with leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DayRow {
    pub day: String,
    pub leads: u32,
    pub unsent: u32,
    /// Leads on this kiosk that are in no export.
    pub new_leads: u32,
    pub closed_at: Option<String>,
    pub exports: Vec<ExportRow>,
}

/// An earlier export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExportRow {
    pub at: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub sha256: String,
    /// Initials of who exported, if they gave them.
    pub initials: Option<String>,
}

/// Formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ExportFormat {
    Xlsx,
    Csv,
    Age,
}

impl ExportFormat {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Age => "age",
        }
    }

    /// The format with this code; the encrypted one if it is unknown.
    pub fn from_code(code: &str) -> Self {
        let formats = [Self::Xlsx, Self::Csv];
        let found = formats.into_iter().find(|format| format.code() == code);
        found.unwrap_or(Self::Age)
    }
}

/// Which leads of the chosen days an export has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportScope {
    /// All of them.
    #[default]
    All,
    /// Those that are in no earlier export.
    New,
}

/// A possible destination of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Destination {
    pub path: String,
    pub label: String,
    pub removable: bool,
    pub free_bytes: u64,
}

/// An exported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExportedFile {
    pub path: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub bytes: u64,
    pub sha256: String,
}

/// Which leads to export, and how.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CloseOrder {
    /// Day at the stop, `YYYY-MM-DD`; all days if absent.
    pub day: Option<String>,
    /// Which leads of the day.
    #[serde(default)]
    pub scope: ExportScope,
    /// Formats, at least one.
    pub formats: Vec<ExportFormat>,
    /// Folder to write to.
    pub destination: PathBuf,
    /// Language of headings, fixed values and the receipt.
    pub lang: Lang,
    /// Initials of who closes, at most four letters.
    pub initials: Option<String>,
}

impl Default for CloseOrder {
    /// All leads of all days in an encrypted file, in French, written to no folder yet.
    fn default() -> Self {
        Self {
            day: None,
            scope: ExportScope::All,
            formats: vec![ExportFormat::Age],
            destination: PathBuf::new(),
            lang: Lang::Fr,
            initials: None,
        }
    }
}

/// What a closing does now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClosingStage {
    /// No closing runs.
    #[default]
    Idle,
    /// Opens the leads and builds the files.
    Preparing,
    /// Writes bytes to the destination.
    Writing,
    /// Reads the files back and compares them.
    Checking,
}

/// Progress of a closing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ClosingProgress {
    /// What it does now.
    pub stage: ClosingStage,
    /// Bytes that are written or read back.
    pub done: u64,
    /// Bytes in all; 0 while unknown.
    pub of: u64,
}

/// Result of a day close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayReceipt {
    /// The files.
    pub files: Vec<ExportedFile>,
    /// Leads in each file.
    pub leads: u32,
    /// Leads of any day that the platform has not received.
    pub unsent: u32,
    /// Leads that do not open with this passphrase; they stay on the kiosk.
    pub unopened: u32,
    /// Leads that cannot be read, of any day, here or in a damaged file that was replaced. They are in no file.
    pub unreadable: u32,
    /// Earlier exports of the same day.
    pub previous: Vec<ExportRow>,
    /// The signed record of this closing.
    pub record: ClosingReceipt,
}

/// The record of a closing, next to the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClosingReceipt {
    /// The text file.
    pub path: String,
    /// Its most important lines as a QR code, SVG.
    pub qr: String,
    /// Public key of the kiosk; `None` if the record is not signed, because the disk fails.
    pub public_key: Option<String>,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    ClosingState::export_all(config)?;
    DayRow::export_all(config)?;
    Destination::export_all(config)?;
    CloseOrder::export_all(config)?;
    ClosingProgress::export_all(config)?;
    DayReceipt::export_all(config)
}
