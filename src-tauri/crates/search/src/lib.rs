//! Search as one types, in memory: words and places in, projects in the order that a visitor understands out. Owns
//! what fits a query and how well. Must not know filters, databases, windows or how an answer is worded.

mod asked;
mod body;
mod build;
mod cost;
mod figures;
mod find;
mod gazetteer;
mod index;
mod kinds;
mod letters;
mod names;
mod near;
mod partial;
mod places;
mod rank;
mod sound;
mod suggest;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod typo;
mod understand;
mod words;

pub use index::Index;

use domain::{Catalogue, Region, Texts};

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How well the hits fit what was typed.
    pub kind: Kind,
    /// Best first.
    pub hits: Vec<Hit>,
    /// `Corrected`: how the query was understood. `Partial`: the words that found nothing. Else empty.
    pub words: Vec<String>,
    /// `Nearby`: the name of the place that has no project.
    pub place: Option<Texts>,
}

/// A project that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its place in `catalogue.projects`.
    pub ord: usize,
    /// Whole kilometres from the place asked for, when it is only near it.
    pub km: Option<u32>,
}

/// How well an answer fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Every word as typed, or as a beginning.
    Exact,
    /// Typing errors or another script were forgiven.
    Corrected,
    /// The place is known but has no project.
    Nearby,
    /// Some words found nothing; hits are what the others find.
    Partial,
    /// Nothing near either.
    Nothing,
}

/// What somebody may be about to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggestion {
    /// Id of a town.
    Town(String),
    /// A region.
    Region(Region),
    /// A project's place in `catalogue.projects`.
    Project(usize),
}

impl Index {
    /// Every project gets its place in `catalogue.projects` as `ord`.
    pub fn build(catalogue: &Catalogue) -> Self {
        build::index(catalogue)
    }

    /// What fits the words typed; the last one may be unfinished. `None` when no word was typed, or none that says
    /// anything.
    pub fn find(&self, typed: &str) -> Option<Answer> {
        self.answer(typed)
    }

    /// Places and projects that begin like what was typed, best first.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.suggestions(typed, limit)
    }
}
