//! What a visitor saved and what of it is taken away on a telephone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a visitor saved: a project, or one unit of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ShortlistItem {
    pub project: String,
    pub unit: Option<String>,
}

/// What a visitor takes away on a telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TakeAway {
    /// What the code says, line by line.
    pub text: String,
    /// The code, SVG markup: dark on light whatever the theme, with its quiet zone.
    pub qr_svg: String,
    /// Page of the group, also in the text; `None` when the stop names none.
    pub url: Option<String>,
    /// Items beyond three, and items that are no longer in the catalogue.
    pub left_out: u32,
}

/// Every type of this file, for the export to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    ShortlistItem::export_all(config)?;
    TakeAway::export_all(config)
}
