//! Splits texts of the catalogue and queries into folded words. Owns stop words and variants of words. Must not know
//! the index.

use expo_domain::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Further words of a query are ignored, so that the work is bounded.
const MAX_QUERY_WORDS: usize = 12;
/// Further letters of a word are ignored.
const MAX_WORD_LETTERS: usize = 40;

/// A query, split into words.
pub(crate) struct QueryWords {
    pub words: Vec<QueryWord>,
    /// The query consists of stop words only, such as "à la". Then no word is optional.
    pub only_stop_words: bool,
}

/// A word of a query.
#[derive(Debug, Clone)]
pub(crate) struct QueryWord {
    /// As typed, to be shown again.
    pub raw: String,
    /// Folded, without the Arabic article.
    pub folded: String,
    /// Number of letters typed, with the article. The number of tolerated typing errors depends on it.
    pub letters: usize,
    /// A stop word: improves the rank of projects that match it, but is not required.
    pub is_optional: bool,
}

/// Articles, prepositions and phrases such as "cherche" and "à vendre", folded.
static STOP_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    fold::words(include_str!("../words/stop_words.txt"))
        .into_iter()
        .collect()
});

/// Whether a folded word is a stop word.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

/// The words of a text, as written and folded. Spaces and punctuation separate words.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split(|c: char| {
        c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '’' | '–' | '—' | '·' | '«' | '»' | '،')
    })
    .filter(|raw| !raw.is_empty())
    .flat_map(|raw| fold::words(raw).into_iter().map(move |word| (raw, word)))
}

/// The distinct words of a query in the order typed. Empty if nothing or only the start of an article is typed.
pub(crate) fn query_words(query: &str) -> QueryWords {
    let mut words: Vec<QueryWord> = Vec::new();
    let mut tokens = tokens(query).peekable();
    while let Some((raw, word)) = tokens.next() {
        let (raw, word) = match tokens
            .peek()
            .and_then(|(unit, next)| Some((unit, room_code(&word, next)?)))
        {
            Some((unit, rooms)) => {
                let number_and_unit = (format!("{raw} {unit}"), rooms);
                tokens.next();
                number_and_unit
            }
            None => (raw.to_owned(), word),
        };
        // The Arabic article starts nearly every Arabic name, so without further letters it matches nothing useful.
        if word == "ال" || words.iter().any(|earlier| earlier.folded == word) {
            continue;
        }
        // Folding keeps the article if only one letter follows. That letter is the start of a name.
        let first_letter = word.strip_prefix("ال").filter(|rest| rest.chars().count() == 1);
        let folded: String = first_letter
            .unwrap_or(&word)
            .chars()
            .take(MAX_WORD_LETTERS)
            .collect();
        // "sale" in "for sale" is not the town of Salé. A single alef is the start of an article.
        let is_for_sale = folded == "sale" && words.last().is_some_and(|previous| previous.folded == "for");
        words.push(QueryWord {
            letters: fold::fold(&raw).chars().count().min(MAX_WORD_LETTERS),
            raw,
            is_optional: is_for_sale || folded == "ا" || is_stop_word(&folded),
            folded,
        });
        if words.len() == MAX_QUERY_WORDS {
            break;
        }
    }
    let only_stop_words = words.iter().all(|word| word.is_optional);
    for word in &mut words {
        word.is_optional &= !only_stop_words;
    }
    QueryWords {
        words,
        only_stop_words,
    }
}

/// The words that are not optional, as a bit mask with one bit per word.
pub(crate) fn required_words(words: &[QueryWord]) -> u16 {
    let required = words.iter().enumerate().filter(|(_, word)| !word.is_optional);
    required.fold(0_u16, |mask, (position, _)| mask | 1 << position)
}

/// Words that count rooms, including the living room.
const ROOM_UNITS: [&str; 10] = [
    "piece", "pieces", "room", "rooms", "zimmer", "kamer", "kamers", "locali", "غرف", "غرفه",
];
/// Words that count bedrooms. A flat has one room more than bedrooms.
const BEDROOM_UNITS: [&str; 15] = [
    "chambre",
    "chambres",
    "bedroom",
    "bedrooms",
    "bed",
    "beds",
    "habitacion",
    "habitaciones",
    "dormitorio",
    "dormitorios",
    "schlafzimmer",
    "slaapkamer",
    "slaapkamers",
    "camera",
    "camere",
];

/// "3 pièces" and "2 chambres" as the word that the categories contain: f3.
fn room_code(number: &str, unit: &str) -> Option<String> {
    rooms(number, unit).map(|rooms| format!("f{rooms}"))
}

/// The number of rooms of "3 pièces" and "2 chambres", at most 5, which means five or more.
pub(crate) fn rooms(number: &str, unit: &str) -> Option<u32> {
    let number = number
        .parse::<u32>()
        .ok()
        .filter(|number| (1..10).contains(number))?;
    if ROOM_UNITS.contains(&unit) {
        Some(number.min(5))
    } else if BEDROOM_UNITS.contains(&unit) {
        Some((number + 1).min(5))
    } else {
        None
    }
}

/// Variants of a word with the same meaning: without an Arabic particle, without an assimilated article, and without
/// the plural ending of French, English and Spanish.
pub(crate) fn variants(word: &str) -> Vec<&str> {
    let mut variants: Vec<&str> = without_particle(word)
        .into_iter()
        .chain(without_assimilated_article(word))
        .collect();
    if word.is_ascii() && word.len() >= 5 {
        variants.extend(word.strip_suffix(['s', 'x']));
    }
    variants
}

/// The word without an Arabic article that is assimilated to the next letter: essalam, annakhil, errachidia.
pub(crate) fn without_assimilated_article(word: &str) -> Option<&str> {
    let letters = word.as_bytes();
    let is_assimilated = word.is_ascii() && word.len() >= 6 && letters[1] == letters[2];
    (is_assimilated && matches!(letters[0], b'a' | b'e') && b"cdlnrstz".contains(&letters[1]))
        .then(|| &word[2..])
}

/// The word without one of و ب ف ك ل written together with an article (بالرباط, للرباط), or without a single ل (لرباط).
pub(crate) fn without_particle(word: &str) -> Option<&str> {
    let is_long = |rest: &&str| rest.chars().count() >= 2;
    ["وال", "بال", "فال", "كال", "لل"]
        .iter()
        .find_map(|particle| word.strip_prefix(particle).filter(is_long))
        .or_else(|| word.strip_prefix('ل').filter(|rest| rest.chars().count() >= 3))
}
