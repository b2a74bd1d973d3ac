//! Payments of a sale off plan by stage of construction. The shares are data with source and dates. Must not know: loans,
//! the aid.

use crate::money::Money;
use crate::rule_source::RuleSource;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stage of a sale off plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Stage {
    Reservation,
    PreliminaryContract,
    StartOfWorks,
    /// Foundations to ground floor, structure, finishing with permit.
    ThreePhases,
    Keys,
}

/// The payments by stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffPlanRule {
    /// The stages in the order of payment; the last one is paid at the keys.
    pub stages: Vec<StageShare>,
    /// Longest time from the reservation to the preliminary contract.
    pub reservation_months: u16,
    /// Time after the reservation in which the buyer may withdraw.
    pub withdrawal_months: u16,
    /// Where the values come from.
    pub source: RuleSource,
}

/// The part of the price due at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageShare {
    /// The stage.
    pub stage: Stage,
    /// Basis points of the price.
    pub share_bp: u32,
}

/// A payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct StagePayment {
    /// The stage.
    pub stage: Stage,
    /// Basis points of the price.
    pub share_bp: u32,
    /// Amount.
    pub amount: Money,
}

impl OffPlanRule {
    /// Whether the shares add up to the price.
    pub fn is_complete(&self) -> bool {
        self.stages.iter().map(|share| share.share_bp).sum::<u32>() == 10_000
    }

    /// The part of the price due at a stage, in basis points.
    pub fn share_of(&self, stage: Stage) -> u32 {
        let found = self.stages.iter().find(|share| share.stage == stage);
        found.map_or(0, |share| share.share_bp)
    }

    /// The payments for a price. They add up to it: the last one takes the centimes lost by rounding.
    pub fn payments(&self, price: Money) -> Vec<StagePayment> {
        let mut rest = price;
        let last = self.stages.len().saturating_sub(1);
        let payment = |(at, share): (usize, &StageShare)| {
            let amount = if at == last {
                rest
            } else {
                price.basis_points(i64::from(share.share_bp)).min(rest)
            };
            rest = rest - amount;
            StagePayment {
                stage: share.stage,
                share_bp: share.share_bp,
                amount,
            }
        };
        self.stages.iter().enumerate().map(payment).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_source::Confidence;
    use jiff::civil::Date;

    #[test]
    fn payments_add_up_to_the_price() {
        let share = |stage, share_bp| StageShare { stage, share_bp };
        let rule = OffPlanRule {
            stages: vec![
                share(Stage::Reservation, 333),
                share(Stage::ThreePhases, 6_667),
                share(Stage::Keys, 3_000),
            ],
            reservation_months: 6,
            withdrawal_months: 1,
            source: RuleSource {
                reference: String::new(),
                checked_on: Date::constant(2026, 1, 1),
                reviewer: String::new(),
                confidence: Confidence::High,
            },
        };
        assert!(rule.is_complete());
        for price in [0, 1, 99, 28_800_001, i64::from(u32::MAX)] {
            let payments = rule.payments(Money(price));
            assert_eq!(payments.iter().map(|p| p.amount).sum::<Money>(), Money(price));
            assert!(payments.iter().all(|p| p.amount >= Money(0)));
        }
    }
}
