//! The plan of the stand: desks, entrance and kiosks as rectangles. Must not know: partners, spreadsheets, windows.

use crate::lang::Texts;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

crate::code_enum! {
    /// What a place of the stand is.
    PlaceKind {
        /// A desk.
        Desk = "desk",
        /// The way in.
        Entrance = "entrance",
        /// A kiosk.
        Kiosk = "kiosk",
    }
}

/// The plan of the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stand {
    /// Its places, at least one.
    pub places: Vec<StandPlace>,
}

/// A place of the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StandPlace {
    /// Identifier; that of a kiosk is the kiosk's name, such as `K03`.
    pub id: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Countries of the stops with this place; empty for all.
    pub countries: Vec<String>,
    /// Identifiers of the partners at a desk, as in their documents: `partner/ID`.
    pub partners: Vec<String>,
    /// Label on the plan.
    pub label: Texts,
    /// Its rectangle.
    pub area: PlanArea,
}

/// A rectangle in percent of the plan, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanArea {
    /// Distance from the left edge.
    pub x: u8,
    /// Distance from the upper edge.
    pub y: u8,
    /// Width; it ends within the plan.
    pub width: u8,
    /// Height; it ends within the plan.
    pub height: u8,
}

impl StandPlace {
    /// Whether stops of this country have it.
    pub fn is_present_in(&self, country: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|one| one == country)
    }
}
