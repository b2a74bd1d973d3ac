//! Places that a query asks for by name. Owns when words are the name of a place. Must not know projects.

use crate::cost;
use crate::index::{Index, Meanings};
use crate::text::Typed;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More places than that under one name are none.
const MAX_SAME: usize = 3;
/// Fewer letters are the beginning of too many names.
const SHORTEST_BEGINNING: usize = 3;

/// A place asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Places of that name, hardly ever more than one.
    pub places: Vec<usize>,
    /// Which words of the query name it, a bit each.
    pub words: u16,
    /// Its whole name was typed, not only the beginning.
    pub whole: bool,
}

/// How much of a place's name was found.
#[derive(Default)]
pub(crate) struct Match {
    /// Bits of the query's words.
    pub words: u16,
    /// Bits of the name's words that were found whole.
    pub whole: u16,
    /// Those of which only the beginning was.
    pub begun: u16,
    pub cost: u8,
}

impl Index {
    /// Names of places with words of the query in them.
    pub(crate) fn place_matches(
        &self,
        words: &[Typed],
        meanings: &[Meanings],
        shortest: usize,
    ) -> HashMap<u32, Match> {
        let mut matches: HashMap<u32, Match> = HashMap::new();
        for (at, (word, meanings)) in words.iter().zip(meanings).enumerate() {
            if word.optional {
                continue;
            }
            for candidate in &meanings.names {
                if !candidate.whole && word.letters < shortest {
                    continue;
                }
                for (name, position) in self.place_words.of(candidate.terms.clone()) {
                    let found = matches.entry(*name).or_default();
                    found.words |= 1 << at;
                    if candidate.whole {
                        found.whole |= 1 << position;
                        found.cost = found.cost.max(candidate.cost);
                    } else {
                        found.begun |= 1 << position;
                    }
                }
            }
        }
        matches
    }

    /// Every place whose name was typed, the one of most words first. Beginnings count for the last word only.
    pub(crate) fn asked(&self, words: &[Typed], meanings: &[Meanings]) -> Vec<Asked> {
        let last = 1_u16 << (words.len().max(1) - 1);
        // By words and wholeness: what the best name costs, and the places of names that cost as much.
        let mut named: BTreeMap<(u16, bool), (u8, BTreeSet<usize>)> = BTreeMap::new();
        for (name, found) in self.place_matches(words, meanings, SHORTEST_BEGINNING) {
            let name = &self.place_names[name as usize];
            let all = (1_u16 << name.words) - 1;
            let whole = found.whole == all;
            let begun = !name.joined && found.whole | found.begun == all && found.words & last != 0;
            if !(whole || begun) {
                continue;
            }
            let cost = if whole { found.cost } else { cost::BEGINNING };
            let known = named
                .entry((found.words, whole))
                .or_insert((u8::MAX, BTreeSet::new()));
            if cost < known.0 {
                *known = (cost, BTreeSet::new());
            }
            if cost == known.0 {
                known.1.insert(name.place as usize);
            }
        }
        let mut named: Vec<_> = named.into_iter().collect();
        named.sort_by_key(|((words, whole), (cost, _))| (Reverse((words.count_ones(), *whole)), *cost));
        let mut asked: Vec<Asked> = Vec::new();
        for ((words, whole), (_, places)) in named {
            let is_clear = places.len() <= if whole { MAX_SAME } else { 1 };
            if is_clear && asked.iter().all(|known| known.words & words == 0) {
                let places = places.into_iter().collect();
                asked.push(Asked { places, words, whole });
            }
        }
        asked
    }
}
