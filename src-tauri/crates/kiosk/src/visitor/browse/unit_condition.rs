//! Conditions on units. Must not know: facets, queries.

use crate::catalogue::index::{Traits, UnitFacts};
use domain::Money;

/// A condition on one property of a unit. It holds for merged facts exactly if it holds for one of the merged units.
#[derive(Clone, Copy)]
pub(super) struct UnitCondition {
    traits: Traits,
    max_price: Money,
    min_dm2: i64,
}

impl UnitCondition {
    /// Every unit: each has the trait of its product type.
    const ANY: Self = Self {
        traits: Traits::ALL,
        max_price: Money(i64::MAX),
        min_dm2: i64::MIN,
    };

    /// The unit has one of these traits.
    pub const fn one_of(traits: Traits) -> Self {
        Self { traits, ..Self::ANY }
    }

    pub const fn price_at_most(max_price: Money) -> Self {
        Self {
            max_price,
            ..Self::ANY
        }
    }

    pub const fn surface_at_least(square_metres: u32) -> Self {
        Self {
            min_dm2: square_metres as i64 * 100,
            ..Self::ANY
        }
    }

    pub fn holds(&self, unit: &UnitFacts) -> bool {
        unit.traits.intersects(self.traits)
            && unit.price <= self.max_price
            && unit.surface_dm2 >= self.min_dm2
    }
}
