//! The index: what hangs on which word. Owns the columns, one a word, that say what each project costs. Must not know
//! how a query is understood.

use crate::cost;
use crate::places::Place;
use crate::terms::{Lists, Terms};
use crate::typo::Trie;
use std::ops::Range;

/// What can be found in one version of the catalogue.
#[derive(Debug)]
pub struct Index {
    pub(crate) projects: Projects,
    /// Words of names: titles, districts, places, kinds.
    pub(crate) terms: Terms,
    /// How a term is written.
    pub(crate) shown: Terms,
    pub(crate) trie: Trie,
    /// Terms by sound.
    pub(crate) sounds: Vec<(u64, u32)>,
    /// Projects by term: place in the catalogue × 2, + 1 when the word stands in the district.
    pub(crate) posts: Lists<u32>,
    /// Groups by term: number × 2, + 1 when the word is only a part of the place's name.
    pub(crate) groups_of: Lists<u32>,
    pub(crate) groups: Vec<Group>,
    /// Names of places by term, and where in the name the term stands.
    pub(crate) place_words: Lists<(u32, u8)>,
    pub(crate) place_names: Vec<PlaceName>,
    /// The group of a place has its number.
    pub(crate) places: Vec<Place>,
    pub(crate) towns: Vec<String>,
    /// Whole folded titles, and their projects.
    pub(crate) titles: Terms,
    pub(crate) title_posts: Lists<u32>,
    /// Projects by the words of their title in any order.
    pub(crate) title_keys: Vec<(u64, u32)>,
    /// Words of descriptions.
    pub(crate) body: Terms,
    pub(crate) body_posts: Lists<u32>,
}

/// Figures by project.
#[derive(Debug)]
pub(crate) struct Projects {
    /// Degrees north and east.
    pub at: Vec<Option<(f64, f64)>>,
    /// Telling words of the shortest title.
    pub title_words: Vec<u8>,
    /// Among equals: most available first, then as in the catalogue.
    pub order: Vec<u32>,
}

/// Projects that one word finds together: those of a town, a region, a kind.
#[derive(Debug)]
pub(crate) struct Group {
    pub cost: u8,
    pub projects: Vec<u32>,
}

#[derive(Debug)]
pub(crate) struct PlaceName {
    pub place: u32,
    pub words: u8,
    /// Several words written as one: its beginning is no beginning of a name.
    pub joined: bool,
}

/// Terms that a word may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub terms: Range<u32>,
    /// What it costs beside the field.
    pub cost: u8,
    /// Not only the beginning of a term.
    pub whole: bool,
}

/// All that a word may mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meanings {
    pub names: Vec<Candidate>,
    pub body: Vec<Candidate>,
    /// Two words written as one: both have to be found.
    pub split: Vec<(Range<u32>, Range<u32>)>,
}

/// Where a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fields<'a> {
    All,
    /// These places, titles and districts: for a word that names a place.
    Places(&'a [usize]),
    Titles,
}

impl Fields<'_> {
    /// Whether a group counts, of which the word is the whole name or a `part`.
    fn take(self, group: usize, is_kind: bool, part: bool) -> bool {
        match self {
            Self::All => true,
            Self::Places(places) => !is_kind && (!part || places.contains(&group)),
            Self::Titles => false,
        }
    }
}

impl Index {
    /// What each project costs for a word: [`cost::NONE`], or a cost with [`cost::IN_TITLE`].
    pub(crate) fn column(&self, meanings: &Meanings, fields: Fields) -> Vec<u8> {
        let mut column = vec![cost::NONE; self.projects.order.len()];
        for candidate in &meanings.names {
            self.names(&mut column, candidate, fields);
        }
        if fields == Fields::All {
            for candidate in &meanings.body {
                for ord in self.body_posts.of(candidate.terms.clone()) {
                    lower(&mut column[*ord as usize], cost::BODY + candidate.cost);
                }
            }
        }
        for (left, right) in &meanings.split {
            self.split(&mut column, left, right, fields);
        }
        column
    }

    fn names(&self, column: &mut [u8], candidate: &Candidate, fields: Fields) {
        for post in self.posts.of(candidate.terms.clone()) {
            let cell = &mut column[(post >> 1) as usize];
            if post & 1 == 0 {
                lower(cell, cost::TITLE + candidate.cost);
                *cell |= cost::IN_TITLE;
            } else if fields != Fields::Titles {
                lower(cell, cost::DISTRICT + candidate.cost);
            }
        }
        if fields == Fields::Titles {
            return;
        }
        // A place has many names: its projects are gone through once.
        let mut least = vec![cost::NONE; self.groups.len()];
        for found in self.groups_of.of(candidate.terms.clone()) {
            let (group, part) = ((found >> 1) as usize, found & 1 == 1);
            if fields.take(group, self.groups[group].cost == cost::KIND, part) {
                let part = if part { cost::PART } else { 0 };
                least[group] = least[group].min(part + candidate.cost);
            }
        }
        for (group, least) in self
            .groups
            .iter()
            .zip(least)
            .filter(|(_, least)| *least != cost::NONE)
        {
            for ord in &group.projects {
                lower(&mut column[*ord as usize], group.cost + least);
            }
        }
    }

    fn split(&self, column: &mut [u8], left: &Range<u32>, right: &Range<u32>, fields: Fields) {
        let half = |terms: &Range<u32>| {
            let mut half = vec![cost::NONE; column.len()];
            let candidate = Candidate {
                terms: terms.clone(),
                cost: cost::FORM,
                whole: true,
            };
            self.names(&mut half, &candidate, fields);
            half
        };
        let (left, right) = (half(left), half(right));
        for ((cell, left), right) in column.iter_mut().zip(left).zip(right) {
            let dearer = (left & !cost::IN_TITLE).max(right & !cost::IN_TITLE);
            if dearer != cost::NONE {
                lower(cell, dearer);
                *cell |= left & right & cost::IN_TITLE;
            }
        }
    }

    /// How the term is written by which a candidate finds a project.
    pub(crate) fn term_finding(&self, candidate: &Candidate, ord: u32) -> Option<&str> {
        let finds = |term: &u32| {
            let posts = self.posts.of(*term..term + 1);
            let groups = self.groups_of.of(*term..term + 1);
            posts.binary_search(&(ord << 1)).is_ok()
                || posts.binary_search(&(ord << 1 | 1)).is_ok()
                || groups.iter().any(|group| {
                    self.groups[(group >> 1) as usize]
                        .projects
                        .binary_search(&ord)
                        .is_ok()
                })
        };
        let term = candidate.terms.clone().find(finds)?;
        Some(self.shown.get(term as usize))
    }
}

pub(crate) fn lower(cell: &mut u8, cost: u8) {
    let title = *cell & cost::IN_TITLE;
    *cell = (*cell & !cost::IN_TITLE).min(cost) | title;
}
