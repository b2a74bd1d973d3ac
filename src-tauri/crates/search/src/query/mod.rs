//! A query as it is understood: words, candidate terms, places, and the cost of each project. Must not know the order
//! of fallbacks (`search`).

mod answer;
mod expand;
mod nearby;
mod partial;
mod place_query;
mod ranking;
mod search;
mod suggest;

pub use answer::{Answer, AnswerKind, Hit};
pub use suggest::Suggestion;

use crate::cost;
use crate::index::Index;
use crate::tokenizer::{QueryWord, required_words};
use expand::Expansion;
use place_query::PlaceQuery;
use ranking::{Fields, RankedProject};
use std::collections::BTreeSet;

/// A query as it is understood.
struct Query<'a> {
    index: &'a Index,
    words: &'a [QueryWord],
    /// Candidate terms of each word.
    expansions: Vec<Expansion>,
    /// Places named in the query.
    places: Vec<PlaceQuery>,
    /// Cost of each project, one vector per word: see [`ranking::word_costs`].
    costs: Vec<Vec<u8>>,
}

impl<'a> Query<'a> {
    /// The query with its words as typed.
    fn new(index: &'a Index, words: &'a [QueryWord]) -> Self {
        Self::with_expansions(index, words, expand::expand(index, words))
    }

    /// The words that are the complete name of a place, one bit per word. They are spelt correctly, also if the place has no
    /// project: "Sebta" is not a typing error of "Settat".
    fn known_places(&self) -> u16 {
        let complete = self.places.iter().filter(|place| place.is_complete);
        complete.fold(0, |words, place| words | place.words)
    }

    /// The same query with corrected words: all words, or only words without candidates. Words in `known_places` stay.
    /// `None` if this adds no candidates.
    fn corrected(&self, all_words: bool, known_places: u16) -> Option<Self> {
        let mut expansions = self.expansions.clone();
        let mut has_changed = false;
        for (position, (word, expansion)) in self.words.iter().zip(&mut expansions).enumerate() {
            let is_known = known_places & (1 << position) != 0;
            if !word.is_optional && !is_known && (all_words || expansion.is_empty()) {
                let before = expansion.names.len();
                expansion.add_corrections(self.index, word, position + 1 == self.words.len());
                has_changed |= expansion.names.len() > before;
            }
        }
        has_changed.then(|| Self::with_expansions(self.index, self.words, expansions))
    }

    fn with_expansions(index: &'a Index, words: &'a [QueryWord], expansions: Vec<Expansion>) -> Self {
        let places = place_query::place_queries(index, words, &expansions);
        // The complete name of a place means the place. Descriptions that mention it and categories of the same name
        // ("casa") do not count.
        let named_place = match &places[..] {
            [place] if place.is_complete => Some(place),
            _ => None,
        };
        let fields = |position: usize| match named_place {
            Some(place) if place.words & (1 << position) != 0 => Fields::Places(&place.places),
            _ => Fields::All,
        };
        let costs = expansions
            .iter()
            .enumerate()
            .map(|(position, expansion)| ranking::word_costs(index, expansion, fields(position)))
            .collect();
        let mut query = Self {
            index,
            words,
            expansions,
            places,
            costs,
        };
        query.lower_costs_in_places();
        query
    }

    /// Lowers the costs of projects in places whose name has several words of the query. A region matches by its name,
    /// although each of its words alone means a town. If all words are in the name of one town, they mean this town.
    fn lower_costs_in_places(&mut self) {
        let mut named: BTreeSet<(usize, u16)> = BTreeSet::new();
        if let Some(query) = self.places.first() {
            let regions = query.places.iter().filter(|place| self.index.is_region(**place));
            named.extend(regions.map(|place| (*place, query.words)));
        }
        let required = required_words(self.words);
        let matches = place_query::name_matches(self.index, self.words, &self.expansions, 1);
        for (name, found) in matches {
            let place = self.index.place_name(name).place as usize;
            let has_several_words = found.words().count_ones() > 1;
            if found.query_words == required && has_several_words && !self.index.is_region(place) {
                named.insert((place, required));
            }
        }
        for (place, words) in named {
            for (position, costs) in self
                .costs
                .iter_mut()
                .enumerate()
                .filter(|(position, _)| words & (1 << position) != 0)
            {
                let candidates = self.expansions[position].names.iter();
                let lowest = candidates.map(|candidate| candidate.cost).min();
                for ord in self.index.projects_in(place) {
                    cost::lower(&mut costs[*ord as usize], cost::TOWN + lowest.unwrap_or(0));
                }
            }
        }
    }

    /// The required words that are not in the bit mask `words`, as typed.
    fn words_not_in(&self, words: u16) -> Vec<String> {
        self.words
            .iter()
            .enumerate()
            .filter(|(position, word)| !word.is_optional && words & (1 << position) == 0)
            .map(|(_, word)| word.raw.clone())
            .collect()
    }

    /// Projects that match every required word, best first.
    fn ranked(&self) -> Vec<RankedProject> {
        ranking::rank(self.index, self.words, &self.costs)
    }

    /// The words of the query, with corrected words as they are written in this project.
    fn corrected_words(&self, ord: u32) -> Vec<String> {
        let words = self.words.iter().zip(&self.expansions).zip(&self.costs);
        words
            .map(|((word, expansion), costs)| {
                let is_corrected =
                    !word.is_optional && cost::without_flag(costs[ord as usize]) >= cost::TYPING_ERROR;
                let mut candidates: Vec<_> = expansion
                    .names
                    .iter()
                    .filter(|candidate| candidate.cost >= cost::TYPING_ERROR)
                    .collect();
                candidates.sort_by_key(|candidate| candidate.cost);
                let spelling = || {
                    let mut terms = candidates.iter().map(|candidate| candidate.terms.clone());
                    terms.find_map(|terms| self.index.spelling_in_project(terms, ord))
                };
                let corrected = if is_corrected { spelling() } else { None };
                corrected.unwrap_or(&word.raw).to_owned()
            })
            .collect()
    }
}
