//! Results that visitors send with a request, in Arabic.

use super::FORMATS;
use crate::result::shown_unit;
use expo_domain::lead::{AidOutcome, SharedResult};
use expo_domain::summer_plan::Fit;

/// One line for a cell of an export.
pub(super) fn in_words(result: &SharedResult) -> String {
    match result {
        SharedResult::Budget { cash, loan, total } => {
            let loan = loan.map(|loan| format!("،\u{200f} القرض {}", FORMATS.amount(loan)));
            let (total, cash) = (FORMATS.amount(*total), FORMATS.amount(*cash));
            format!("الميزانية {total} (المتوفر {cash}{})", loan.unwrap_or_default())
        }
        SharedResult::UnitPlan {
            unit,
            price,
            total,
            total_with_aid,
            monthly,
        } => {
            let (unit, price) = (shown_unit(unit), FORMATS.amount(*price));
            let aided = total_with_aid.map(|total| format!("،\u{200f} مع الدعم {}", FORMATS.range(total)));
            let monthly = monthly.map(|amount| format!("،\u{200f} القسط الشهري {}", FORMATS.amount(amount)));
            let total = FORMATS.range(*total);
            let rest = aided.into_iter().chain(monthly).collect::<String>();
            format!("كلفة \u{200e}{unit}\u{200f}: الثمن {price}،\u{200f} المبلغ المتوقع {total}{rest}")
        }
        SharedResult::Aid {
            outcome,
            unit,
            amount,
        } => {
            let outcome = match outcome {
                AidOutcome::Met => "ممكن",
                AidOutcome::Unmet => "شرط غير متوفر",
                AidOutcome::ToConfirm => "يحتاج إلى تأكيد",
            };
            let unit = unit
                .as_ref()
                .map(|unit| format!("،\u{200f} \u{200e}{}\u{200f}", shown_unit(unit)));
            let amount = amount.map(|amount| format!("،\u{200f} {}", FORMATS.amount(amount)));
            let rest = unit.into_iter().chain(amount).collect::<String>();
            format!("الدعم المباشر: {outcome}{rest}")
        }
        SharedResult::Stay {
            arrival,
            departure,
            fit,
            last_signature,
        } => {
            let fit = match fit {
                Fit::InPerson => "المدة كافية",
                Fit::WithProxy => "تلزم وكالة",
                Fit::TooShort => "المدة قصيرة",
            };
            let [arrival, departure, last] =
                [arrival, departure, last_signature].map(|day| FORMATS.date(*day));
            format!("الإقامة من {arrival} إلى {departure}: {fit}،\u{200f} آخر توقيع {last}")
        }
    }
}
