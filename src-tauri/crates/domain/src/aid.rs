//! Direct housing aid (Daam Sakane): amount for each unit. The rules are data with source and dates; this module only
//! applies them. Must not know: a visitor's personal situation, which `aid_questionnaire` asks about.
//!
//! Source of the shipped rules: decree 2-23-350, see `assets/rules/aid.toml`.

use crate::aid_questionnaire::AidProcedure;
use crate::catalogue::{Delivery, ProductType, Project, Unit};
use crate::money::Money;
use crate::rule_source::{RuleSource, is_in_force};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One version of the rules of the aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AidRule {
    /// Name of the version, shown with every answer.
    pub version: String,
    /// Legal source.
    pub source: RuleSource,
    /// First day it applies.
    pub valid_from: Date,
    /// Last day it applies, included; `None` is open-ended.
    pub valid_to: Option<Date>,
    /// Not confirmed as enacted; such a version is never applied.
    #[serde(default)]
    pub to_confirm: bool,
    /// Amounts by price, cheapest first.
    pub bands: Vec<AidBand>,
    /// Eligible types.
    pub eligible_types: Vec<ProductType>,
    /// Types for which the result is [`Aid::ToConfirm`].
    #[serde(default)]
    pub to_confirm_types: Vec<ProductType>,
    /// Smallest eligible number of rooms.
    pub min_rooms: u32,
    /// Earliest eligible date of the habitation permit.
    pub permit_from: Date,
    /// What buyers are asked, and how the aid is paid.
    pub procedure: AidProcedure,
}

/// Amount of aid for units up to a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AidBand {
    /// Highest price TTC, included, in centimes.
    pub max_price: Money,
    /// Amount of the aid, in centimes.
    pub amount: Money,
}

/// Result of the rules for one unit. Always indicative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aid {
    /// The unit meets the rules today.
    Eligible(Money),
    /// The unit has no habitation permit yet and meets the rules once it has one.
    AtDelivery(Money),
    /// The rules give no clear result.
    ToConfirm,
    /// The unit does not meet the rules.
    NotEligible,
}

/// Why a unit does not meet the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AidObstacle {
    /// The price is above the highest ceiling.
    Price,
    /// The type of property is not eligible.
    Type,
    /// Too few rooms.
    Rooms,
    /// The habitation permit is too old.
    Permit,
}

impl Aid {
    /// The possible amount, if the unit is or becomes eligible.
    pub const fn amount(self) -> Option<Money> {
        match self {
            Self::Eligible(amount) | Self::AtDelivery(amount) => Some(amount),
            Self::ToConfirm | Self::NotEligible => None,
        }
    }
}

impl AidRule {
    /// The version to apply on `day`: the latest enacted one that is valid on that day.
    pub fn current(rules: &[Self], day: Date) -> Option<&Self> {
        rules
            .iter()
            .filter(|r| !r.to_confirm && is_in_force(r.valid_from, r.valid_to, day))
            .max_by_key(|r| r.valid_from)
    }

    /// The version that is reported but not confirmed on `day`, if it is later than the applied one.
    pub fn reported(rules: &[Self], day: Date) -> Option<&Self> {
        let applied = Self::current(rules, day).map(|rule| rule.valid_from);
        rules
            .iter()
            .filter(|r| r.to_confirm && is_in_force(r.valid_from, r.valid_to, day))
            .filter(|r| Some(r.valid_from) > applied)
            .max_by_key(|r| r.valid_from)
    }

    /// The highest amount of the aid.
    pub fn highest_amount(&self) -> Option<Money> {
        self.bands.iter().map(|band| band.amount).max()
    }

    /// Applies this version to a unit: its price TTC, type, rooms and the habitation permit of its project.
    pub fn assess(&self, project: &Project, product_type: ProductType, unit: &Unit) -> Aid {
        match self.examine(project, product_type, unit) {
            Ok(aid) => aid,
            Err(_) => Aid::NotEligible,
        }
    }

    /// Why a unit does not meet the rules; `None` if it does, or may.
    pub fn obstacle(&self, project: &Project, product_type: ProductType, unit: &Unit) -> Option<AidObstacle> {
        self.examine(project, product_type, unit).err()
    }

    fn examine(&self, project: &Project, product_type: ProductType, unit: &Unit) -> Result<Aid, AidObstacle> {
        let is_to_confirm = self.to_confirm_types.contains(&product_type);
        if !is_to_confirm && !self.eligible_types.contains(&product_type) {
            return Err(AidObstacle::Type);
        }
        let band = self.bands.iter().find(|band| unit.price <= band.max_price);
        let band = band.ok_or(AidObstacle::Price)?;
        if is_to_confirm {
            return Ok(Aid::ToConfirm);
        }
        if unit.rooms.is_some_and(|rooms| rooms < self.min_rooms) {
            return Err(AidObstacle::Rooms);
        }
        match project.habitation_permit_on {
            Some(permit) if permit >= self.permit_from => Ok(Aid::Eligible(band.amount)),
            Some(_) => Err(AidObstacle::Permit),
            None if project.delivery == Delivery::Delivered => Ok(Aid::ToConfirm),
            None => Ok(Aid::AtDelivery(band.amount)),
        }
    }

    /// The threshold that a price just exceeds: the highest price of a band whose aid the excess would have won back. `None`
    /// if the price is below the thresholds or far above.
    pub fn exceeded_threshold(&self, price: Money) -> Option<AidThreshold> {
        let amount_at = |price: Money| {
            let band = self.bands.iter().find(|band| price <= band.max_price);
            band.map_or(Money(0), |band| band.amount)
        };
        let below = self.bands.iter().rfind(|band| band.max_price < price)?;
        let lost = below.amount - amount_at(price);
        let excess = price - below.max_price;
        (excess <= lost).then_some(AidThreshold {
            max_price: below.max_price,
            excess,
            lost,
        })
    }
}

/// A threshold of the aid that a price just exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AidThreshold {
    /// Highest price with more aid.
    pub max_price: Money,
    /// How much the price exceeds it.
    pub excess: Money,
    /// Aid that is lost by the excess.
    pub lost: Money,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aid_questionnaire::AidProcedure;
    use crate::rule_source::Confidence;

    fn rule(version: &str, valid_from: Date, to_confirm: bool) -> AidRule {
        AidRule {
            version: version.to_owned(),
            source: RuleSource {
                reference: String::new(),
                checked_on: valid_from,
                reviewer: String::new(),
                confidence: Confidence::High,
            },
            valid_from,
            valid_to: None,
            to_confirm,
            bands: [(300_000, 100_000), (700_000, 70_000)]
                .map(|(max_price, amount)| AidBand {
                    max_price: Money::dirhams(max_price),
                    amount: Money::dirhams(amount),
                })
                .to_vec(),
            eligible_types: Vec::new(),
            to_confirm_types: Vec::new(),
            min_rooms: 2,
            permit_from: valid_from,
            procedure: AidProcedure {
                official_page: String::new(),
                commitment_years: 5,
                questions: Vec::new(),
                steps: Vec::new(),
                changes: Vec::new(),
            },
        }
    }

    #[test]
    fn prices_just_above_a_threshold_lose_aid() {
        let rule = rule("test", Date::constant(2024, 1, 1), false);
        let lost = |dirhams| {
            let threshold = rule.exceeded_threshold(Money::dirhams(dirhams));
            threshold.map(|threshold| threshold.lost)
        };
        assert_eq!(lost(300_000), None);
        assert_eq!(lost(300_001), Some(Money::dirhams(30_000)));
        assert_eq!(lost(330_001), None);
        assert_eq!(lost(700_000), None);
        assert_eq!(lost(701_000), Some(Money::dirhams(70_000)));
        assert_eq!(lost(770_001), None);
    }

    #[test]
    fn thresholds_are_exact_to_the_centime() {
        let rule = rule("test", Date::constant(2024, 1, 1), false);
        let exceeded = |centimes| {
            let found = rule.exceeded_threshold(Money(centimes));
            found.map(|found| (found.max_price.0, found.excess.0, found.lost.0))
        };
        assert_eq!(exceeded(30_000_000), None);
        assert_eq!(exceeded(30_000_001), Some((30_000_000, 1, 3_000_000)));
        assert_eq!(exceeded(33_000_000), Some((30_000_000, 3_000_000, 3_000_000)));
        assert_eq!(exceeded(33_000_001), None);
        assert_eq!(exceeded(70_000_000), None);
        assert_eq!(exceeded(70_000_001), Some((70_000_000, 1, 7_000_000)));
        assert_eq!(exceeded(77_000_000), Some((70_000_000, 7_000_000, 7_000_000)));
        assert_eq!(exceeded(77_000_001), None);
    }

    #[test]
    fn reported_version_is_later_than_the_applied_one() {
        let year = |year| Date::constant(year, 1, 1);
        let rules = [rule("2024", year(2024), false), rule("2026", year(2026), true)];
        let version = |day| AidRule::reported(&rules, day).map(|rule| rule.version.as_str());
        assert_eq!(version(Date::constant(2025, 12, 31)), None);
        assert_eq!(version(year(2026)), Some("2026"));
        let confirmed = [rule("2025", year(2025), true), rule("2026", year(2026), false)];
        assert_eq!(AidRule::reported(&confirmed, year(2026)), None);
    }
}
