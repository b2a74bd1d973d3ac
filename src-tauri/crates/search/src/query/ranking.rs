//! From what words cost to an order of projects. Owns the order of hits. Must not know how words were understood.

use crate::cost::{IN_TITLE, NONE, OPTIONAL};
use crate::index::Projects;

/// Buckets of a total cost; dearer ones share the last.
const COSTS: usize = 256;
/// Words of the title that were not asked for; more are as many.
const MAX_REST: usize = 7;
/// Between a title of which all was asked for and a long one: no word was found in the title.
const NO_TITLE: usize = 4;
/// Not found, as a total.
pub(crate) const MISSING: u16 = u16::MAX;

/// One word's costs by project, and whether it may be missing.
pub(crate) struct Column<'a> {
    pub costs: &'a [u8],
    pub optional: bool,
}

/// A project with its total cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub ord: u32,
    pub cost: u16,
}

/// What is known of whole titles, by project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// Its words are those typed, in any order.
    Whole,
    /// It begins as was typed.
    Begun,
    #[default]
    No,
}

/// Projects that every word finds, best first: whole titles, then by cost; among equals a title that begins as was
/// typed, then the title with the fewest other words.
pub(crate) fn rank(projects: &Projects, columns: &[Column], named: &[Named]) -> Vec<Ranked> {
    let mut totals = vec![0_u16; projects.order.len()];
    let mut in_title = vec![0_u8; projects.order.len()];
    for column in columns {
        for ((total, title), cell) in totals.iter_mut().zip(&mut in_title).zip(column.costs) {
            let cost = cell & !IN_TITLE;
            *title += cell >> 7;
            *total = if column.optional {
                total.saturating_add(u16::from(cost.min(OPTIONAL)))
            } else if cost == NONE {
                MISSING
            } else {
                total.saturating_add(u16::from(cost))
            };
        }
    }
    let bucket = |ord: u32| {
        let at = ord as usize;
        let rest = match in_title[at] {
            0 => NO_TITLE,
            found => usize::from(projects.title_words[at].saturating_sub(found)).min(MAX_REST),
        };
        let unnamed = usize::from(named[at] != Named::Whole);
        let unbegun = usize::from(named[at] == Named::No);
        ((unnamed * COSTS + usize::from(totals[at]).min(COSTS - 1)) * 2 + unbegun) * (MAX_REST + 1) + rest
    };
    // Counting sort over the fixed order: equal hits keep it.
    let found: Vec<(u32, usize)> = projects
        .order
        .iter()
        .filter(|ord| totals[**ord as usize] != MISSING)
        .map(|ord| (*ord, bucket(*ord)))
        .collect();
    let mut next = vec![0_usize; 4 * COSTS * (MAX_REST + 1) + 1];
    for (_, bucket) in &found {
        next[bucket + 1] += 1;
    }
    for bucket in 1..next.len() {
        next[bucket] += next[bucket - 1];
    }
    let mut ranked = vec![Ranked { ord: 0, cost: 0 }; found.len()];
    for (ord, bucket) in found {
        ranked[next[bucket]] = Ranked {
            ord,
            cost: totals[ord as usize],
        };
        next[bucket] += 1;
    }
    ranked
}
