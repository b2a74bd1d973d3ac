//! Recognises names of places in a query. Owns when words are the name of a place. Must not know projects.

use super::expand::Expansion;
use crate::cost;
use crate::index::Index;
use crate::tokenizer::QueryWord;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// If more places than this share a complete name, it is not treated as the name of a place.
const MAX_SAME_NAME_PLACES: usize = 3;
/// Shortest prefix that is treated as the name of a place. Shorter ones match too many names.
const MIN_PREFIX_LETTERS: usize = 3;

/// A place named in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlaceQuery {
    /// Numbers of the places with this name; rarely more than one.
    pub places: Vec<usize>,
    /// The words of the query that name it, one bit per word.
    pub words: u16,
    /// The complete name is typed, not only a prefix.
    pub is_complete: bool,
}

/// How much of a place's name the query contains.
#[derive(Default)]
pub(super) struct NameMatch {
    /// Words of the query, one bit per word.
    pub query_words: u16,
    /// Words of the name that match completely, one bit per word.
    pub complete_words: u16,
    /// Words of the name of which only a prefix matches.
    pub prefix_words: u16,
    /// Highest cost of the words that match completely.
    pub cost: u8,
}

impl NameMatch {
    /// Words of the name that match at all, one bit per word.
    pub const fn words(&self) -> u16 {
        self.complete_words | self.prefix_words
    }
}

/// Names of places that contain words of the query, by number of the name. Prefixes count from `min_prefix_letters` on.
pub(super) fn name_matches(
    index: &Index,
    words: &[QueryWord],
    expansions: &[Expansion],
    min_prefix_letters: usize,
) -> HashMap<u32, NameMatch> {
    let mut matches: HashMap<u32, NameMatch> = HashMap::new();
    for (position, (word, expansion)) in words.iter().zip(expansions).enumerate() {
        if word.is_optional {
            continue;
        }
        for candidate in &expansion.names {
            if !candidate.is_complete && word.letters < min_prefix_letters {
                continue;
            }
            for (name, name_position) in index.place_name_postings(candidate.terms.clone()) {
                let found = matches.entry(*name).or_default();
                found.query_words |= 1 << position;
                if candidate.is_complete {
                    found.complete_words |= 1 << name_position;
                    found.cost = found.cost.max(candidate.cost);
                } else {
                    found.prefix_words |= 1 << name_position;
                }
            }
        }
    }
    matches
}

/// The places named in a query, the one with most words first. Only the last word may be a prefix.
pub(super) fn place_queries(index: &Index, words: &[QueryWord], expansions: &[Expansion]) -> Vec<PlaceQuery> {
    let last_word = 1_u16 << (words.len().max(1) - 1);
    // For each set of words and completeness: the lowest cost, and the places of the names with this cost.
    let mut best: BTreeMap<(u16, bool), (u8, BTreeSet<usize>)> = BTreeMap::new();
    for (name, found) in name_matches(index, words, expansions, MIN_PREFIX_LETTERS) {
        let name = index.place_name(name);
        let all_words = (1_u16 << name.words) - 1;
        let is_complete = found.complete_words == all_words;
        let is_prefix = !name.is_joined && found.words() == all_words && found.query_words & last_word != 0;
        if !(is_complete || is_prefix) {
            continue;
        }
        let cost = if is_complete { found.cost } else { cost::PREFIX };
        let (best_cost, places) = best
            .entry((found.query_words, is_complete))
            .or_insert((u8::MAX, BTreeSet::new()));
        if cost < *best_cost {
            *best_cost = cost;
            places.clear();
        }
        if cost == *best_cost {
            places.insert(name.place as usize);
        }
    }
    let mut best: Vec<_> = best.into_iter().collect();
    best.sort_by_key(|((words, is_complete), (cost, _))| {
        (Reverse((words.count_ones(), *is_complete)), *cost)
    });
    let mut queries: Vec<PlaceQuery> = Vec::new();
    for ((words, is_complete), (_, places)) in best {
        let max_places = if is_complete { MAX_SAME_NAME_PLACES } else { 1 };
        let is_disjoint = queries.iter().all(|query| query.words & words == 0);
        if places.len() <= max_places && is_disjoint {
            queries.push(PlaceQuery {
                places: places.into_iter().collect(),
                words,
                is_complete,
            });
        }
    }
    queries
}
