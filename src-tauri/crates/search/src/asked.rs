//! Places that a query asks for by name. Owns when words are the name of a place. Must not know projects.

use crate::cost;
use crate::index::{Index, Meanings};
use crate::text::Typed;
use std::collections::HashMap;

/// More places than that under one name are none.
const MAX_SAME: usize = 3;

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
        let mut named: Vec<(Asked, u8)> = Vec::new();
        for (name, found) in self.place_matches(words, meanings, 3) {
            let name = &self.place_names[name as usize];
            let all = (1_u16 << name.words) - 1;
            let whole = found.whole == all;
            if !whole && (name.joined || found.whole | found.begun != all || found.words & last == 0) {
                continue;
            }
            let (place, cost) = (
                name.place as usize,
                if whole { found.cost } else { cost::BEGINNING },
            );
            match named
                .iter_mut()
                .find(|(a, _)| a.words == found.words && a.whole == whole)
            {
                Some((asked, least)) if *least > cost => (asked.places, *least) = (vec![place], cost),
                Some((asked, least)) if *least == cost && !asked.places.contains(&place) => {
                    asked.places.push(place)
                }
                Some(_) => {}
                None => named.push((
                    Asked {
                        places: vec![place],
                        words: found.words,
                        whole,
                    },
                    cost,
                )),
            }
        }
        named.retain(|(asked, _)| asked.places.len() <= if asked.whole { MAX_SAME } else { 1 });
        named
            .sort_by_key(|(asked, cost)| (std::cmp::Reverse((asked.words.count_ones(), asked.whole)), *cost));
        let mut asked: Vec<Asked> = Vec::new();
        for (place, _) in named {
            if asked.iter().all(|known| known.words & place.words == 0) {
                asked.push(place);
            }
        }
        for place in &mut asked {
            place.places.sort_unstable();
        }
        asked
    }
}
