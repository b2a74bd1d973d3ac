//! Computes what each project costs for each word of a query, and ranks the projects by total cost. Must not know how
//! words are expanded.

use super::expand::{Candidate, Expansion};
use crate::cost;
use crate::index::Index;
use crate::tokenizer::QueryWord;
use std::ops::Range;

/// Number of buckets for total costs. Higher costs share the last one.
const COST_BUCKETS: usize = 256;
/// Number of title words that are not in the query, from which on titles are equal.
const MAX_OTHER_TITLE_WORDS: usize = 7;
/// Rank of a project without any query word in its title, as a number of other title words.
const NOT_IN_TITLE: usize = 4;

/// Fields in which a word is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fields<'a> {
    All,
    /// For a word that names places: titles, districts and places. Of names with several words, only those of these
    /// places.
    Places(&'a [usize]),
    Titles,
}

impl Fields<'_> {
    /// Whether a group counts. `is_part` is set if the word is only a part of the group's name.
    fn includes_group(self, group: usize, is_category: bool, is_part: bool) -> bool {
        match self {
            Self::All => true,
            Self::Places(places) => !is_category && (!is_part || places.contains(&group)),
            Self::Titles => false,
        }
    }
}

/// A project with its total cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RankedProject {
    pub ord: u32,
    pub cost: u16,
}

/// How a title as a whole matches the query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum TitleMatch {
    /// It consists of the words of the query, in any order.
    Complete,
    /// It starts with the query.
    Prefix,
    #[default]
    None,
}

/// Cost of each project for one word: [`cost::NO_MATCH`], or a cost that may have the flag [`cost::IN_TITLE`].
pub(super) fn word_costs(index: &Index, expansion: &Expansion, fields: Fields) -> Vec<u8> {
    let mut costs = vec![cost::NO_MATCH; index.projects().len()];
    for candidate in &expansion.names {
        add_names(index, &mut costs, candidate, fields);
    }
    if fields == Fields::All {
        for candidate in &expansion.body {
            for ord in index.body_postings(candidate.terms.clone()) {
                cost::lower(&mut costs[*ord as usize], cost::BODY + candidate.cost);
            }
        }
    }
    for (left, right) in &expansion.split {
        add_split_word(index, &mut costs, left, right, fields);
    }
    costs
}

fn add_names(index: &Index, costs: &mut [u8], candidate: &Candidate, fields: Fields) {
    for posting in index.name_postings(candidate.terms.clone()) {
        let cell = &mut costs[posting.id()];
        let is_in_district = posting.flag();
        if !is_in_district {
            cost::lower(cell, cost::TITLE + candidate.cost);
            *cell |= cost::IN_TITLE;
        } else if fields != Fields::Titles {
            cost::lower(cell, cost::DISTRICT + candidate.cost);
        }
    }
    if fields == Fields::Titles {
        return;
    }
    // A group can match by several terms. Its projects are visited once, with the lowest cost.
    let mut lowest = vec![cost::NO_MATCH; index.groups().len()];
    for posting in index.group_postings(candidate.terms.clone()) {
        let (group, is_part) = (posting.id(), posting.flag());
        if fields.includes_group(group, index.groups()[group].cost == cost::CATEGORY, is_part) {
            let part = if is_part { cost::PARTIAL_NAME } else { 0 };
            lowest[group] = lowest[group].min(part + candidate.cost);
        }
    }
    for (group, lowest) in index
        .groups()
        .iter()
        .zip(lowest)
        .filter(|(_, lowest)| *lowest != cost::NO_MATCH)
    {
        for ord in &group.projects {
            cost::lower(&mut costs[*ord as usize], group.cost + lowest);
        }
    }
}

fn add_split_word(index: &Index, costs: &mut [u8], left: &Range<u32>, right: &Range<u32>, fields: Fields) {
    let part_costs = |terms: &Range<u32>| {
        let mut part_costs = vec![cost::NO_MATCH; costs.len()];
        let candidate = Candidate {
            terms: terms.clone(),
            cost: cost::VARIANT,
            is_complete: true,
        };
        add_names(index, &mut part_costs, &candidate, fields);
        part_costs
    };
    let (left, right) = (part_costs(left), part_costs(right));
    for ((cell, left), right) in costs.iter_mut().zip(left).zip(right) {
        let higher = cost::without_flag(left).max(cost::without_flag(right));
        if higher != cost::NO_MATCH {
            cost::lower(cell, higher);
            *cell |= left & right & cost::IN_TITLE;
        }
    }
}

/// Projects that match every required word, best first. Complete titles come first, then lower total costs. Among equal
/// costs, titles that start with the query come first, then titles with fewer other words.
///
/// `costs` has one vector per word, as returned by [`word_costs`].
pub(super) fn rank(index: &Index, words: &[QueryWord], costs: &[Vec<u8>]) -> Vec<RankedProject> {
    let projects = index.projects();
    let titles = title_matches(index, words);
    let mut totals = vec![0_u16; projects.len()];
    let mut words_in_title = vec![0_u8; projects.len()];
    for (costs, word) in costs.iter().zip(words) {
        for ((total, in_title), cell) in totals.iter_mut().zip(&mut words_in_title).zip(costs) {
            let cost = cost::without_flag(*cell);
            *in_title += cell >> 7;
            *total = if word.is_optional {
                total.saturating_add(u16::from(cost.min(cost::MAX_OPTIONAL)))
            } else if cost == cost::NO_MATCH {
                cost::NO_MATCH_TOTAL
            } else {
                total.saturating_add(u16::from(cost))
            };
        }
    }
    let bucket = |ord: u32| {
        let ord = ord as usize;
        let other_words = match words_in_title[ord] {
            0 => NOT_IN_TITLE,
            found => usize::from(projects.title_words[ord].saturating_sub(found)).min(MAX_OTHER_TITLE_WORDS),
        };
        let is_not_complete = usize::from(titles[ord] != TitleMatch::Complete);
        let is_not_prefix = usize::from(titles[ord] == TitleMatch::None);
        let cost = usize::from(totals[ord]).min(COST_BUCKETS - 1);
        ((is_not_complete * COST_BUCKETS + cost) * 2 + is_not_prefix) * (MAX_OTHER_TITLE_WORDS + 1)
            + other_words
    };
    // A counting sort is stable, so projects in the same bucket keep the tie order.
    let matching: Vec<(u32, usize)> = projects
        .tie_order
        .iter()
        .filter(|ord| totals[**ord as usize] != cost::NO_MATCH_TOTAL)
        .map(|ord| (*ord, bucket(*ord)))
        .collect();
    let mut next = vec![0_usize; 4 * COST_BUCKETS * (MAX_OTHER_TITLE_WORDS + 1) + 1];
    for (_, bucket) in &matching {
        next[bucket + 1] += 1;
    }
    for bucket in 1..next.len() {
        next[bucket] += next[bucket - 1];
    }
    let mut ranked = vec![RankedProject { ord: 0, cost: 0 }; matching.len()];
    for (ord, bucket) in matching {
        ranked[next[bucket]] = RankedProject {
            ord,
            cost: totals[ord as usize],
        };
        next[bucket] += 1;
    }
    ranked
}

/// How the titles of each project match the query.
fn title_matches(index: &Index, words: &[QueryWord]) -> Vec<TitleMatch> {
    let mut matches = vec![TitleMatch::None; index.projects().len()];
    let words: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    for ord in index.projects_by_title_prefix(&words.join(" ")) {
        matches[*ord as usize] = TitleMatch::Prefix;
    }
    for ord in index.projects_by_title_words(words.into_iter()) {
        matches[ord as usize] = TitleMatch::Complete;
    }
    matches
}
