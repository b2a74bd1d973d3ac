//! The search pipeline: words as typed, then corrected words, then fallbacks. Owns the order of these steps. Must not
//! know how words are compared.

use super::answer::{Answer, AnswerKind, Hit};
use super::{Query, nearby, partial};
use crate::cost;
use crate::index::Index;
use crate::intent::Reading;
use crate::tokenizer::query_words;
use std::collections::HashSet;

impl Index {
    /// Finds the projects that match a query: see [`Self::read`] and [`Self::answer`].
    pub fn search(&self, query: &str) -> Option<Answer> {
        self.answer(&self.read(query))
    }

    /// Finds the projects that match a query. `None` if there is nothing to search for: no word, only words of intents, or
    /// only stop words that match nothing.
    pub fn answer(&self, reading: &Reading) -> Option<Answer> {
        let found = self.find(&reading.text);
        if reading.units.is_empty() {
            return found;
        }
        let with_unit: HashSet<usize> = reading.units.iter().map(|unit| unit.ord).collect();
        let Some(mut answer) = found else {
            return Some(Answer::of_projects(AnswerKind::Exact, &with_unit, Vec::new()));
        };
        answer
            .hits
            .retain(|hit| with_unit.contains(&hit.ord) && hit.km.is_none());
        if answer.hits.is_empty() {
            let words = query_words(&reading.text).words.into_iter();
            let dropped = words.filter(|word| !word.is_optional).map(|word| word.raw);
            answer = Answer::of_projects(AnswerKind::Partial, &with_unit, dropped.collect());
        }
        Some(answer)
    }

    /// Finds the projects that match a text without intents.
    fn find(&self, text: &str) -> Option<Answer> {
        let typed = query_words(text);
        if typed.words.is_empty() {
            return None;
        }
        let mut query = Query::new(self, &typed.words);
        let exact = answer(&query, AnswerKind::Exact);
        if let Some(answer) = exact.or_else(|| nearby::in_any_place(&query)) {
            return Some(answer);
        }
        if typed.only_stop_words {
            return None;
        }
        let known_places = query.known_places();
        let near_empty_place = nearby::around_empty_place(&query);
        for all_words in [false, true] {
            if let Some(corrected) = query.corrected(all_words, known_places) {
                if let Some(answer) = answer(&corrected, AnswerKind::Corrected) {
                    return Some(answer);
                }
                query = corrected;
            }
        }
        // Two matching words are better than projects near a place that has none.
        let fallback = match partial::answer(&query) {
            Some((answer, matching)) if near_empty_place.is_none() || matching > 1 => Some(answer),
            _ => near_empty_place,
        };
        Some(fallback.unwrap_or_else(Answer::nothing))
    }
}

/// Projects that match all words and those around them, or the projects near the place in the query.
fn answer(query: &Query, kind: AnswerKind) -> Option<Answer> {
    let ranked = query.ranked();
    let Some(best) = ranked.first() else {
        return nearby::instead_of_place(query, kind);
    };
    let is_corrected = kind == AnswerKind::Corrected;
    let max_cost = if is_corrected {
        best.cost + cost::CORRECTED_TOLERANCE
    } else {
        u16::MAX
    };
    let kept = ranked.iter().filter(|project| project.cost <= max_cost);
    let mut hits: Vec<Hit> = kept.map(|project| Hit::new(project.ord)).collect();
    nearby::add_around(query, &mut hits);
    Some(Answer {
        kind,
        hits,
        words: if is_corrected {
            query.corrected_words(best.ord)
        } else {
            Vec::new()
        },
        place: None,
        is_empty_place: false,
    })
}
