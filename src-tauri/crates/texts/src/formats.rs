//! How a language writes numbers, amounts, areas and dates. Must not know: the texts around them.

use expo_domain::{AmountRange, Money};
use jiff::civil::Date;

/// Number and date formats of one language.
#[derive(Debug)]
pub struct Formats {
    /// Separates groups of three digits. A no-break space also keeps the groups in order in Arabic text, where a plain
    /// space would reverse them.
    pub digit_group_separator: char,
    /// Precedes the decimals.
    pub decimal_mark: char,
    /// Follows an amount.
    pub currency: &'static str,
    /// Follows an area.
    pub square_metres: &'static str,
    /// Pattern of a date for `strftime`.
    pub date_pattern: &'static str,
    /// Number format of an Excel cell with a date and a time.
    pub excel_date_time_format: &'static str,
}

/// Separates a number from its unit.
const NO_BREAK_SPACE: char = '\u{a0}';

impl Formats {
    /// `16/11/2026`.
    pub fn date(&self, day: Date) -> String {
        day.strftime(self.date_pattern).to_string()
    }

    /// `1 250 000 DH`; with centimes only if they are not zero.
    pub fn amount(&self, amount: Money) -> String {
        let centimes = amount.0.rem_euclid(100);
        let mut number = self.integer(amount.0.div_euclid(100));
        if centimes > 0 {
            number = format!("{number}{}{centimes:02}", self.decimal_mark);
        }
        format!("{number}{NO_BREAK_SPACE}{}", self.currency)
    }

    /// `310 000 DH – 325 000 DH`, or one amount if both ends are the same.
    pub fn range(&self, range: AmountRange) -> String {
        let (low, high) = (self.amount(range.low), self.amount(range.high));
        if range.low == range.high {
            high
        } else {
            format!("{low} – {high}")
        }
    }

    /// `85,5 m²`, from square decimetres, rounded to a tenth.
    pub fn area(&self, dm2: i64) -> String {
        let tenths = (dm2 + 5) / 10;
        let mut number = self.integer(tenths / 10);
        if tenths % 10 > 0 {
            number = format!("{number}{}{}", self.decimal_mark, tenths % 10);
        }
        format!("{number}{NO_BREAK_SPACE}{}", self.square_metres)
    }

    /// `1 250 000`.
    pub fn integer(&self, number: i64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(self.digit_group_separator);
            }
            out.push(digit);
        }
        out
    }
}
