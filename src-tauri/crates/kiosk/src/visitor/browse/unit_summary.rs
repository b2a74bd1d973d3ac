//! Summary of the units of one project for a query. Must not know: how units are filtered.

use super::filters::Filters;
use crate::catalogue::index::Traits;
use domain::Money;

/// Summary of the units of one project. Values for the facet of a filter cover the units that fail no other filter.
#[derive(Default)]
pub(super) struct UnitSummary {
    /// Number of units that pass all filters.
    pub fitting: u32,
    /// Their lowest price.
    pub price_from: Option<Money>,
    /// Traits for the facet of product types.
    pub types: Traits,
    /// Traits for the facet of rooms.
    pub rooms: Traits,
    /// Whether the facet of the aid counts the project.
    pub aid: bool,
    /// Lowest price for the facet of budgets.
    pub lowest_price: Option<Money>,
    /// Largest surface for the facet of surfaces, in square decimetres.
    pub largest_dm2: Option<i64>,
    /// Filters without which a unit fits.
    pub fits_without: Filters,
}
