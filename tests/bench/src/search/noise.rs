//! A noisy channel: a model of typing errors that is independent of the engines' own error models. Must not know the
//! engines.

use super::transliteration::{other_script, without_mark};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// One kind of typing error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    Clean,
    AdjacentKey,
    Delete,
    Transpose,
    LostMarks,
    OtherScript,
    Truncated,
    Reordered,
}

impl Channel {
    pub const ALL: [Self; 8] = [
        Self::Clean,
        Self::AdjacentKey,
        Self::Delete,
        Self::Transpose,
        Self::LostMarks,
        Self::OtherScript,
        Self::Truncated,
        Self::Reordered,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::AdjacentKey => "adjacent key",
            Self::Delete => "delete",
            Self::Transpose => "transpose",
            Self::LostMarks => "lost marks",
            Self::OtherScript => "other script",
            Self::Truncated => "truncated",
            Self::Reordered => "reordered",
        }
    }

    /// The query with this error; `None` if the error does not apply to it.
    pub fn apply(self, query: &str, rng: &mut StdRng) -> Option<String> {
        let noisy = match self {
            Self::Clean => return Some(query.to_owned()),
            Self::AdjacentKey => in_long_word(query, rng, |letters, at, rng| {
                letters[at] = neighbour(letters[at], rng)?;
                Some(())
            })?,
            Self::Delete => in_long_word(query, rng, |letters, at, _| {
                letters.remove(at);
                Some(())
            })?,
            Self::Transpose => in_long_word(query, rng, |letters, at, _| {
                let other = if at + 1 < letters.len() { at + 1 } else { at - 1 };
                letters.swap(at, other);
                Some(())
            })?,
            Self::LostMarks => query.chars().filter_map(without_mark).collect(),
            Self::OtherScript => other_script(query, rng)?,
            Self::Truncated => {
                let letters: Vec<char> = query.chars().collect();
                let kept = letters.len() * 6 / 10;
                if kept < 5 {
                    return None;
                }
                letters[..kept].iter().collect::<String>().trim_end().to_owned()
            }
            Self::Reordered => {
                let mut words: Vec<&str> = query.split(' ').collect();
                words.shuffle(rng);
                words.join(" ")
            }
        };
        (noisy != query).then_some(noisy)
    }
}

/// Applies an edit at a random letter of a word with five or more letters.
fn in_long_word(
    query: &str,
    rng: &mut StdRng,
    edit: impl Fn(&mut Vec<char>, usize, &mut StdRng) -> Option<()>,
) -> Option<String> {
    let mut words: Vec<String> = query.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| words[*at].chars().filter(|c| c.is_alphabetic()).count() >= 5)
        .collect();
    let word = &mut words[*long.get(rng.random_range(0..long.len().max(1)))?];
    let mut letters: Vec<char> = word.chars().collect();
    let at = rng.random_range(0..letters.len());
    if !letters[at].is_alphabetic() {
        return None;
    }
    edit(&mut letters, at, rng)?;
    *word = letters.into_iter().collect();
    Some(words.join(" "))
}

/// Rows of the keyboards: French, English, Arabic, Tifinagh, and of the unplanned scripts (Cyrillic, Greek).
const KEYBOARD_ROWS: [&str; 18] = [
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرىةوزظ",
    "ⴰⵣⴻⵔⵜⵢⵓⵉⵄⵀ",
    "ⵇⵙⴷⴼⴳⵖⵊⴽⵍⵎ",
    "ⵡⵅⵛⵞⴱⵏ",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "ςερτυθιοπ",
    "ασδφγηξκλ",
    "ζχψωβνμ",
];

/// A letter next to this one on a keyboard.
fn neighbour(letter: char, rng: &mut StdRng) -> Option<char> {
    let plain = without_mark(letter)?.to_lowercase().next()?;
    let near: Vec<char> = KEYBOARD_ROWS
        .iter()
        .flat_map(|row| {
            let row: Vec<char> = row.chars().collect();
            let at = row.iter().position(|c| *c == plain);
            at.map_or_else(Vec::new, |at| {
                [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .filter_map(|at| row.get(at).copied())
                    .collect()
            })
        })
        .collect();
    near.get(rng.random_range(0..near.len().max(1))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_channel_except_clean_changes_the_query() {
        let mut rng = StdRng::seed_from_u64(1);
        for query in ["Résidence Les Étoiles", "إقامة الياسمين", "ⵜⴰⵣⴷⴷⵓⵖⵜ ⵉⵙⵎⵉⵏ"]
        {
            for channel in Channel::ALL {
                let noisy: Vec<String> = (0..20).filter_map(|_| channel.apply(query, &mut rng)).collect();
                let changes = channel != Channel::Clean && !noisy.is_empty();
                assert!(
                    noisy.iter().all(|s| (s != query) == changes),
                    "{channel:?} {query}"
                );
            }
        }
    }
}
