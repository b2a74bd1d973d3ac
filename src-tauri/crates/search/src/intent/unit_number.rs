//! Finds the number of a unit in a query: `A-401`, `lot 45`, `n° 12`. Owns which words announce a number. Must not know
//! how numbers are stored.

use super::lexer::{Piece, words};
use super::phrases;
use crate::index::{FoundUnit, Index};
use expo_domain::ProductType;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest number, in pieces.
const MAX_PIECES: usize = 5;
/// Shortest number without letters that is searched without a word such as "lot", in digits.
const MIN_BARE_DIGITS: usize = 2;
/// Longest number without letters, in digits.
const MAX_DIGITS: usize = 5;

/// Words before a number that say that it is one.
static NUMBER_SIGNS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    "n no nr num numéro number unité unit bien رقم وحدة número numero nummer einheit"
        .split(' ')
        .flat_map(words)
        .collect()
});

/// The units with the first number in the query that the catalogue has, and its pieces. Words that are `taken` are not
/// part of a number.
pub(super) fn find(
    index: &Index,
    text: &str,
    pieces: &[Piece],
    taken: &HashSet<usize>,
) -> Option<(Vec<FoundUnit>, Range<usize>)> {
    for start in 0..pieces.len() {
        for length in (1..=MAX_PIECES.min(pieces.len() - start)).rev() {
            let range = start..start + length;
            if !range.clone().any(|at| taken.contains(&at))
                && let Some(found) = at(index, text, pieces, range)
            {
                return Some(found);
            }
        }
    }
    None
}

/// The units whose number is written by these pieces.
fn at(
    index: &Index,
    text: &str,
    pieces: &[Piece],
    range: Range<usize>,
) -> Option<(Vec<FoundUnit>, Range<usize>)> {
    let number = &pieces[range.clone()];
    let raw = &text[number.first()?.start..number.last()?.end];
    let has_digits = number.iter().any(|piece| piece.is_number);
    let is_joined = number.windows(2).all(|pair| {
        let between = &text[pair[0].end..pair[1].start];
        matches!(between, "" | " " | "-" | "/" | "." | "_" | " - ")
    });
    if !has_digits || !is_joined {
        return None;
    }
    let announced = announced_by(pieces, range.start);
    if let [digits] = number {
        return bare(index, digits, &announced, pieces.len() == 1, range);
    }
    // "f3" is a number of rooms.
    let is_word =
        number.windows(2).all(|pair| pair[1].is_glued) && index.terms().find(&raw.to_lowercase()).is_some();
    let units = index.units().with_number(raw);
    (!units.is_empty() && !is_word).then(|| (units, announced.start_before(range)))
}

/// What the word before a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Announcement {
    None,
    /// A word such as "n°".
    Sign,
    /// A product type such as "lot", with a sign or without: "lot n° 45".
    Types(Vec<ProductType>, usize),
}

impl Announcement {
    /// The pieces of the number with the words that announce it.
    fn start_before(&self, number: Range<usize>) -> Range<usize> {
        let words = match self {
            Self::None => 0,
            Self::Sign => 1,
            Self::Types(_, words) => *words,
        };
        number.start - words..number.end
    }
}

fn announced_by(pieces: &[Piece], number: usize) -> Announcement {
    let before = |steps: usize| number.checked_sub(steps).and_then(|at| pieces.get(at));
    let is_sign = before(1).is_some_and(|piece| NUMBER_SIGNS.contains(&piece.word));
    let words = if is_sign { 2 } else { 1 };
    let types = before(words).map_or_else(Vec::new, |piece| phrases::types_of(&piece.word));
    match (types.is_empty(), is_sign) {
        (false, _) => Announcement::Types(types, words),
        (true, true) => Announcement::Sign,
        (true, false) => Announcement::None,
    }
}

const fn is_home(product_type: ProductType) -> bool {
    use ProductType::{Apartment, House, SemiFinishedVilla, Villa};
    matches!(product_type, Apartment | House | Villa | SemiFinishedVilla)
}

/// A number without letters. It must be announced, or be the complete query.
fn bare(
    index: &Index,
    digits: &Piece,
    announced: &Announcement,
    is_alone: bool,
    range: Range<usize>,
) -> Option<(Vec<FoundUnit>, Range<usize>)> {
    let value: u32 = digits.word.parse().ok()?;
    let length = digits.word.len();
    if length > MAX_DIGITS || digits.is_glued {
        return None;
    }
    let mut units = match announced {
        Announcement::None if is_alone && length >= MIN_BARE_DIGITS => {
            index.units().with_number(&digits.word)
        }
        Announcement::None => return None,
        // "villa 3" is the start of "villa 3 chambres".
        Announcement::Types(types, 1)
            if types.iter().any(|one| is_home(*one)) && length < MIN_BARE_DIGITS =>
        {
            return None;
        }
        Announcement::Sign | Announcement::Types(..) => index.units().with_last_digits(value),
    };
    if let Announcement::Types(types, _) = announced {
        units.retain(|unit| types.contains(&unit.product_type));
    }
    (!units.is_empty()).then(|| (units, announced.start_before(range)))
}
