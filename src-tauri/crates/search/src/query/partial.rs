//! What some of the words find, when all together find nothing. Owns which words are given up. Must not know places.

use crate::cost::{BEGINNING, BODY, ERROR, NONE};
use crate::find::Reading;
use crate::rank::MISSING;
use crate::{Answer, Hit, Kind};

/// A word of fewer letters is not worth an answer of its own.
const SHORTEST: usize = 3;
/// A word in one of thirty projects says as much as can be said.
const MOST_BITS: u32 = 5;
const BEGUN_BODY: u8 = BODY + BEGINNING;

impl Reading<'_> {
    /// Projects that fit the words that say most, and how many words these are. `None` when only corrected words find
    /// something: a guess at half a query is no answer.
    pub fn partial(&self) -> Option<(Answer, u32)> {
        let weights = self.weights();
        let (best, kept) = self.best_part(&weights)?;
        let mut hits: Vec<(u16, u32)> = self
            .index
            .projects
            .order
            .iter()
            .map(|ord| (self.total(*ord, kept), *ord))
            .filter(|(total, _)| *total != MISSING)
            .collect();
        hits.sort_by_key(|(total, _)| *total);
        let given_up = self.words.iter().enumerate();
        let given_up = given_up.filter(|(at, word)| !word.optional && kept & (1 << at) == 0);
        let answer = Answer {
            kind: Kind::Partial,
            hits: hits.into_iter().map(|(_, ord)| Hit::exact(ord)).collect(),
            words: given_up.map(|(_, word)| word.raw.clone()).collect(),
            place: None,
        };
        (best > 0).then_some((answer, kept.count_ones()))
    }

    /// How much each word says: more, the fewer projects it finds. Nothing for words too short or without meaning.
    fn weights(&self) -> Vec<u32> {
        let all = self.index.projects.order.len();
        let words = self.words.iter().zip(&self.columns);
        words
            .map(|(word, column)| {
                let found = column.iter().filter(|cell| **cell & NONE != NONE).count();
                if word.optional || word.letters < SHORTEST || found == 0 {
                    0
                } else {
                    // Whole bits of information, and not too many: a rare word in a description is no better than the
                    // town.
                    2 + (all / found).ilog2().min(MOST_BITS)
                }
            })
            .collect()
    }

    /// The heaviest set of words that one project fits, a bit each.
    fn best_part(&self, weights: &[u32]) -> Option<(u32, u16)> {
        let worth = |cost: u8| match cost {
            // The beginning of some word in a description says nothing.
            NONE | BEGUN_BODY..ERROR => 0,
            BODY.. => 1,
            _ => 3,
        };
        let parts = self.index.projects.order.iter().filter_map(|ord| {
            let (mut weight, mut part, mut is_sure) = (0, 0_u16, false);
            for (at, (column, word_weight)) in self.columns.iter().zip(weights).enumerate() {
                let cost = column[*ord as usize] & NONE;
                if *word_weight > 0 && worth(cost) > 0 {
                    weight += word_weight * worth(cost);
                    part |= 1 << at;
                    is_sure |= cost < ERROR;
                }
            }
            is_sure.then_some((weight, part))
        });
        parts.reduce(|best, part| if part.0 > best.0 { part } else { best })
    }

    /// What a project costs for the words that are kept.
    fn total(&self, ord: u32, kept: u16) -> u16 {
        let columns = self
            .columns
            .iter()
            .enumerate()
            .filter(|(at, _)| kept & (1 << at) != 0);
        let costs = columns.map(|(_, column)| column[ord as usize] & NONE);
        costs.fold(0, |total, cost| {
            if cost == NONE || total == MISSING {
                MISSING
            } else {
                total + u16::from(cost)
            }
        })
    }
}
