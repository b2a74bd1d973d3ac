//! Suggestions while a visitor types: towns, regions and projects that match as prefixes. Owns their order and how many
//! of each are shown. Must not know answers.

use super::expand::{self, Expansion};
use super::place_query::name_matches;
use super::ranking::{Fields, rank, word_costs};
use crate::cost::TYPING_ERROR;
use crate::index::{Index, PlaceKind};
use crate::tokenizer::{QueryWord, query_words, required_words};
use expo_domain::Region;
use std::collections::HashMap;

/// A completion of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggestion {
    /// Identifier of a town.
    Town(String),
    /// A region.
    Region(Region),
    /// Project ordinal: index in `catalogue.projects`.
    Project(usize),
}

impl Index {
    /// Up to `limit` places and projects that complete the query, best first. At most half are places, unless there are
    /// fewer projects.
    pub fn suggest(&self, query: &str, limit: usize) -> Vec<Suggestion> {
        let typed = query_words(query);
        let words = &typed.words[..];
        if words.is_empty() {
            return Vec::new();
        }
        let mut expansions = expand::expand(self, words);
        let suggestions = complete(self, words, &expansions, limit);
        if !suggestions.is_empty() || typed.only_stop_words {
            return suggestions;
        }
        for (position, (word, expansion)) in words.iter().zip(&mut expansions).enumerate() {
            let has_exact_match = expansion.names.iter().any(|c| c.cost < TYPING_ERROR);
            if !word.is_optional && !has_exact_match {
                expansion.add_corrections(self, word, position + 1 == words.len());
            }
        }
        complete(self, words, &expansions, limit)
    }
}

/// Suggestions for expanded words.
fn complete(index: &Index, words: &[QueryWord], expansions: &[Expansion], limit: usize) -> Vec<Suggestion> {
    let mut suggestions = places(index, words, expansions);
    let projects = projects(index, words, expansions, limit);
    suggestions.truncate((limit / 2).max(limit.saturating_sub(projects.len())));
    let rest = limit - suggestions.len();
    suggestions.extend(projects.into_iter().take(rest));
    suggestions
}

/// Places with projects whose name contains every required word, best match first.
fn places(index: &Index, words: &[QueryWord], expansions: &[Expansion]) -> Vec<Suggestion> {
    let required = required_words(words);
    // The best score of each place; lower is better.
    let mut scores: HashMap<u32, (u32, u32, u32)> = HashMap::new();
    for (name, found) in name_matches(index, words, expansions, 1) {
        let name = index.place_name(name);
        if found.query_words != required {
            continue;
        }
        let prefixes = (found.prefix_words & !found.complete_words).count_ones();
        let missing = u32::from(name.words).saturating_sub(found.words().count_ones());
        let score = (missing, prefixes, u32::from(found.cost));
        let best = scores.entry(name.place).or_insert(score);
        *best = score.min(*best);
    }
    let mut places: Vec<_> = scores
        .into_iter()
        .map(|(place, score)| (place as usize, score))
        .filter(|(place, _)| !index.projects_in(*place).is_empty())
        .map(|(place, score)| {
            let projects = index.projects_in(place).len();
            (score, index.is_region(place), usize::MAX - projects, place)
        })
        .collect();
    places.sort_unstable();
    let suggestion = |place: usize| match index.place(place).kind {
        PlaceKind::Town(town) => Some(Suggestion::Town(index.town_id(town).to_owned())),
        PlaceKind::Region(region) => Some(Suggestion::Region(region)),
        PlaceKind::Unlisted => None,
    };
    places
        .into_iter()
        .filter_map(|(.., place)| suggestion(place))
        .collect()
}

/// Projects with every required word in their title, best match first.
fn projects(index: &Index, words: &[QueryWord], expansions: &[Expansion], limit: usize) -> Vec<Suggestion> {
    let costs: Vec<Vec<u8>> = expansions
        .iter()
        .map(|expansion| word_costs(index, expansion, Fields::Titles))
        .collect();
    let ranked = rank(index, words, &costs).into_iter().take(limit);
    ranked
        .map(|project| Suggestion::Project(project.ord as usize))
        .collect()
}
