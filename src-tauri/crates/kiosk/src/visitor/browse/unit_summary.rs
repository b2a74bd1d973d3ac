//! Summary of the units of one project for a query. Must not know: how units are filtered.

use super::filters::Filters;
use crate::catalogue::index::UnitFacts;
use crate::views::FilterName;
use expo_domain::Money;

/// Several units: their number and their merged facts.
#[derive(Clone, Copy)]
pub(super) struct MergedUnits {
    pub count: u32,
    pub facts: UnitFacts,
}

impl MergedUnits {
    const NONE: Self = Self {
        count: 0,
        facts: UnitFacts::NONE,
    };

    fn add(&mut self, unit: &UnitFacts) {
        self.count += 1;
        self.facts = self.facts.merge(unit);
    }

    pub fn lowest_total(&self, counts_aid: bool) -> Option<Money> {
        (self.count > 0).then_some(self.facts.total(counts_aid))
    }

    pub fn lowest_price(&self) -> Option<Money> {
        (self.count > 0).then_some(self.facts.price)
    }
}

/// The units of one project that fail at most one filter.
pub(super) struct UnitSummary {
    /// Units that pass all filters.
    pub fitting: MergedUnits,
    /// Smallest surface of the fitting units, in square decimetres. Merged facts have only the largest.
    smallest_dm2: i64,
    /// Per filter: units that fail only this one.
    failing_one: [MergedUnits; FilterName::ALL.len()],
}

impl UnitSummary {
    pub const NONE: Self = Self {
        fitting: MergedUnits::NONE,
        smallest_dm2: i64::MAX,
        failing_one: [MergedUnits::NONE; FilterName::ALL.len()],
    };

    /// Adds a unit that fails the filters in `failed`.
    pub fn add(&mut self, unit: &UnitFacts, failed: Filters) {
        if failed.is_empty() {
            self.fitting.add(unit);
            self.smallest_dm2 = self.smallest_dm2.min(unit.surface_dm2);
        } else if let Some(filter) = failed.only() {
            self.failing_one[filter].add(unit);
        }
    }

    /// Smallest and largest surface of the fitting units, in square decimetres.
    pub fn surfaces(&self) -> Option<(i64, i64)> {
        (self.fitting.count > 0).then_some((self.smallest_dm2, self.fitting.facts.surface_dm2))
    }

    /// Units that pass all filters other than this one.
    pub fn without(&self, filter: FilterName) -> MergedUnits {
        let failing = &self.failing_one[filter as usize];
        MergedUnits {
            count: self.fitting.count + failing.count,
            facts: self.fitting.facts.merge(&failing.facts),
        }
    }
}
