//! What the takeaway says about a project or unit. Must not know: catalogues, texts.

use expo_domain::{Delivery, Money};
use jiff::civil::Date;

/// One project or unit, in the language of the text.
#[derive(Debug)]
pub(super) struct Item {
    pub title: String,
    pub district: Option<String>,
    pub town: String,
    /// Identifier of the project.
    pub reference: String,
    pub product: Product,
    pub price: Price,
    /// E.164.
    pub phone: Option<String>,
}

/// What the visitor keeps of a project.
#[derive(Debug)]
pub(super) enum Product {
    Unit(Unit),
    Project(Facts),
}

/// Facts about a whole project.
#[derive(Debug)]
pub(super) struct Facts {
    /// Smallest and largest surface in square decimetres.
    pub surfaces_dm2: Option<(i64, i64)>,
    pub delivery: Delivery,
    pub delivery_on: Option<Date>,
}

#[derive(Debug)]
pub(super) struct Unit {
    pub number: String,
    /// Square decimetres.
    pub surface_dm2: i64,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Price {
    From(Money),
    Exactly(Money),
    Reserved,
    Sold,
    AllReserved,
    SoldOut,
}
