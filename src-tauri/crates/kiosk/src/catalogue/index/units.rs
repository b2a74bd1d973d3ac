//! The units that can be had, as columns in the order of their projects: what a selection over 100,000 of them needs,
//! and nothing else.

use domain::{Money, ProductType, Unit};

/// Five stands for five rooms or more.
pub(crate) const MOST_ROOMS: u32 = 5;

/// Traits of a unit in one word: bits 0–9 its product type, bits 16–20 its rooms, bit 31 the aid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits(u32);

impl Traits {
    pub const NONE: Self = Self(0);
    pub const AID: Self = Self(1 << 31);

    /// A product type.
    pub const fn of_type(product_type: ProductType) -> Self {
        Self(1 << product_type as u32)
    }

    /// A number of rooms; none has no bit.
    pub const fn of_rooms(rooms: u32) -> Self {
        match rooms {
            0 => Self::NONE,
            MOST_ROOMS.. => Self(1 << (15 + MOST_ROOMS)),
            rooms => Self(1 << (15 + rooms)),
        }
    }

    /// Those of a unit.
    pub fn of(unit: &Unit, product_type: ProductType, aid: bool) -> Self {
        let rooms = unit.rooms.map_or(Self::NONE, Self::of_rooms);
        let aid = if aid { Self::AID } else { Self::NONE };
        Self::of_type(product_type).with(rooms).with(aid)
    }

    /// Both together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they have one in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A unit as selections see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitFacts {
    pub price: Money,
    /// Square decimetres.
    pub surface_dm2: i64,
    pub traits: Traits,
}

/// Every unit that can be had.
#[derive(Debug, Default)]
pub(crate) struct Units {
    facts: Vec<UnitFacts>,
    /// Where each project's units begin, and the end of the last.
    starts: Vec<usize>,
}

impl Units {
    /// Units given with the place of their project, in any order.
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

    /// Those of one project.
    pub fn of(&self, project: usize) -> &[UnitFacts] {
        match (self.starts.get(project), self.starts.get(project + 1)) {
            (Some(&start), Some(&end)) => &self.facts[start..end],
            _ => &[],
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }
}
