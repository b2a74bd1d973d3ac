//! Conditions on units. Must not know: facets, how units are merged.

use crate::catalogue::index::{Traits, UnitFacts};
use crate::views::ExploreQuery;
use expo_domain::Money;

/// A condition on one property of a unit. It holds for merged facts exactly if it holds for one of the merged units.
#[derive(Clone, Copy)]
pub(super) enum UnitCondition {
    /// The unit has one of these traits.
    OneOf(Traits),
    PriceAtMost(Money),
    /// The total to plan for, with the direct aid or without.
    PlanAtMost {
        limit: Money,
        counts_aid: bool,
    },
    /// Square decimetres.
    SurfaceAtLeast(i64),
}

impl UnitCondition {
    pub const fn plan_at_most(limit: Money, query: &ExploreQuery) -> Self {
        Self::PlanAtMost {
            limit,
            counts_aid: query.plan_counts_aid,
        }
    }

    /// Surfaces count as they are shown: rounded to a tenth of a square metre, from 1000 on to a whole one.
    pub const fn surface_at_least(square_metres: u32) -> Self {
        let rounding = if square_metres < 1000 { 5 } else { 50 };
        Self::SurfaceAtLeast(square_metres as i64 * 100 - rounding)
    }

    pub fn holds(&self, unit: &UnitFacts) -> bool {
        match *self {
            Self::OneOf(traits) => unit.traits.intersects(traits),
            Self::PriceAtMost(limit) => unit.price <= limit,
            Self::PlanAtMost { limit, counts_aid } => unit.total(counts_aid) <= limit,
            Self::SurfaceAtLeast(limit) => unit.surface_dm2 >= limit,
        }
    }
}
