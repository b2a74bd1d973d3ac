//! The words of intents: `titre foncier`, `دعم السكن`, `notaire`, and the product types, delivery states and numbers of
//! rooms of the categories. Owns which words are which intent. Must not know the catalogue.

use super::lexer::{self, Piece};
use super::{Intent, Recognised};
use crate::tokenizer;
use expo_domain::{Delivery, LandTitle, ProductType, Topic};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Shortest start of a word that is completed, in letters.
const MIN_PREFIX_LETTERS: usize = 4;
/// If the start of a word may become more intents than this, none is offered.
const MAX_COMPLETED_INTENTS: usize = 3;

/// Words that mean an intent.
#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    intent: Intent,
    /// A word of a category: the search finds its projects by this word.
    is_category: bool,
}

/// All phrases by their first word.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    let files = [
        (include_str!("../../words/intents.csv"), false),
        (include_str!("../../words/categories.csv"), true),
    ];
    for (file, is_category) in files {
        for (codes, texts) in file.lines().filter_map(|line| line.split_once(';')) {
            for intent in codes.split(',').filter_map(intent_of_code) {
                for words in texts.split('|').map(lexer::words) {
                    let Some(first) = words.first().cloned() else {
                        continue;
                    };
                    phrases.entry(first).or_default().push(Phrase {
                        words,
                        intent,
                        is_category,
                    });
                }
            }
        }
    }
    phrases
});

/// The first words of phrases in order, to complete the start of a word.
static FIRST_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = PHRASES.keys().map(String::as_str).collect();
    words.sort_unstable();
    words
});

/// The intent of a code in one of the files; `None` for features, which are no filter.
fn intent_of_code(code: &str) -> Option<Intent> {
    match code.split_once(':') {
        None if code == "aid" => Some(Intent::Aid),
        None if code == "offer" => Some(Intent::Offer),
        None => ProductType::from_code(code).map(Intent::Type),
        Some(("type", code)) => ProductType::from_code(code).map(Intent::Type),
        Some(("delivery", code)) => Delivery::from_code(code).map(Intent::Delivery),
        Some(("land_title", code)) => LandTitle::from_code(code).map(Intent::LandTitle),
        Some(("rooms", number)) => number.parse().ok().map(Intent::Rooms),
        Some(("topic", code)) => Topic::from_code(code).map(Intent::Topic),
        Some(_) => None,
    }
}

/// The product types that a word means.
pub(super) fn types_of(word: &str) -> Vec<ProductType> {
    let words = std::iter::once(word).chain(tokenizer::variants(word));
    let phrases = words.filter_map(|word| PHRASES.get(word)).flatten();
    let mut types: Vec<ProductType> = Vec::new();
    for phrase in phrases.filter(|phrase| phrase.words.len() == 1) {
        match phrase.intent {
            Intent::Type(product_type) if !types.contains(&product_type) => types.push(product_type),
            _ => {}
        }
    }
    types
}

/// The phrases that begin at one place of the query.
struct Match {
    /// First piece and number of pieces.
    start: usize,
    length: usize,
    intents: Vec<Intent>,
    has_category: bool,
    /// The last word is only the start of the phrase's word.
    is_prefix: bool,
}

/// The intents of the words that are not `taken`. `is_open`: the last word may be incomplete. `is_name`: the catalogue has
/// a name that starts with this word. `is_town`: this word is the name of a town.
pub(super) fn recognise(
    pieces: &[Piece],
    taken: &HashSet<usize>,
    is_open: bool,
    is_name: &dyn Fn(&str) -> bool,
    is_town: &dyn Fn(&str) -> bool,
) -> Vec<Recognised> {
    let mut matches = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let found = longest_match(pieces, at, is_open)
            .filter(|found| (at..at + found.length).all(|piece| !taken.contains(&piece)));
        match found {
            Some(found) if found.length > 1 || !is_town(&pieces[at].word) => {
                at += found.length;
                matches.push(found);
            }
            _ => at += 1,
        }
    }
    let (types, others): (Vec<_>, Vec<_>) = matches.iter().partition(|found| {
        let is_type = |intent: &Intent| matches!(intent, Intent::Type(_));
        found.intents.iter().all(is_type)
    });
    let mut recognised = common_types(&types);
    for found in others {
        recognised.extend(found.intents.iter().map(|intent| Recognised {
            intent: *intent,
            pieces: (found.start..found.start + found.length).collect(),
            consumed: consumed(pieces, found, *intent, is_name),
        }));
    }
    recognised
}

/// The intents of the most pieces from `at` on.
fn longest_match(pieces: &[Piece], at: usize, is_open: bool) -> Option<Match> {
    let mut best: Option<Match> = None;
    let mut add = |phrase: &Phrase, is_prefix: bool| {
        let length = phrase.words.len();
        match &mut best {
            Some(found) if (found.length, !found.is_prefix) > (length, !is_prefix) => {}
            Some(found) if (found.length, found.is_prefix) == (length, is_prefix) => {
                found.has_category |= phrase.is_category;
                if !found.intents.contains(&phrase.intent) {
                    found.intents.push(phrase.intent);
                }
            }
            _ => {
                best = Some(Match {
                    start: at,
                    length,
                    intents: vec![phrase.intent],
                    has_category: phrase.is_category,
                    is_prefix,
                });
            }
        }
    };
    let rest = &pieces[at..];
    let word = rest[0].word.as_str();
    for first in std::iter::once(word).chain(tokenizer::variants(word)) {
        for phrase in PHRASES.get(first).into_iter().flatten() {
            match compare(&phrase.words, rest, is_open) {
                Some(Comparison::Complete) => add(phrase, false),
                Some(Comparison::Prefix) => add(phrase, true),
                None => {}
            }
        }
    }
    if rest.len() == 1 && is_open && is_long_prefix(word) {
        let from = FIRST_WORDS.partition_point(|first| *first < word);
        let firsts = FIRST_WORDS[from..]
            .iter()
            .take_while(|first| first.starts_with(word));
        for phrase in firsts.filter_map(|first| PHRASES.get(*first)).flatten() {
            if phrase.words.len() == 1 && phrase.words[0] != word {
                add(phrase, true);
            }
        }
    }
    best.filter(|found| !found.is_prefix || found.intents.len() <= MAX_COMPLETED_INTENTS)
}

enum Comparison {
    Complete,
    Prefix,
}

/// Whether the pieces begin with a phrase, whose first word is known to match.
fn compare(words: &[String], pieces: &[Piece], is_open: bool) -> Option<Comparison> {
    let pieces = pieces
        .get(..words.len())
        .map(|part| (part, pieces.len() == words.len()));
    let (pieces, is_end) = pieces?;
    for (at, (word, piece)) in words.iter().zip(pieces).enumerate().skip(1) {
        let is_same = *word == piece.word || tokenizer::variants(&piece.word).contains(&word.as_str());
        if !is_same {
            let is_last = is_end && is_open && at + 1 == words.len();
            return (is_last && word.starts_with(&piece.word)).then_some(Comparison::Prefix);
        }
    }
    Some(Comparison::Complete)
}

fn is_long_prefix(word: &str) -> bool {
    word.chars().count() >= MIN_PREFIX_LETTERS
}

/// The pieces that the text search must not look for. Words of categories stay: they find the same projects.
fn consumed(pieces: &[Piece], found: &Match, intent: Intent, is_name: &dyn Fn(&str) -> bool) -> Vec<usize> {
    let range = found.start..found.start + found.length;
    let last = &pieces[range.end - 1].word;
    if found.has_category || (found.is_prefix && found.length == 1 && is_name(last)) {
        return Vec::new();
    }
    let is_category_word = |piece: &Piece| {
        let phrases = PHRASES.get(&piece.word).into_iter().flatten();
        phrases
            .into_iter()
            .any(|phrase| phrase.is_category && phrase.words.len() == 1)
    };
    let is_category = matches!(intent, Intent::Type(_) | Intent::Delivery(_) | Intent::Rooms(_));
    range
        .filter(|at| !(is_category && is_category_word(&pieces[*at])))
        .collect()
}

/// One intent per product type that is meant by adjacent type words together: "terrain industriel" is an industrial plot,
/// "villa appartement" is both.
fn common_types(matches: &[&Match]) -> Vec<Recognised> {
    let mut sets: Vec<(Vec<Intent>, Vec<usize>)> = Vec::new();
    for found in matches {
        let pieces = found.start..found.start + found.length;
        if let Some((intents, all)) = sets.last_mut() {
            let common: Vec<Intent> = intents
                .iter()
                .copied()
                .filter(|intent| found.intents.contains(intent))
                .collect();
            if !common.is_empty() {
                *intents = common;
                all.extend(pieces);
                continue;
            }
        }
        sets.push((found.intents.clone(), pieces.collect()));
    }
    sets.into_iter()
        .flat_map(|(intents, pieces)| {
            intents.into_iter().map(move |intent| Recognised {
                intent,
                pieces: pieces.clone(),
                consumed: Vec::new(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_intents_has_a_known_code() {
        for line in include_str!("../../words/intents.csv").lines() {
            let (codes, words) = line.split_once(';').unwrap();
            assert!(
                codes.split(',').all(|code| intent_of_code(code).is_some()),
                "{codes}"
            );
            assert!(
                words.split('|').all(|phrase| !lexer::words(phrase).is_empty()),
                "{codes}"
            );
        }
        let intents: Vec<Intent> = PHRASES.values().flatten().map(|phrase| phrase.intent).collect();
        for topic in Topic::ALL {
            assert!(intents.contains(&Intent::Topic(*topic)), "{topic}");
        }
        for land_title in LandTitle::ALL {
            assert!(intents.contains(&Intent::LandTitle(*land_title)));
        }
    }
}
