//! What staff are shown of leads set aside, of catalogues and of sticks. No personal data here.

use serde::Serialize;
use ts_rs::TS;

/// A lead that people must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AsideRow {
    pub id: String,
    pub ticket: String,
    pub taken_at: String,
    /// `conflict`, or the platform's code for its refusal.
    pub reason: String,
    /// What the platform said, in its words.
    pub detail: String,
}

/// Which catalogue is shown, and which staff can go back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogueState {
    pub shown: Option<CatalogueVersion>,
    pub previous: Option<CatalogueVersion>,
    /// Version staff went back from; it is not taken again by itself.
    pub rejected: Option<u64>,
    pub missing_pictures: u32,
}

/// A version of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CatalogueVersion {
    pub version: u64,
    pub published_at: String,
}

/// A bundle on a stick that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct StickBundle {
    pub path: String,
    /// Name of the stick.
    pub stick: String,
    /// Name of the file.
    pub name: String,
    pub bytes: u64,
}

/// How far the taking of a bundle is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportProgress {
    pub stage: ImportStage,
    /// Picture files taken.
    pub done: u64,
    /// Picture files in the bundle.
    pub of: u64,
    /// Version taken, when done.
    pub version: Option<u64>,
    /// Why it was refused, as a code.
    pub refused: Option<String>,
}

/// What the taking of a bundle is about.
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

/// Every type of this module, for the export to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    AsideRow::export_all(config)?;
    CatalogueState::export_all(config)?;
    StickBundle::export_all(config)?;
    ImportProgress::export_all(config)
}
