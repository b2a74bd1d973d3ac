//! Exchange rules for buyers who live abroad: the part to pay in foreign currency for a loan in dirhams, and what can be
//! transferred abroad at resale. Must not know: banks, the amount of a resale.

use crate::money::Money;
use crate::rule_source::RuleSource;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Step of the part paid in foreign currency, in basis points.
const STEP_BP: u32 = 1_000;

/// The rules and their source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRule {
    /// Least part of the price in foreign currency for a loan in dirhams, in basis points.
    pub min_foreign_share_bp: u32,
    /// Cash to declare at customs, from this amount.
    pub declare_cash_from: Money,
    /// Where the rules come from.
    pub source: RuleSource,
}

/// A part of the price paid in foreign currency. At resale the same part of the money can be transferred abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ForeignShare {
    /// Basis points of the price.
    pub share_bp: u32,
    /// Amount paid in foreign currency.
    pub amount: Money,
    /// What is missing for a loan in dirhams.
    pub missing: Money,
}

impl ExchangeRule {
    /// The amount to pay in foreign currency for a loan in dirhams.
    pub const fn required(&self, price: Money) -> Money {
        price.basis_points(self.min_foreign_share_bp as i64)
    }

    /// The parts to choose from, from nothing to the complete price.
    pub fn shares(&self, price: Money) -> Vec<ForeignShare> {
        let share = |step: u32| {
            let amount = price.basis_points(i64::from(step * STEP_BP));
            ForeignShare {
                share_bp: step * STEP_BP,
                amount,
                missing: (self.required(price) - amount).max(Money(0)),
            }
        };
        (0..=10_000 / STEP_BP).map(share).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_source::Confidence;
    use jiff::civil::Date;

    #[test]
    fn less_than_the_least_share_says_what_is_missing() {
        let rule = ExchangeRule {
            min_foreign_share_bp: 3_000,
            declare_cash_from: Money::dirhams(100_000),
            source: RuleSource {
                reference: String::new(),
                checked_on: Date::constant(2026, 1, 1),
                reviewer: String::new(),
                confidence: Confidence::Medium,
            },
        };
        let shares = rule.shares(Money::dirhams(500_000));
        assert_eq!(shares.len(), 11);
        assert_eq!(shares[2].missing, Money::dirhams(50_000));
        assert_eq!(shares[3].missing, Money(0));
        assert_eq!(shares[10].amount, Money::dirhams(500_000));
    }
}
