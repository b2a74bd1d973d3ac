//! Words: of the catalogue's texts as they go into the index, and of a query as somebody types it. Owns which words
//! carry no meaning of their own. Must not know what a word finds.

use domain::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Longer queries are cut: nobody types them, and work stays bounded.
const MAX_WORDS: usize = 12;
const MAX_LETTERS: usize = 40;

/// A word of a query.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    /// As it was typed, to be shown again.
    pub raw: String,
    /// Folded, without the Arabic article.
    pub word: String,
    /// Letters typed, article included: how many typing errors are forgiven depends on it.
    pub letters: usize,
    /// Articles, prepositions, "cherche", "à vendre": worth something when found, nothing when not.
    pub optional: bool,
}

static OPTIONAL: LazyLock<HashSet<String>> = LazyLock::new(|| {
    fold::words(include_str!("../words/optional.txt"))
        .into_iter()
        .collect()
});

/// Whether a folded word carries no meaning of its own.
pub(crate) fn is_optional(word: &str) -> bool {
    OPTIONAL.contains(word)
}

/// The pieces of a text between spaces and signs, as written and folded.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split(|c: char| {
        c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '’' | '–' | '—' | '·' | '«' | '»' | '،')
    })
    .filter(|raw| !raw.is_empty())
    .flat_map(|raw| fold::words(raw).into_iter().map(move |word| (raw, word)))
}

/// The words of a query, each once, in the order typed. Empty when nothing but the beginning of an article was typed.
pub(crate) fn typed(query: &str) -> Vec<Typed> {
    let mut words: Vec<Typed> = Vec::new();
    let mut pieces = pieces(query).peekable();
    while let Some((raw, word)) = pieces.next() {
        let (raw, word) = match pieces
            .peek()
            .and_then(|(unit, next)| Some((unit, rooms(&word, next)?)))
        {
            Some((unit, rooms)) => {
                let both = (format!("{raw} {unit}"), rooms);
                pieces.next();
                both
            }
            None => (raw.to_owned(), word),
        };
        // The article alone begins nearly every Arabic name: it says nothing yet.
        if word == "ال" || words.iter().any(|known| known.word == word) {
            continue;
        }
        // After an article a single letter is the beginning of a name; folding leaves both together.
        let begun = word.strip_prefix("ال").filter(|rest| rest.chars().count() == 1);
        let word: String = begun.unwrap_or(&word).chars().take(MAX_LETTERS).collect();
        // "For sale" is no wish for the town of Salé; a lone alef is the beginning of the next article.
        let sale = word == "sale" && words.last().is_some_and(|before| before.word == "for");
        words.push(Typed {
            letters: fold::fold(&raw).chars().count().min(MAX_LETTERS),
            raw,
            optional: sale || word == "ا" || is_optional(&word),
            word,
        });
        if words.len() == MAX_WORDS {
            break;
        }
    }
    words
}

/// Rooms, the living room among them; a bedroom is one more.
const ROOMS: [&str; 10] = [
    "piece", "pieces", "room", "rooms", "zimmer", "kamer", "kamers", "locali", "غرف", "غرفه",
];
const BEDROOMS: [&str; 15] = [
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

/// "3 pièces", "2 chambres" as the one word that kinds know: f3.
fn rooms(number: &str, unit: &str) -> Option<String> {
    let number = number
        .parse::<u32>()
        .ok()
        .filter(|number| (1..10).contains(number))?;
    if ROOMS.contains(&unit) {
        Some(format!("f{}", number.min(5)))
    } else if BEDROOMS.contains(&unit) {
        Some(format!("f{}", (number + 1).min(5)))
    } else {
        None
    }
}

/// Other forms of a word that mean the same: without the little words that Arabic writes together with the next one,
/// without an article grown together with its word, without the plural of French, English and Spanish.
pub(crate) fn forms(word: &str) -> Vec<&str> {
    let mut forms: Vec<&str> = after_particle(word)
        .into_iter()
        .chain(after_article(word))
        .collect();
    if word.is_ascii() && word.len() >= 5 {
        forms.extend(word.strip_suffix(['s', 'x']));
    }
    forms
}

/// What stands after an Arabic article that took on the next letter: essalam, annakhil, errachidia.
pub(crate) fn after_article(word: &str) -> Option<&str> {
    let letters = word.as_bytes();
    let grown = word.is_ascii() && word.len() >= 6 && letters[1] == letters[2];
    (grown && matches!(letters[0], b'a' | b'e') && b"cdlnrstz".contains(&letters[1])).then(|| &word[2..])
}

/// What stands after و ب ف ك ل written together with an article: بالرباط, للرباط; or after a lone ل: لرباط.
pub(crate) fn after_particle(word: &str) -> Option<&str> {
    let long = |rest: &&str| rest.chars().count() >= 2;
    ["وال", "بال", "فال", "كال", "لل"]
        .iter()
        .find_map(|particle| word.strip_prefix(particle).filter(long))
        .or_else(|| word.strip_prefix('ل').filter(|rest| rest.chars().count() >= 3))
}
