//! What to plan for the items of a shortlist: price and costs, without and with the direct aid. Must not know: means of
//! visitors, texts, windows.

use super::browse::Browse;
use crate::error::KioskError;
use crate::views::{ItemTotal, PlannedTotals, ShortlistItem, UnitsTotal};
use expo_domain::rules::UnitRules;
use expo_domain::{AmountRange, Money, Unit, UnitStatus};
use expo_store::ProjectRows;

/// What to plan for one available unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnitTotal {
    /// Price and costs.
    without_aid: AmountRange,
    /// The direct aid, if it is possible.
    aid: Option<Money>,
}

impl Browse {
    /// What to plan for each item, and for the units together.
    pub fn totals(&self, items: &[ShortlistItem]) -> Result<PlannedTotals, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let rules = index.rules.for_units(index.day);
        let mut totals = Vec::with_capacity(items.len());
        let mut units = Vec::new();
        for item in items {
            let Some(rows) = index.version.project(&item.project)? else {
                totals.push(None);
                continue;
            };
            totals.push(match &item.unit {
                Some(id) => {
                    let unit = UnitTotal::of(rules, &rows, id);
                    units.extend(unit);
                    unit.map(UnitTotal::view)
                }
                None => project_total(rules, &rows),
            });
        }
        Ok(PlannedTotals {
            items: totals,
            units: sum(&units),
        })
    }
}

impl UnitTotal {
    /// `None` if the project has no such unit, or it is not available, or no rule of costs is in force.
    pub(super) fn of(rules: UnitRules<'_>, rows: &ProjectRows, id: &str) -> Option<Self> {
        let unit = rows.units.iter().find(|unit| unit.id == id)?;
        Self::calculate(rules, rows, unit)
    }

    fn calculate(rules: UnitRules<'_>, rows: &ProjectRows, unit: &Unit) -> Option<Self> {
        if unit.status != UnitStatus::Available {
            return None;
        }
        let product_type = rows
            .groups
            .iter()
            .find(|group| group.id == unit.group)?
            .product_type;
        Some(Self {
            without_aid: rules.costs?.total(unit.price, product_type),
            aid: rules.assess(&rows.project, product_type, unit).amount(),
        })
    }

    fn with_aid(self) -> Option<AmountRange> {
        let aid = self.aid?;
        Some(self.without_aid.map(|total| total - aid))
    }

    fn view(self) -> ItemTotal {
        ItemTotal {
            without_aid: self.without_aid,
            with_aid: self.with_aid(),
        }
    }
}

/// From the lowest to the highest total of the available units.
fn project_total(rules: UnitRules<'_>, rows: &ProjectRows) -> Option<ItemTotal> {
    let units = rows.units.iter();
    let totals: Vec<UnitTotal> = units
        .filter_map(|unit| UnitTotal::calculate(rules, rows, unit))
        .collect();
    let any_aid = totals.iter().any(|total| total.aid.is_some());
    let with_aid = totals
        .iter()
        .map(|total| total.with_aid().unwrap_or(total.without_aid));
    Some(ItemTotal {
        without_aid: span(totals.iter().map(|total| total.without_aid))?,
        with_aid: span(with_aid).filter(|_| any_aid),
    })
}

/// From the lowest to the highest end.
fn span(ranges: impl Iterator<Item = AmountRange>) -> Option<AmountRange> {
    ranges.reduce(|a, b| AmountRange::new(a.low.min(b.low), a.high.max(b.high)))
}

/// The units together. The aid counts once, for the unit with the highest one: nobody gets it twice.
pub(super) fn sum(units: &[UnitTotal]) -> Option<UnitsTotal> {
    if units.is_empty() {
        return None;
    }
    let without_aid: AmountRange = units.iter().map(|unit| unit.without_aid).sum();
    let aid = units.iter().filter_map(|unit| unit.aid).max();
    Some(UnitsTotal {
        count: units.len() as u32,
        without_aid,
        with_aid: aid.map(|aid| without_aid.map(|total| total - aid)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(low: i64, high: i64, aid: Option<i64>) -> UnitTotal {
        UnitTotal {
            without_aid: AmountRange::new(Money(low), Money(high)),
            aid: aid.map(Money),
        }
    }

    #[test]
    fn aid_counts_once_in_the_sum() {
        let total = sum(&[
            unit(300, 310, Some(100)),
            unit(400, 420, Some(70)),
            unit(500, 500, None),
        ]);
        let total = total.unwrap();
        assert_eq!(total.count, 3);
        assert_eq!(total.without_aid, AmountRange::new(Money(1_200), Money(1_230)));
        assert_eq!(total.with_aid, Some(AmountRange::new(Money(1_100), Money(1_130))));
        assert_eq!(sum(&[unit(500, 500, None)]).unwrap().with_aid, None);
        assert_eq!(sum(&[]), None);
    }
}
