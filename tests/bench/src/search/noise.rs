//! What goes wrong between the head and the screen: a model of errors of its own, so that no engine is measured with
//! its own idea of them. Must not know engines.

use super::spelling::other_script;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// One way to spoil a query.
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

    /// The query spoiled, or `None` when this cannot happen to it.
    pub fn spoil(self, query: &str, chance: &mut StdRng) -> Option<String> {
        let spoiled = match self {
            Self::Clean => return Some(query.to_owned()),
            Self::AdjacentKey => in_long_word(query, chance, |letters, at, chance| {
                letters[at] = neighbour(letters[at], chance)?;
                Some(())
            })?,
            Self::Delete => in_long_word(query, chance, |letters, at, _| {
                letters.remove(at);
                Some(())
            })?,
            Self::Transpose => in_long_word(query, chance, |letters, at, _| {
                let other = if at + 1 < letters.len() { at + 1 } else { at - 1 };
                letters.swap(at, other);
                Some(())
            })?,
            Self::LostMarks => query.chars().filter_map(without_mark).collect(),
            Self::OtherScript => other_script(query, chance)?,
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
                words.shuffle(chance);
                words.join(" ")
            }
        };
        (spoiled != query).then_some(spoiled)
    }
}

/// One error, at any letter of a word of five letters or more.
fn in_long_word(
    query: &str,
    chance: &mut StdRng,
    spoil: impl Fn(&mut Vec<char>, usize, &mut StdRng) -> Option<()>,
) -> Option<String> {
    let mut words: Vec<String> = query.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| words[*at].chars().filter(|c| c.is_alphabetic()).count() >= 5)
        .collect();
    let word = &mut words[*long.get(chance.random_range(0..long.len().max(1)))?];
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.random_range(0..letters.len());
    if !letters[at].is_alphabetic() {
        return None;
    }
    spoil(&mut letters, at, chance)?;
    *word = letters.into_iter().collect();
    Some(words.join(" "))
}

/// Rows of the keyboards in use: French, English, Arabic, Tifinagh, and those of the scripts nobody planned for.
const ROWS: [&str; 18] = [
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

fn neighbour(letter: char, chance: &mut StdRng) -> Option<char> {
    let plain = without_mark(letter)?.to_lowercase().next()?;
    let near: Vec<char> = ROWS
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
    near.get(chance.random_range(0..near.len().max(1))).copied()
}

/// As people write who leave marks out.
pub fn without_mark(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'À' | 'Â' => 'A',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'É' | 'È' | 'Ê' => 'E',
        'î' | 'ï' | 'í' => 'i',
        'Î' => 'I',
        'ô' | 'ö' | 'ó' => 'o',
        'û' | 'ü' | 'ù' | 'ú' => 'u',
        'ç' => 'c',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        'ή' => 'η',
        'ί' => 'ι',
        'ά' => 'α',
        'έ' => 'ε',
        'ό' => 'ο',
        'Ή' => 'Η',
        'ё' => 'е',
        '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_channel_changes_a_query_and_never_the_same_for_all() {
        let mut chance = StdRng::seed_from_u64(1);
        for query in ["Résidence Les Étoiles", "إقامة الياسمين", "ⵜⴰⵣⴷⴷⵓⵖⵜ ⵉⵙⵎⵉⵏ"]
        {
            for channel in Channel::ALL {
                let spoiled: Vec<String> = (0..20)
                    .filter_map(|_| channel.spoil(query, &mut chance))
                    .collect();
                let changes = channel != Channel::Clean && !spoiled.is_empty();
                assert!(
                    spoiled.iter().all(|s| (s != query) == changes),
                    "{channel:?} {query}"
                );
            }
        }
    }
}
