//! Results that visitors send with a request, in English.

use super::FORMATS;
use crate::result::shown_unit;
use expo_domain::lead::{AidOutcome, SharedResult};
use expo_domain::summer_plan::Fit;

/// One line for a cell of an export.
pub(super) fn in_words(result: &SharedResult) -> String {
    match result {
        SharedResult::Budget { cash, loan, total } => {
            let loan = loan.map(|loan| format!(", loan {}", FORMATS.amount(loan)));
            let (total, cash) = (FORMATS.amount(*total), FORMATS.amount(*cash));
            format!("Budget {total} (cash {cash}{})", loan.unwrap_or_default())
        }
        SharedResult::UnitPlan {
            unit,
            price,
            total,
            total_with_aid,
            monthly,
        } => {
            let (unit, price) = (shown_unit(unit), FORMATS.amount(*price));
            let aided = total_with_aid.map(|total| format!(", with the aid {}", FORMATS.range(total)));
            let monthly = monthly.map(|amount| format!(", monthly payment {}", FORMATS.amount(amount)));
            let total = FORMATS.range(*total);
            let rest = aided.into_iter().chain(monthly).collect::<String>();
            format!("Plan {unit}: price {price}, to plan {total}{rest}")
        }
        SharedResult::Aid {
            outcome,
            unit,
            amount,
        } => {
            let outcome = match outcome {
                AidOutcome::Met => "possible",
                AidOutcome::Unmet => "a condition is not met",
                AidOutcome::ToConfirm => "to confirm",
            };
            let unit = unit.as_ref().map(|unit| format!(", {}", shown_unit(unit)));
            let amount = amount.map(|amount| format!(", {}", FORMATS.amount(amount)));
            let rest = unit.into_iter().chain(amount).collect::<String>();
            format!("Direct aid: {outcome}{rest}")
        }
        SharedResult::Stay {
            arrival,
            departure,
            fit,
            last_signature,
        } => {
            let fit = match fit {
                Fit::InPerson => "long enough",
                Fit::WithProxy => "power of attorney needed",
                Fit::TooShort => "too short",
            };
            let [arrival, departure, last] =
                [arrival, departure, last_signature].map(|day| FORMATS.date(*day));
            format!("Stay {arrival} to {departure}: {fit}, last signature {last}")
        }
    }
}
