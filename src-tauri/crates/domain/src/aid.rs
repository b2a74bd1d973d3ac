//! Direct housing aid (Daam Sakane): which unit may bring how much. The rules are data with source and dates; this
//! module only applies them. Must not know a visitor's answers: those belong to the questionnaire.
//!
//! Source of the rules shipped: decree 2-23-350, see `assets/rules/aid.toml`.

use crate::catalogue::{Delivery, ProductType, Project, Unit};
use crate::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One version of the aid's rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AidRule {
    /// Name of the version, shown with every answer.
    pub version: String,
    /// Legal source.
    pub source: String,
    /// First day it holds.
    pub valid_from: Date,
    /// Last day it holds.
    pub valid_to: Option<Date>,
    /// Day somebody last compared it with the source.
    pub checked_on: Date,
    /// Whether enactment is still to be confirmed; such a version is never applied.
    #[serde(default)]
    pub to_confirm: bool,
    /// Amounts by price, cheapest first.
    pub bands: Vec<AidBand>,
    /// Types that can bring the aid.
    pub eligible_types: Vec<ProductType>,
    /// Types for which the answer is "to confirm".
    #[serde(default)]
    pub to_confirm_types: Vec<ProductType>,
    /// Fewest rooms.
    pub min_rooms: u32,
    /// Earliest date of the permit to inhabit.
    pub permit_from: Date,
}

/// An amount for units up to a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AidBand {
    /// Highest price TTC, included, in centimes.
    pub max_price: Money,
    /// The aid, in centimes.
    pub amount: Money,
}

/// What the rules say of one unit. Always indicative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aid {
    /// The unit meets the rules today.
    Eligible(Money),
    /// It has no permit to inhabit yet and would meet them with one.
    AtDelivery(Money),
    /// The rules do not say clearly.
    ToConfirm,
    /// It does not meet them.
    NotEligible,
}

impl Aid {
    /// The amount to count on, potentially.
    pub const fn amount(self) -> Option<Money> {
        match self {
            Self::Eligible(amount) | Self::AtDelivery(amount) => Some(amount),
            Self::ToConfirm | Self::NotEligible => None,
        }
    }
}

impl AidRule {
    /// The version to apply on `day`: the latest enacted one that holds then.
    pub fn current(rules: &[Self], day: Date) -> Option<&Self> {
        rules
            .iter()
            .filter(|r| !r.to_confirm && r.valid_from <= day && r.valid_to.is_none_or(|to| day <= to))
            .max_by_key(|r| r.valid_from)
    }

    /// What this version says of a unit, by its TTC price, type, rooms and the project's permit.
    pub fn assess(&self, project: &Project, product_type: ProductType, unit: &Unit) -> Aid {
        if self.to_confirm_types.contains(&product_type) {
            return Aid::ToConfirm;
        }
        let Some(band) = self.bands.iter().find(|band| unit.price <= band.max_price) else {
            return Aid::NotEligible;
        };
        if !self.eligible_types.contains(&product_type)
            || unit.rooms.is_some_and(|rooms| rooms < self.min_rooms)
        {
            return Aid::NotEligible;
        }
        match project.habitation_permit_on {
            Some(permit) if permit >= self.permit_from => Aid::Eligible(band.amount),
            Some(_) => Aid::NotEligible,
            None if project.delivery == Delivery::Delivered => Aid::ToConfirm,
            None => Aid::AtDelivery(band.amount),
        }
    }
}
