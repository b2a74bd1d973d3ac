//! The result of a search. Must not know how it is found.

use expo_domain::Texts;
use std::collections::HashSet;

/// Result of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How well the hits match the query.
    pub kind: AnswerKind,
    /// Best match first.
    pub hits: Vec<Hit>,
    /// `Corrected`: the words of the query after correction. `Partial` and `Nearby`: the words that were dropped.
    /// Otherwise empty.
    pub words: Vec<String>,
    /// `Nearby`: the name of the place that has no matching project.
    pub place: Option<Texts>,
    /// `Nearby`: the place has no project at all.
    pub is_empty_place: bool,
}

/// A project that matches a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Project ordinal: index in `catalogue.projects`.
    pub ord: usize,
    /// Distance in whole kilometres from the place in the query, for projects that are only near it.
    pub km: Option<u32>,
}

/// How well an answer matches the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// Every word matches as typed, or as a prefix.
    Exact,
    /// Words match after correction of typing errors, or in another script.
    Corrected,
    /// No project matches in the place of the query; the hits are near it.
    Nearby,
    /// Only some of the words match.
    Partial,
    /// No project matches.
    Nothing,
}

impl Answer {
    /// Projects in the order of the catalogue.
    pub(crate) fn of_projects(kind: AnswerKind, ords: &HashSet<usize>, words: Vec<String>) -> Self {
        let mut hits: Vec<Hit> = ords.iter().map(|ord| Hit::new(*ord as u32)).collect();
        hits.sort_by_key(|hit| hit.ord);
        Self {
            kind,
            hits,
            words,
            ..Self::nothing()
        }
    }

    pub(crate) const fn nothing() -> Self {
        Self {
            kind: AnswerKind::Nothing,
            hits: Vec::new(),
            words: Vec::new(),
            place: None,
            is_empty_place: false,
        }
    }
}

impl Hit {
    /// A hit that is not only near a place.
    pub(crate) const fn new(ord: u32) -> Self {
        Self {
            ord: ord as usize,
            km: None,
        }
    }
}
