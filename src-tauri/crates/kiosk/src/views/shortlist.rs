//! Views of the shortlist and its takeaway. Must not know: rules, windows.

use expo_domain::AmountRange;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An item of the shortlist: a project, or one of its units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ShortlistItem {
    pub project: String,
    pub unit: Option<String>,
}

/// What to plan for the items of a shortlist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlannedTotals {
    /// For each item, in the order of the request; `None` if nothing of it is available or in the catalogue.
    pub items: Vec<Option<ItemTotal>>,
    /// The units together; `None` without an available unit.
    pub units: Option<UnitsTotal>,
}

/// Price and costs of a unit, or from the cheapest to the dearest available unit of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ItemTotal {
    /// Without the direct aid.
    pub without_aid: AmountRange,
    /// If the aid is granted wherever it is possible; `None` if it is possible nowhere.
    pub with_aid: Option<AmountRange>,
}

/// Price and costs of several units together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct UnitsTotal {
    /// Number of units.
    pub count: u32,
    /// Without the direct aid.
    pub without_aid: AmountRange,
    /// If the aid is granted for the unit with the highest aid: nobody gets it twice.
    pub with_aid: Option<AmountRange>,
}

/// The takeaway: a QR code with a contact, which has the shortlist in its notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TakeAway {
    /// The text of the notes, the telephone number and the site.
    pub text: String,
    /// The QR code as SVG markup: dark on light in every theme, with its quiet zone.
    pub qr_svg: String,
    /// Web site of the group, also in the text; `None` if the stop has none.
    pub url: Option<String>,
    /// Number of items after the third, and of items that are no longer in the catalogue.
    pub left_out: u32,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    ShortlistItem::export_all(config)?;
    PlannedTotals::export_all(config)?;
    TakeAway::export_all(config)
}
