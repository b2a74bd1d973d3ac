//! Results that visitors send with a request, in French.

use super::FORMATS;
use crate::result::shown_unit;
use expo_domain::lead::{AidOutcome, SharedResult};
use expo_domain::summer_plan::Fit;

/// One line for a cell of an export.
pub(super) fn in_words(result: &SharedResult) -> String {
    match result {
        SharedResult::Budget { cash, loan, total } => {
            let loan = loan.map(|loan| format!(", crédit {}", FORMATS.amount(loan)));
            let (total, cash) = (FORMATS.amount(*total), FORMATS.amount(*cash));
            format!("Budget {total} (disponible {cash}{})", loan.unwrap_or_default())
        }
        SharedResult::UnitPlan {
            unit,
            price,
            total,
            total_with_aid,
            monthly,
        } => {
            let (unit, price) = (shown_unit(unit), FORMATS.amount(*price));
            let aided = total_with_aid.map(|total| format!(", avec l’aide {}", FORMATS.range(total)));
            let monthly = monthly.map(|amount| format!(", mensualité {}", FORMATS.amount(amount)));
            let total = FORMATS.range(*total);
            let rest = aided.into_iter().chain(monthly).collect::<String>();
            format!("Plan {unit} : prix {price}, à prévoir {total}{rest}")
        }
        SharedResult::Aid {
            outcome,
            unit,
            amount,
        } => {
            let outcome = match outcome {
                AidOutcome::Met => "possible",
                AidOutcome::Unmet => "condition non remplie",
                AidOutcome::ToConfirm => "à confirmer",
            };
            let unit = unit.as_ref().map(|unit| format!(", {}", shown_unit(unit)));
            let amount = amount.map(|amount| format!(", {}", FORMATS.amount(amount)));
            let rest = unit.into_iter().chain(amount).collect::<String>();
            format!("Aide directe : {outcome}{rest}")
        }
        SharedResult::Stay {
            arrival,
            departure,
            fit,
            last_signature,
        } => {
            let fit = match fit {
                Fit::InPerson => "dates suffisantes",
                Fit::WithProxy => "procuration nécessaire",
                Fit::TooShort => "trop court",
            };
            let [arrival, departure, last] =
                [arrival, departure, last_signature].map(|day| FORMATS.date(*day));
            format!("Séjour du {arrival} au {departure} : {fit}, dernière signature le {last}")
        }
    }
}
