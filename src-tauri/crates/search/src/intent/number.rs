//! Reads numbers with their multiplier and unit: `700 000 DH`, `300k`, `1,5 million`, `نصف مليون`, `100 m²`. Must not know
//! which numbers are a price.

use super::lexer::{self, Piece};
use super::roles::{Role, Scale, Unit, has_role};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Longer numbers are not read, in digits.
const MAX_DIGITS: usize = 12;

/// A number with its multiplier and unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub scale: Scale,
    pub unit: Unit,
    pub pieces: Range<usize>,
}

/// Numbers written as words.
static NUMBER_WORDS: LazyLock<HashMap<String, f64>> = LazyLock::new(|| {
    include_str!("../../words/numbers.csv")
        .lines()
        .filter_map(|line| line.split_once(';'))
        .filter_map(|(value, words)| Some((value.parse().ok()?, words)))
        .flat_map(|(value, words): (f64, _)| {
            words
                .split('|')
                .flat_map(lexer::words)
                .map(move |word| (word, value))
        })
        .collect()
});

/// A query and its pieces.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub pieces: &'a [Piece],
}

impl Reader<'_> {
    /// Whether a piece has a role.
    pub fn has(&self, at: usize, role: Role) -> bool {
        self.pieces.get(at).is_some_and(|piece| has_role(piece, role))
    }

    /// The text between two adjacent pieces.
    pub fn before(&self, at: usize) -> &str {
        match (
            at.checked_sub(1).and_then(|at| self.pieces.get(at)),
            self.pieces.get(at),
        ) {
            (Some(last), Some(piece)) => &self.text[last.end..piece.start],
            _ => "",
        }
    }

    /// The number that starts at a piece, in digits or words.
    pub fn number(&self, at: usize) -> Option<Number> {
        let (value, end) = self.digits(at).or_else(|| self.number_words(at))?;
        let (scale, value, end) = self.scale(value, end);
        let (unit, end) = self.unit(at, end);
        Some(Number {
            value,
            scale,
            unit,
            pieces: at..end,
        })
    }

    /// A number in digits, with groups of thousands and decimals: its value and the next piece.
    fn digits(&self, at: usize) -> Option<(f64, usize)> {
        let first = self.pieces.get(at).filter(|piece| piece.is_number)?;
        let is_part_of_word = first.is_glued && !self.pieces[at - 1].is_number;
        let is_after_sign = at > 0 && self.has(at - 1, Role::Of(Unit::Foreign));
        if (is_part_of_word && !is_after_sign) || first.word.starts_with('0') {
            return None;
        }
        let mut digits = first.word.clone();
        let mut end = at + 1;
        let number = |end: usize| self.pieces.get(end).filter(|piece| piece.is_number);
        while digits.len() < MAX_DIGITS
            && first.word.len() <= 3
            && number(end).is_some_and(|piece| piece.word.len() == 3)
            && matches!(
                self.before(end),
                " " | "\u{a0}" | "\u{202f}" | "." | "," | "'" | "’" | "٬"
            )
        {
            digits.push_str(&self.pieces[end].word);
            end += 1;
        }
        if let Some(decimals) = number(end).filter(|piece| piece.word.len() <= 2)
            && matches!(self.before(end), "." | "," | "٫")
        {
            digits.push('.');
            digits.push_str(&decimals.word);
            end += 1;
        }
        let value = (digits.len() <= MAX_DIGITS).then(|| digits.parse().ok())??;
        Some((value, end))
    }

    /// A number in words before "thousand" or "million", or one of these words alone after "half" or nothing.
    fn number_words(&self, at: usize) -> Option<(f64, usize)> {
        let is_scale =
            |at| self.has(at, Role::Times(Scale::Thousand)) || self.has(at, Role::Times(Scale::Million));
        let is_long = |at: usize| self.pieces[at].word.chars().count() >= 3;
        if self.has(at, Role::Half) && self.has(at + 1, Role::Times(Scale::Million)) {
            return Some((0.5, at + 1));
        }
        if self.has(at, Role::Times(Scale::Million)) && is_long(at) {
            return Some((1.0, at));
        }
        let (mut value, mut end) = (0.0, at);
        while let Some(piece) = self.pieces.get(end)
            && let Some(word) = NUMBER_WORDS.get(&piece.word)
        {
            // "cinq cent" multiplies, "cent cinquante" adds.
            let is_hundreds = *word > 99.0 && *word < 101.0 && value > 0.0 && value < 10.0;
            value = if is_hundreds { value * 100.0 } else { value + word };
            end += 1;
        }
        (end > at && is_scale(end)).then_some((value, end))
    }

    fn scale(&self, value: f64, end: usize) -> (Scale, f64, usize) {
        // "1.5m" are millions, "100 m" are not.
        let is_separate_m = |piece: &Piece| piece.word == "m" && !piece.is_glued;
        let is_square_metre = self.unit_at(end) == Some((Unit::SquareMetre, end + 2));
        if is_square_metre || self.pieces.get(end).is_some_and(is_separate_m) {
            return (Scale::One, value, end);
        }
        if self.has(end, Role::Times(Scale::Thousand)) {
            return (Scale::Thousand, value, end + 1);
        }
        if !self.has(end, Role::Times(Scale::Million)) {
            return (Scale::One, value, end);
        }
        let end = end + 1;
        let half_at = if self.has(end, Role::Range) { end + 1 } else { end };
        if self.has(half_at, Role::Half) {
            (Scale::Million, value + 0.5, half_at + 1)
        } else {
            (Scale::Million, value, end)
        }
    }

    /// The unit of a number from `at` to `end`, after it or as a sign before it.
    fn unit(&self, at: usize, end: usize) -> (Unit, usize) {
        // "300 mille de dirhams"
        let after = if self.has(end, Role::Filler) { end + 1 } else { end };
        if let Some(found) = self.unit_at(end).or_else(|| self.unit_at(after)) {
            return found;
        }
        let is_foreign = at > 0 && self.has(at - 1, Role::Of(Unit::Foreign));
        (if is_foreign { Unit::Foreign } else { Unit::None }, end)
    }

    fn unit_at(&self, at: usize) -> Option<(Unit, usize)> {
        let piece = self.pieces.get(at)?;
        let squared = self
            .pieces
            .get(at + 1)
            .filter(|next| next.is_glued && next.word == "2");
        if matches!(piece.word.as_str(), "m" | "م") && squared.is_some() {
            return Some((Unit::SquareMetre, at + 2));
        }
        let units = [
            Unit::Dirham,
            Unit::Ryal,
            Unit::Centime,
            Unit::Foreign,
            Unit::SquareMetre,
        ];
        let unit = units.into_iter().find(|unit| self.has(at, Role::Of(*unit)))?;
        Some((unit, at + 1))
    }

    /// The higher end of a range such as "300 à 500 mille", or the number itself. Tells whether it is a range.
    pub fn with_end_of_range(&self, low: Number) -> (Number, bool) {
        let end = low.pieces.end;
        let next = if self.has(end, Role::Range) { end + 1 } else { end };
        let is_joined = next > end || matches!(self.before(end).trim(), "-" | "–" | "—");
        let Some(high) = self.number(next).filter(|_| is_joined) else {
            return (low, false);
        };
        let low_value = if low.scale == Scale::One && low.value < 1_000.0 {
            low.value * high.scale.factor()
        } else {
            low.value * low.scale.factor()
        };
        if low_value >= high.value * high.scale.factor() {
            return (low, false);
        }
        let pieces = low.pieces.start..high.pieces.end;
        (Number { pieces, ..high }, true)
    }
}
