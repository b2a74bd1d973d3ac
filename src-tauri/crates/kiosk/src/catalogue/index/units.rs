//! Facts of the available units, grouped by project: only what a query over 100,000 units needs. Must not know: queries.

use expo_domain::{Money, ProductType, Unit};

/// Largest number of rooms with a trait of its own; it includes units with more rooms.
pub(crate) const MAX_ROOMS: u32 = 5;

/// Traits of a unit as a bit set: bits 0–9 for the product type, bits 16–20 for rooms, bit 31 for the aid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits(u32);

impl Traits {
    pub const NONE: Self = Self(0);
    pub const AID: Self = Self(1 << 31);

    /// The trait of a product type.
    pub const fn of_type(product_type: ProductType) -> Self {
        Self(1 << product_type as u32)
    }

    /// The trait of a number of rooms; 0 has none.
    pub const fn of_rooms(rooms: u32) -> Self {
        match rooms {
            0 => Self::NONE,
            MAX_ROOMS.. => Self(1 << (15 + MAX_ROOMS)),
            rooms => Self(1 << (15 + rooms)),
        }
    }

    /// All traits of a unit.
    pub fn of(unit: &Unit, product_type: ProductType, aid: bool) -> Self {
        let rooms = unit.rooms.map_or(Self::NONE, Self::of_rooms);
        let aid = if aid { Self::AID } else { Self::NONE };
        Self::of_type(product_type).union(rooms).union(aid)
    }

    /// The union of two sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a trait in common.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A unit in the index, or several units merged: the lowest price and totals, the largest surface and the traits of all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitFacts {
    pub price: Money,
    /// Upper total to plan for: price and costs.
    pub to_plan: Money,
    /// `to_plan` less the direct aid, if it is possible.
    pub to_plan_with_aid: Money,
    /// Surface in square decimetres.
    pub surface_dm2: i64,
    pub traits: Traits,
}

impl UnitFacts {
    /// No unit, merged.
    pub const NONE: Self = Self {
        price: Money(i64::MAX),
        to_plan: Money(i64::MAX),
        to_plan_with_aid: Money(i64::MAX),
        surface_dm2: i64::MIN,
        traits: Traits::NONE,
    };

    /// The total to plan for, with the direct aid or without.
    pub const fn total(&self, counts_aid: bool) -> Money {
        if counts_aid {
            self.to_plan_with_aid
        } else {
            self.to_plan
        }
    }

    /// Both merged.
    pub fn merge(&self, other: &Self) -> Self {
        Self {
            price: self.price.min(other.price),
            to_plan: self.to_plan.min(other.to_plan),
            to_plan_with_aid: self.to_plan_with_aid.min(other.to_plan_with_aid),
            surface_dm2: self.surface_dm2.max(other.surface_dm2),
            traits: self.traits.union(other.traits),
        }
    }
}

/// All available units.
#[derive(Debug, Default)]
pub(crate) struct Units {
    facts: Vec<UnitFacts>,
    /// Start of each project's units in `facts`, then the end of the last project's units.
    starts: Vec<usize>,
}

impl Units {
    /// Units in any order, each with the ordinal of its project.
    pub fn new(projects: usize, mut units: Vec<(usize, UnitFacts)>) -> Self {
        units.sort_by_key(|(project, _)| *project);
        let mut starts = Vec::with_capacity(projects + 1);
        let mut next = 0;
        for project in 0..=projects {
            while units.get(next).is_some_and(|(of, _)| *of < project) {
                next += 1;
            }
            starts.push(next);
        }
        Self {
            facts: units.into_iter().map(|(_, facts)| facts).collect(),
            starts,
        }
    }

    /// Units of a project by its ordinal.
    pub fn of(&self, project: usize) -> &[UnitFacts] {
        match (self.starts.get(project), self.starts.get(project + 1)) {
            (Some(&start), Some(&end)) => &self.facts[start..end],
            _ => &[],
        }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.facts.len()
    }
}
