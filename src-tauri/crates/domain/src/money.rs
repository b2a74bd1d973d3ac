//! Amounts in Moroccan dirhams, exact to the centime. Must not know: how amounts are displayed.

use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, Sub};
use ts_rs::TS;

/// An amount in integer centimes of MAD; TTC where it is a price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// An amount of whole dirhams.
    pub const fn dirhams(amount: i64) -> Self {
        Self(amount * 100)
    }

    /// Parses a decimal amount of dirhams such as `288000`, `288 000,50` or `288000.5`. Returns `None` if the text is
    /// not an amount, is negative or has more than two decimals.
    pub fn parse_dirhams(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        let (whole, cents) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || cents.len() > 2 || !digits(whole) || !digits(cents) {
            return None;
        }
        let cents: i64 = format!("{cents:0<2}").parse().ok()?;
        Some(Self(whole.parse::<i64>().ok()? * 100 + cents))
    }

    /// This amount times a rate in basis points (1/10,000), rounded half up to the centime.
    #[must_use]
    pub const fn basis_points(self, rate: i64) -> Self {
        Self((self.0 * rate + 5_000) / 10_000)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// An amount that is known only as a range, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AmountRange {
    /// Lower end.
    #[cfg_attr(feature = "schema", schema(value_type = i64))]
    pub low: Money,
    /// Upper end.
    #[cfg_attr(feature = "schema", schema(value_type = i64))]
    pub high: Money,
}

impl AmountRange {
    /// A range from its ends.
    pub const fn new(low: Money, high: Money) -> Self {
        Self { low, high }
    }

    /// A range of one amount.
    pub const fn exactly(amount: Money) -> Self {
        Self::new(amount, amount)
    }

    /// Both ends, converted.
    #[must_use]
    pub fn map(self, convert: impl Fn(Money) -> Money) -> Self {
        Self::new(convert(self.low), convert(self.high))
    }
}

impl Add for AmountRange {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.low + other.low, self.high + other.high)
    }
}

impl Sum for AmountRange {
    fn sum<I: Iterator<Item = Self>>(ranges: I) -> Self {
        ranges.fold(Self::default(), Add::add)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_amounts_as_people_type_them() {
        assert_eq!(Money::parse_dirhams("288 000,50"), Some(Money(28_800_050)));
        assert_eq!(Money::parse_dirhams("288000"), Some(Money::dirhams(288_000)));
        assert_eq!(Money::parse_dirhams("288000.5"), Some(Money(28_800_050)));
        for wrong in ["", "-1", "12.345", "1.2.3", "12e3", "dh"] {
            assert_eq!(Money::parse_dirhams(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn rates_round_half_up() {
        assert_eq!(Money::dirhams(600_000).basis_points(150), Money::dirhams(9_000));
        assert_eq!(Money(33).basis_points(5_000), Money(17));
    }
}
