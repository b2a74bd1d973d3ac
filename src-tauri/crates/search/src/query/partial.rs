//! Partial matches: projects that match some of the words, if none matches all. Owns which words are dropped. Must not
//! know places.

use super::Query;
use super::answer::{Answer, AnswerKind, Hit};
use crate::cost::{self, BODY, NO_MATCH, NO_MATCH_TOTAL, PREFIX, TYPING_ERROR};
use crate::tokenizer::required_words;

/// Shorter words have no weight, in letters.
const MIN_WORD_LETTERS: usize = 3;
/// Maximum weight of a rare word, in bits of information. Words in fewer than one of 32 projects weigh the same.
const MAX_BITS: u32 = 5;
/// So many corrected words are a name, even if another word does not match.
const MIN_CORRECTED_WORDS: usize = 2;
/// Cost of a prefix that is in a description.
const BODY_PREFIX: u8 = BODY + PREFIX;

/// Projects that match the words with most weight, and the number of these words. `None` if only corrected words match.
pub(super) fn answer(query: &Query) -> Option<(Answer, u32)> {
    let weights = word_weights(query);
    let (weight, kept) = heaviest_words(query, &weights)?;
    let mut hits: Vec<(u16, u32)> = query
        .index
        .projects()
        .tie_order
        .iter()
        .map(|ord| (total_cost(query, *ord, kept), *ord))
        .filter(|(total, _)| *total != NO_MATCH_TOTAL)
        .collect();
    hits.sort_by_key(|(total, _)| *total);
    let answer = Answer {
        kind: AnswerKind::Partial,
        hits: hits.into_iter().map(|(_, ord)| Hit::new(ord)).collect(),
        words: query.words_not_in(kept),
        place: None,
        is_empty_place: false,
    };
    (weight > 0).then_some((answer, kept.count_ones()))
}

/// Weight of each word: higher if it matches fewer projects. Zero for optional and short words and for words that match
/// nothing.
fn word_weights(query: &Query) -> Vec<u32> {
    let projects = query.index.projects().len();
    let words = query.words.iter().zip(&query.costs);
    words
        .map(|(word, costs)| {
            let matching = costs
                .iter()
                .filter(|cell| cost::without_flag(**cell) != NO_MATCH)
                .count();
            if word.is_optional || word.letters < MIN_WORD_LETTERS || matching == 0 {
                0
            } else {
                // Whole bits, up to a maximum: a rare word in a description is not more important than a town.
                2 + (projects / matching).ilog2().min(MAX_BITS)
            }
        })
        .collect()
}

/// The set of words with the highest weight that one project matches: its weight, and the words as one bit per word.
/// Projects that match only corrected words are ignored, unless these are most of the words and several: a name written in
/// another script, one of whose words is spelt too differently.
fn heaviest_words(query: &Query, weights: &[u32]) -> Option<(u32, u16)> {
    let factor = |cost: u8| match cost {
        // A prefix of some word in a description means nothing.
        NO_MATCH | BODY_PREFIX..TYPING_ERROR => 0,
        BODY.. => 1,
        _ => 3,
    };
    let required = required_words(query.words).count_ones() as usize;
    let sets = query.index.projects().tie_order.iter().filter_map(|ord| {
        let (mut total_weight, mut words, mut has_uncorrected) = (0, 0_u16, false);
        for (position, (costs, weight)) in query.costs.iter().zip(weights).enumerate() {
            let cost = cost::without_flag(costs[*ord as usize]);
            if *weight > 0 && factor(cost) > 0 {
                total_weight += weight * factor(cost);
                words |= 1 << position;
                has_uncorrected |= cost < TYPING_ERROR;
            }
        }
        let matching = words.count_ones() as usize;
        let is_most = matching >= MIN_CORRECTED_WORDS && matching * 2 > required;
        (has_uncorrected || is_most).then_some((total_weight, words))
    });
    sets.reduce(|best, set| if set.0 > best.0 { set } else { best })
}

/// Total cost of a project for the words in the bit mask `kept`.
fn total_cost(query: &Query, ord: u32, kept: u16) -> u16 {
    let costs = query
        .costs
        .iter()
        .enumerate()
        .filter(|(position, _)| kept & (1 << position) != 0)
        .map(|(_, costs)| cost::without_flag(costs[ord as usize]));
    costs.fold(0, |total, cost| {
        if cost == NO_MATCH || total == NO_MATCH_TOTAL {
            NO_MATCH_TOTAL
        } else {
            total + u16::from(cost)
        }
    })
}
