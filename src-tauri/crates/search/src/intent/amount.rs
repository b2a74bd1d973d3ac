//! Reads amounts of money and surfaces: `moins de 300 000`, `300k`, `30 مليون`, `100 m²`. Owns which numbers are a price
//! and in which unit. Must not know the catalogue.
//!
//! Moroccans count large sums also in millions of centimes and in ryals of five centimes: `30 million` is 300,000 DH.

use super::lexer::Piece;
use super::number::{Number, Reader};
use super::roles::{Role, Scale, Unit};
use expo_domain::Money;
use std::ops::Range;

/// Smallest and largest price of a home or plot in dirhams. Other amounts are not a budget.
const PRICES: std::ops::RangeInclusive<f64> = 20_000.0..=50_000_000.0;
/// Smallest number that is a price without a unit, a multiplier or a word such as "under", in dirhams.
const MIN_BARE_PRICE: f64 = 50_000.0;
/// From this number on, millions are millions of centimes.
const MIN_MILLIONS_OF_CENTIMES: f64 = 10.0;
/// Surfaces that are a filter, in square metres.
const SURFACES: std::ops::RangeInclusive<f64> = 10.0..=100_000.0;

/// What an amount limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Highest price.
    Price(Money),
    /// Smallest surface in square metres.
    Surface(u32),
    /// An amount that is still being typed.
    Unfinished,
}

/// An amount and its pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub quantity: Quantity,
    pub pieces: Range<usize>,
}

/// The amounts in a query, and a limit that is still being typed.
pub(super) fn amounts(text: &str, pieces: &[Piece]) -> Vec<Amount> {
    let reader = Reader { text, pieces };
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some(number) = reader.number(at) else {
            at += 1;
            continue;
        };
        let (number, is_range) = reader.with_end_of_range(number);
        at = number.pieces.end;
        if let Some(amount) = reader.amount(
            &number,
            is_range,
            amounts.last().map_or(0, |a: &Amount| a.pieces.end),
        ) {
            at = amount.pieces.end;
            amounts.push(amount);
        }
    }
    amounts.extend(reader.unfinished(amounts.last().map_or(0, |amount| amount.pieces.end)));
    amounts
}

impl Reader<'_> {
    /// The amount that a number is, with the words around it that say so. `from` is the first free piece.
    fn amount(&self, number: &Number, is_range: bool, from: usize) -> Option<Amount> {
        let mut limit = self.limit_before(number.pieces.start, from);
        let mut end = number.pieces.end;
        let is_more = |at| self.has(at, Role::Lower);
        if is_more(end) || (self.has(end, Role::Range) && is_more(end + 1)) {
            limit.is_lower = true;
        } else if self.has(end, Role::Upper) && self.number(end + 1).is_none() {
            limit.is_upper = true;
            end += 1;
        }
        let quantity = if number.unit == Unit::SquareMetre {
            let surface = number.value * number.scale.factor();
            let is_minimum = !limit.is_upper && !is_range && SURFACES.contains(&surface);
            is_minimum.then_some(Quantity::Surface(surface.round() as u32))?
        } else if limit.is_lower && !is_range {
            return None;
        } else {
            Quantity::Price(price(number, limit.is_upper || is_range)?)
        };
        Some(Amount {
            quantity,
            pieces: limit.start..end,
        })
    }

    /// The words before a number that make it a limit.
    fn limit_before(&self, number: usize, from: usize) -> Limit {
        let mut limit = Limit {
            start: number,
            is_upper: false,
            is_lower: false,
        };
        let mut is_negated = false;
        let mut at = number;
        while at > from {
            at -= 1;
            if self.has(at, Role::Upper) {
                limit.is_upper = true;
            } else if self.has(at, Role::Lower) {
                limit.is_lower = true;
            } else if self.has(at, Role::Not) && (limit.is_lower || limit.is_upper) {
                is_negated = true;
            } else if self.has(at, Role::Filler) || self.has(at, Role::Of(Unit::Foreign)) {
                continue;
            } else {
                break;
            }
            limit.start = at;
        }
        if is_negated {
            limit.is_upper |= limit.is_lower;
            limit.is_lower = false;
        }
        limit
    }

    /// Words at the end of the query such as "moins de", with the start of a number.
    fn unfinished(&self, from: usize) -> Option<Amount> {
        let mut start = None;
        for at in (from..self.pieces.len()).rev() {
            let is_number = self.pieces[at].is_number && at + 1 == self.pieces.len();
            if self.has(at, Role::Upper) {
                start = Some(at);
            } else if !(is_number || self.has(at, Role::Filler)) {
                break;
            }
        }
        start.map(|start| Amount {
            quantity: Quantity::Unfinished,
            pieces: start..self.pieces.len(),
        })
    }
}

struct Limit {
    /// First piece.
    start: usize,
    is_upper: bool,
    is_lower: bool,
}

/// The price that a number means, if it can be one. `is_limit`: a word such as "under" says that it is a limit.
fn price(number: &Number, is_limit: bool) -> Option<Money> {
    let amount = number.value * number.scale.factor();
    let dirhams = match number.unit {
        Unit::Foreign | Unit::SquareMetre => return None,
        Unit::Ryal => amount / 20.0,
        Unit::None | Unit::Centime
            if number.scale == Scale::Million && number.value >= MIN_MILLIONS_OF_CENTIMES =>
        {
            amount / 100.0
        }
        Unit::Centime => amount / 100.0,
        Unit::None | Unit::Dirham => amount,
    };
    let is_bare = !is_limit && number.scale == Scale::One && number.unit == Unit::None;
    let is_price = PRICES.contains(&dirhams) && (!is_bare || dirhams >= MIN_BARE_PRICE);
    is_price.then(|| Money::dirhams(dirhams.round() as i64))
}

#[cfg(test)]
mod tests {
    use super::super::lexer;
    use super::*;

    fn read(text: &str) -> String {
        let pieces = lexer::pieces(text);
        let shown = amounts(text, &pieces).into_iter().map(|amount| {
            let rest = lexer::without(text, &pieces, |at| amount.pieces.contains(&at));
            let quantity = match amount.quantity {
                Quantity::Price(price) => format!("{} DH", price.0 / 100),
                Quantity::Surface(surface) => format!("{surface} m2"),
                Quantity::Unfinished => "unfinished".to_owned(),
            };
            format!("{quantity} [{rest}]")
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    fn check(expected: &[(&str, &str)]) {
        for (text, expected) in expected {
            assert_eq!(read(text), *expected, "{text}");
        }
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        check(&[
            ("500000", "500000 DH []"),
            ("700 000 DH", "700000 DH []"),
            ("700.000,00 dhs", "700000 DH []"),
            ("300k", "300000 DH []"),
            ("300 K", "300000 DH []"),
            ("1,5 million de dirhams", "1500000 DH []"),
            ("1.2M", "1200000 DH []"),
            ("un million et demi", "1500000 DH []"),
            ("villa 2 millions agadir", "2000000 DH [villa agadir]"),
            ("cinq cent mille", "500000 DH []"),
            ("three hundred thousand", "300000 DH []"),
            ("٥٠٠٠٠٠ درهم", "500000 DH []"),
            ("٣٠٠ ألف", "300000 DH []"),
            ("خمسمائة ألف درهم", "500000 DH []"),
            ("نصف مليون", "500000 DH []"),
            ("مليون ونصف", "1500000 DH []"),
        ]);
    }

    #[test]
    fn limits_belong_to_the_amount() {
        check(&[
            ("moins de 300000", "300000 DH []"),
            (
                "appartement à moins de 300 000 dirhams Fès",
                "300000 DH [appartement à Fès]",
            ),
            ("under 300k", "300000 DH []"),
            ("budget 450000", "450000 DH []"),
            ("pas plus de 400000", "400000 DH []"),
            ("400000 max", "400000 DH []"),
            ("أقل من ٣٠٠ ألف درهم", "300000 DH []"),
            ("شقة بأقل من 300000", "300000 DH [شقة]"),
            ("hasta 300000", "300000 DH []"),
            ("entre 300 et 500 mille", "500000 DH []"),
            ("300000-500000", "500000 DH []"),
            ("from 300000 to 500000", "500000 DH []"),
            ("moins de", "unfinished []"),
            ("villa moins de 30", "unfinished [villa]"),
        ]);
    }

    #[test]
    fn millions_of_centimes_and_ryals_are_converted() {
        check(&[
            ("30 million", "300000 DH []"),
            ("٣٠ مليون", "300000 DH []"),
            ("30 million centimes", "300000 DH []"),
            ("20 millions de dirhams", "20000000 DH []"),
            ("6 million ryal", "300000 DH []"),
        ]);
    }

    #[test]
    fn other_numbers_are_not_prices() {
        check(&[
            ("2026", ""),
            ("lot 45", ""),
            ("A-401", ""),
            ("f3", ""),
            ("0612345678", ""),
            ("plus de 300000", ""),
            ("300000 minimum", ""),
            ("300000 et plus", ""),
            ("50000 euros", ""),
            ("€ 50000", ""),
            ("999999999999999999", ""),
        ]);
    }

    #[test]
    fn surfaces_are_read_with_their_unit() {
        check(&[
            ("100 m²", "100 m2 []"),
            ("villa 120m2", "120 m2 [villa]"),
            ("80 mètres", "80 m2 []"),
            ("١٠٠ متر", "100 m2 []"),
            ("100 م²", "100 m2 []"),
            ("moins de 100 m2", ""),
        ]);
    }
}
