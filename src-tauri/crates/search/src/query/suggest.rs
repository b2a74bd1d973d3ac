//! Suggestions while words are typed: towns, regions and projects that begin like them. Owns their order and how many
//! of each. Must not know answers.

use crate::Suggestion;
use crate::cost::ERROR;
use crate::find::Reading;
use crate::index::{Fields, Index, Meanings};
use crate::places::What;
use crate::text::{self, Typed};
use std::collections::HashMap;

impl Index {
    pub(crate) fn suggestions(&self, query: &str, limit: usize) -> Vec<Suggestion> {
        let mut words = text::typed(query);
        let nothing_said = words.iter().all(|word| word.optional);
        for word in &mut words {
            word.optional &= !nothing_said;
        }
        if words.is_empty() {
            return Vec::new();
        }
        let mut meanings = self.exact(&words);
        let found = self.suggested(&words, &meanings, limit);
        if !found.is_empty() || nothing_said {
            return found;
        }
        let last = words.len() - 1;
        for (at, (word, meanings)) in words.iter().zip(&mut meanings).enumerate() {
            if !word.optional && !meanings.names.iter().any(|c| c.cost < ERROR) {
                self.correct(meanings, word, at == last);
            }
        }
        self.suggested(&words, &meanings, limit)
    }

    /// At most half are places, unless there are fewer projects.
    fn suggested(&self, words: &[Typed], meanings: &[Meanings], limit: usize) -> Vec<Suggestion> {
        let mut places = self.suggested_places(words, meanings);
        let projects = self.suggested_projects(words, meanings, limit);
        places.truncate((limit / 2).max(limit.saturating_sub(projects.len())));
        let rest = limit - places.len();
        places.extend(projects.into_iter().take(rest));
        places
    }

    /// Places that have projects and in whose name every word is, the best name first.
    fn suggested_places(&self, words: &[Typed], meanings: &[Meanings]) -> Vec<Suggestion> {
        let required = words.iter().enumerate().filter(|(_, word)| !word.optional);
        let required = required.fold(0_u16, |mask, (at, _)| mask | 1 << at);
        let mut best: HashMap<u32, (u32, u32, u32)> = HashMap::new();
        for (name, found) in self.place_matches(words, meanings, 1) {
            let name = &self.place_names[name as usize];
            if found.words != required {
                continue;
            }
            let begun = (found.begun & !found.whole).count_ones();
            let missing = u32::from(name.words).saturating_sub((found.whole | found.begun).count_ones());
            let score = (missing, begun, u32::from(found.cost));
            let known = best.entry(name.place).or_insert(score);
            *known = score.min(*known);
        }
        let mut places: Vec<_> = best
            .into_iter()
            .filter(|(place, _)| !self.groups[*place as usize].projects.is_empty())
            .map(|(place, score)| {
                let projects = self.groups[place as usize].projects.len();
                let is_region = matches!(self.places[place as usize].what, What::Region(_));
                (score, is_region, usize::MAX - projects, place)
            })
            .collect();
        places.sort_unstable();
        let suggestion = |place: u32| match self.places[place as usize].what {
            What::Town(town) => Some(Suggestion::Town(self.towns[town].clone())),
            What::Region(region) => Some(Suggestion::Region(region)),
            What::Known => None,
        };
        places
            .into_iter()
            .filter_map(|(.., place)| suggestion(place))
            .collect()
    }

    /// Projects with every word in their title.
    fn suggested_projects(&self, words: &[Typed], meanings: &[Meanings], limit: usize) -> Vec<Suggestion> {
        let columns = meanings
            .iter()
            .map(|meanings| self.column(meanings, Fields::Titles));
        let reading = Reading {
            index: self,
            words,
            columns: columns.collect(),
            meanings: Vec::new(),
            asked: Vec::new(),
        };
        let ranked = reading.ranked().into_iter().take(limit);
        ranked.map(|hit| Suggestion::Project(hit.ord as usize)).collect()
    }
}
