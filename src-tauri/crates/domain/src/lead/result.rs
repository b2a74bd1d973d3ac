//! A result of the questions on the kiosk that a visitor agrees to send with the request. Owns the figures that the visitor
//! saw and their check. Must not know: how they are calculated, the sentences around them.

use super::field_error::FieldCode;
use super::interest::{Interest, InterestDraft};
use crate::money::{AmountRange, Money};
use crate::summer_plan::Fit;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest amount of a result. Amounts beyond it were not calculated by a kiosk.
const MAX_AMOUNT: Money = Money::dirhams(10_000_000_000);

/// What the kiosk calculated for the visitor. It has the lines of the
/// review: figures, the outcome about the aid, the dates of a stay, and of the answers only the available sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SharedResult {
    /// What the visitor can afford. Amounts are centimes.
    Budget {
        /// Cash.
        #[cfg_attr(feature = "schema", schema(value_type = i64))]
        cash: Money,
        /// Loan that the monthly payment repays; null without one.
        #[cfg_attr(feature = "schema", schema(value_type = Option<i64>, required))]
        loan: Option<Money>,
        /// Both together.
        #[cfg_attr(feature = "schema", schema(value_type = i64))]
        total: Money,
    },
    /// What to plan for one unit. Amounts are centimes.
    UnitPlan {
        /// The unit.
        unit: ResultUnit,
        /// Its price.
        #[cfg_attr(feature = "schema", schema(value_type = i64))]
        price: Money,
        /// Price and costs.
        total: AmountRange,
        /// The same if the direct aid is granted; null if none is possible.
        #[cfg_attr(feature = "schema", schema(required))]
        total_with_aid: Option<AmountRange>,
        /// Monthly payment of the loan without the aid; null without one.
        #[cfg_attr(feature = "schema", schema(value_type = Option<i64>, required))]
        monthly: Option<Money>,
    },
    /// Whether the direct aid is possible, for all buyers together. Says nothing about one person or one answer.
    Aid {
        /// The result.
        outcome: AidOutcome,
        /// The unit, if the result was given for exactly one.
        #[cfg_attr(feature = "schema", schema(required))]
        unit: Option<ResultUnit>,
        /// The aid for that unit in centimes; null if it is not known or not possible.
        #[cfg_attr(feature = "schema", schema(value_type = Option<i64>, required))]
        amount: Option<Money>,
    },
    /// The plan of a stay in Morocco.
    Stay {
        /// Day of arrival.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
        #[ts(type = "string")]
        arrival: Date,
        /// Day of departure.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
        #[ts(type = "string")]
        departure: Date,
        /// Whether the stay is long enough.
        fit: Fit,
        /// Day of the last signature that has a date.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
        #[ts(type = "string")]
        last_signature: Date,
    },
}

/// A unit of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResultUnit {
    /// Identifier of its project.
    pub project: String,
    /// Identifier of the unit.
    pub unit: String,
    /// Product number as displayed, such as `A-104`; null if the catalogue could not be read.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub number: Option<String>,
}

/// Whether the direct aid is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AidOutcome {
    /// All conditions are met.
    Met,
    /// A condition is not met.
    Unmet,
    /// To confirm at the desk.
    ToConfirm,
}

impl SharedResult {
    /// The result with the number that the catalogue has for its unit, or why it cannot be sent.
    pub(super) fn check(
        &self,
        interest: &dyn Fn(&InterestDraft) -> Result<Interest, FieldCode>,
    ) -> Result<Self, FieldCode> {
        let is_possible = match self {
            Self::Budget { cash, loan, total } => {
                amounts([Some(*cash), *loan, Some(*total)]) && *total >= *cash
            }
            Self::UnitPlan {
                price,
                total,
                total_with_aid,
                monthly,
                ..
            } => amounts([Some(*price), *monthly]) && range(*total) && total_with_aid.is_none_or(range),
            Self::Aid { unit, amount, .. } => amounts([*amount]) && (unit.is_some() || amount.is_none()),
            Self::Stay {
                arrival, departure, ..
            } => arrival <= departure,
        };
        if !is_possible {
            return Err(FieldCode::ResultInvalid);
        }
        let mut checked = self.clone();
        if let Self::UnitPlan { unit, .. } | Self::Aid { unit: Some(unit), .. } = &mut checked {
            let named = interest(&InterestDraft {
                project: unit.project.clone(),
                unit: Some(unit.unit.clone()),
            })?;
            unit.number = named.unit_number;
        }
        Ok(checked)
    }
}

fn amounts<const N: usize>(amounts: [Option<Money>; N]) -> bool {
    let mut given = amounts.into_iter().flatten();
    given.all(|amount| (Money(0)..=MAX_AMOUNT).contains(&amount))
}

fn range(range: AmountRange) -> bool {
    range.low <= range.high && amounts([Some(range.low), Some(range.high)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn catalogue(draft: &InterestDraft) -> Result<Interest, FieldCode> {
        match draft.unit.as_deref() {
            Some("U-1") => Ok(Interest {
                unit_number: Some("A-1".to_owned()),
                ..draft.unnamed()
            }),
            _ => Err(FieldCode::UnknownUnit),
        }
    }

    fn plan(unit: &str, low: i64, high: i64) -> SharedResult {
        SharedResult::UnitPlan {
            unit: ResultUnit {
                project: "P-1".to_owned(),
                unit: unit.to_owned(),
                number: Some("as typed".to_owned()),
            },
            price: Money(100),
            total: AmountRange::new(Money(low), Money(high)),
            total_with_aid: None,
            monthly: None,
        }
    }

    #[test]
    fn the_number_of_the_unit_is_that_of_the_catalogue() {
        let checked = plan("U-1", 100, 120).check(&catalogue).unwrap();
        let SharedResult::UnitPlan { unit, .. } = checked else {
            panic!("a plan stays a plan")
        };
        assert_eq!(unit.number.as_deref(), Some("A-1"));
        assert_eq!(
            plan("U-9", 100, 120).check(&catalogue),
            Err(FieldCode::UnknownUnit)
        );
    }

    #[test]
    fn impossible_figures_are_refused() {
        let budget = |cash, total| SharedResult::Budget {
            cash: Money(cash),
            loan: None,
            total: Money(total),
        };
        let stay = |departure| SharedResult::Stay {
            arrival: date(2027, 7, 10),
            departure,
            fit: Fit::InPerson,
            last_signature: date(2027, 7, 20),
        };
        let aid_without_unit = SharedResult::Aid {
            outcome: AidOutcome::Met,
            unit: None,
            amount: Some(Money::dirhams(100_000)),
        };
        for refused in [
            budget(-1, 0),
            budget(2, 1),
            budget(0, i64::MAX),
            plan("U-1", 120, 100),
            stay(date(2027, 7, 9)),
            aid_without_unit,
        ] {
            assert_eq!(
                refused.check(&catalogue),
                Err(FieldCode::ResultInvalid),
                "{refused:?}"
            );
        }
        for accepted in [budget(0, 0), budget(1, 2), stay(date(2027, 7, 10))] {
            assert_eq!(accepted.check(&catalogue), Ok(accepted));
        }
    }

    #[test]
    fn aid_of_a_couple_is_one_outcome_without_answers() {
        let aid = SharedResult::Aid {
            outcome: AidOutcome::ToConfirm,
            unit: None,
            amount: None,
        };
        let written = serde_json::to_value(&aid).unwrap();
        assert_eq!(
            written,
            json!({"kind": "aid", "outcome": "to_confirm", "unit": null, "amount": null})
        );
    }
}
