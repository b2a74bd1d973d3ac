//! Conditions on units. Must not know: facets, queries.

use crate::catalogue::index::{Traits, UnitFacts};
use expo_domain::Money;

/// A condition on one property of a unit. It holds for merged facts exactly if it holds for one of the merged units.
#[derive(Clone, Copy)]
pub(super) enum UnitCondition {
    /// The unit has one of these traits.
    OneOf(Traits),
    PriceAtMost(Money),
    /// Square decimetres.
    SurfaceAtLeast(i64),
}

impl UnitCondition {
    /// Surfaces count as they are shown: rounded to a tenth of a square metre, from 1000 on to a whole one.
    pub const fn surface_at_least(square_metres: u32) -> Self {
        let rounding = if square_metres < 1000 { 5 } else { 50 };
        Self::SurfaceAtLeast(square_metres as i64 * 100 - rounding)
    }

    pub fn holds(&self, unit: &UnitFacts) -> bool {
        match *self {
            Self::OneOf(traits) => unit.traits.intersects(traits),
            Self::PriceAtMost(limit) => unit.price <= limit,
            Self::SurfaceAtLeast(limit) => unit.surface_dm2 >= limit,
        }
    }
}
