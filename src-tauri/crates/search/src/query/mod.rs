//! Finding: first as typed, then corrected, then what some of the words find. Owns the steps and what is said of the
//! answer. Must not know how words are compared.

use crate::asked::Asked;
use crate::cost::{ERROR, IN_TITLE, PLACE, SLACK};
use crate::index::{Fields, Index, Meanings, lower};
use crate::names::title_key;
use crate::places::What;
use crate::rank::{Column, Named, Ranked, rank};
use crate::text::{self, Typed};
use crate::{Answer, Hit, Kind};
use std::collections::BTreeSet;

/// Words of a query, what they may mean, and what they find.
pub(crate) struct Reading<'a> {
    pub index: &'a Index,
    pub words: &'a [Typed],
    pub meanings: Vec<Meanings>,
    /// Places asked for by name.
    pub asked: Vec<Asked>,
    /// What each project costs, one column a word.
    pub columns: Vec<Vec<u8>>,
}

impl Index {
    pub(crate) fn answer(&self, query: &str) -> Option<Answer> {
        let mut words = text::typed(query);
        // Nothing but "à la": taken by its letters, and shown with everything when they find nothing.
        let nothing_said = words.iter().all(|word| word.optional);
        for word in &mut words {
            word.optional &= !nothing_said;
        }
        if words.is_empty() {
            return None;
        }
        let mut reading = Reading::new(self, &words, self.exact(&words));
        if let Some(answer) = reading.answer(Kind::Exact).or_else(|| reading.of_any_place()) {
            return Some(answer);
        }
        if nothing_said {
            return None;
        }
        let near = reading.near_place_alone();
        for all in [false, true] {
            if let Some(corrected) = reading.corrected(all) {
                if let Some(answer) = corrected.answer(Kind::Corrected) {
                    return Some(answer);
                }
                reading = corrected;
            }
        }
        // Two words that fit say more than a place where nothing is.
        let partial = match reading.partial() {
            Some((answer, fitting)) if near.is_none() || fitting > 1 => Some(answer),
            _ => near,
        };
        Some(partial.unwrap_or_else(Answer::nothing))
    }
}

impl<'a> Reading<'a> {
    pub fn new(index: &'a Index, words: &'a [Typed], meanings: Vec<Meanings>) -> Self {
        let asked = index.asked(words, &meanings);
        // A place by its whole name is meant as a place: descriptions that mention it, and kinds of the same name
        // ("casa"), do not count.
        let place = match &asked[..] {
            [place] if place.whole => Some(place),
            _ => None,
        };
        let fields = |at: usize| match place {
            Some(place) if place.words & (1 << at) != 0 => Fields::Places(&place.places),
            _ => Fields::All,
        };
        let columns = meanings
            .iter()
            .enumerate()
            .map(|(at, meanings)| index.column(meanings, fields(at)));
        let mut reading = Self {
            index,
            words,
            columns: columns.collect(),
            meanings,
            asked,
        };
        reading.add_places();
        reading
    }

    /// A region by its name finds its projects, although each of its words alone means a town; words that stand
    /// together in the name of a town mean it, more than each of them alone.
    fn add_places(&mut self) {
        let is_region = |place: usize| matches!(self.index.places[place].what, What::Region(_));
        let mut named: BTreeSet<(usize, u16)> = BTreeSet::new();
        if let Some(asked) = self.asked.first() {
            let regions = asked.places.iter().filter(|place| is_region(**place));
            named.extend(regions.map(|place| (*place, asked.words)));
        }
        let required = self.words.iter().enumerate().filter(|(_, word)| !word.optional);
        let required = required.fold(0_u16, |mask, (at, _)| mask | 1 << at);
        for (name, found) in self.index.place_matches(self.words, &self.meanings, 1) {
            let place = self.index.place_names[name as usize].place as usize;
            let several = (found.whole | found.begun).count_ones() > 1;
            if found.words == required && several && !is_region(place) {
                named.insert((place, required));
            }
        }
        for (place, words) in named {
            for (at, column) in self
                .columns
                .iter_mut()
                .enumerate()
                .filter(|(at, _)| words & (1 << at) != 0)
            {
                let least = self.meanings[at]
                    .names
                    .iter()
                    .map(|candidate| candidate.cost)
                    .min();
                for ord in &self.index.groups[place].projects {
                    lower(&mut column[*ord as usize], PLACE + least.unwrap_or(0));
                }
            }
        }
    }

    /// The same words with typing errors and other spellings forgiven: in words that mean nothing, or in all.
    fn corrected(&self, all: bool) -> Option<Self> {
        let mut meanings = self.meanings.clone();
        let mut changed = false;
        for (at, (word, meanings)) in self.words.iter().zip(&mut meanings).enumerate() {
            if !word.optional && (all || !meanings.found()) {
                let before = meanings.names.len();
                self.index.correct(meanings, word, at + 1 == self.words.len());
                changed |= meanings.names.len() > before;
            }
        }
        changed.then(|| Self::new(self.index, self.words, meanings))
    }

    fn answer(&self, kind: Kind) -> Option<Answer> {
        let ranked = self.ranked();
        let Some(best) = ranked.first() else {
            return self.near_place(kind);
        };
        let corrected = kind == Kind::Corrected;
        let limit = if corrected { best.cost + SLACK } else { u16::MAX };
        let kept = ranked.iter().filter(|hit| hit.cost <= limit);
        let mut hits: Vec<Hit> = kept.map(|hit| Hit::exact(hit.ord)).collect();
        self.add_around(&mut hits);
        Some(Answer {
            kind,
            hits,
            words: if corrected {
                self.understood(best.ord)
            } else {
                Vec::new()
            },
            place: None,
        })
    }

    /// Projects that fit every word, best first.
    pub fn ranked(&self) -> Vec<Ranked> {
        let named = self.named();
        let columns: Vec<Column> = self
            .columns
            .iter()
            .zip(self.words)
            .map(|(costs, word)| Column {
                costs,
                optional: word.optional,
            })
            .collect();
        rank(&self.index.projects, &columns, &named)
    }

    /// Which titles are what was typed, or begin so.
    fn named(&self) -> Vec<Named> {
        let mut named = vec![Named::No; self.index.projects.order.len()];
        let typed: Vec<&str> = self.words.iter().map(|word| word.word.as_str()).collect();
        let begun = self.index.titles.beginning(&typed.join(" "));
        for ord in self.index.title_posts.of(begun) {
            named[*ord as usize] = Named::Begun;
        }
        let key = title_key(typed.into_iter());
        let keys = &self.index.title_keys;
        let start = keys.partition_point(|(title, _)| *title < key);
        for (_, ord) in keys[start..].iter().take_while(|(title, _)| *title == key) {
            named[*ord as usize] = Named::Whole;
        }
        named
    }

    /// The query as it was understood for its best hit.
    fn understood(&self, ord: u32) -> Vec<String> {
        let words = self.words.iter().zip(&self.meanings).zip(&self.columns);
        words
            .map(|((word, meanings), column)| {
                let is_corrected = !word.optional && column[ord as usize] & !IN_TITLE >= ERROR;
                let mut candidates: Vec<_> = meanings.names.iter().filter(|c| c.cost >= ERROR).collect();
                candidates.sort_by_key(|candidate| candidate.cost);
                let finding = || candidates.iter().find_map(|c| self.index.term_finding(c, ord));
                let shown = if is_corrected { finding() } else { None };
                shown.unwrap_or(&word.raw).to_owned()
            })
            .collect()
    }
}

impl Hit {
    pub(crate) const fn exact(ord: u32) -> Self {
        Self {
            ord: ord as usize,
            km: None,
        }
    }
}

impl Answer {
    const fn nothing() -> Self {
        Self {
            kind: Kind::Nothing,
            hits: Vec::new(),
            words: Vec::new(),
            place: None,
        }
    }
}
