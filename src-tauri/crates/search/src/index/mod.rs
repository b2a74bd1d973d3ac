//! The search index of one catalogue version. Owns term dictionaries, posting lists, places and project data. Must not
//! know how a query is understood or ranked.

mod body;
mod build;
mod categories;
mod gazetteer;
mod names;
mod places;
mod project_data;
mod titles;
mod unit_numbers;

pub(crate) use names::{Group, PlaceName};
pub(crate) use places::{Place, PlaceKind};
pub(crate) use project_data::ProjectData;
pub use unit_numbers::FoundUnit;
pub(crate) use unit_numbers::UnitNumbers;

use crate::fuzzy::Trie;
use crate::terms::{FlaggedId, PostingLists, TermDictionary};
use body::Body;
use std::ops::{Range, RangeInclusive};
use titles::Titles;

/// Index of one catalogue version.
///
/// Projects are identified by their ordinal (`ord`), which is their index in `catalogue.projects`.
#[derive(Debug)]
pub struct Index {
    projects: ProjectData,
    words: Words,
    /// Projects by term. The flag is set if the word is in the district, not in the title.
    name_postings: PostingLists<FlaggedId>,
    groups: Groups,
    places: PlaceIndex,
    titles: Titles,
    body: Body,
    units: UnitNumbers,
}

/// The words of names: titles, districts, places and categories.
#[derive(Debug)]
struct Words {
    terms: TermDictionary,
    /// How each term is written, by term.
    spellings: TermDictionary,
    trie: Trie,
    /// Phonetic keys with their terms, sorted.
    phonetic_keys: Vec<(u64, u32)>,
}

#[derive(Debug)]
struct Groups {
    /// The group of a place has the same number as the place.
    groups: Vec<Group>,
    /// Groups by term. The flag is set if the word is only a part of the place's name.
    postings: PostingLists<FlaggedId>,
}

#[derive(Debug)]
struct PlaceIndex {
    places: Vec<Place>,
    names: Vec<PlaceName>,
    /// Names by term, with the position of the term in the name.
    postings: PostingLists<(u32, u8)>,
    /// By index in `catalogue.towns`.
    town_ids: Vec<String>,
}

impl Index {
    pub(crate) fn projects(&self) -> &ProjectData {
        &self.projects
    }

    pub(crate) fn units(&self) -> &UnitNumbers {
        &self.units
    }

    pub(crate) fn terms(&self) -> &TermDictionary {
        &self.words.terms
    }

    pub(crate) fn trie(&self) -> &Trie {
        &self.words.trie
    }

    pub(crate) fn body_terms(&self) -> &TermDictionary {
        &self.body.terms
    }

    /// Terms whose phonetic key is in `keys`, with the key.
    pub(crate) fn terms_by_phonetic_key(
        &self,
        keys: RangeInclusive<u64>,
    ) -> impl Iterator<Item = (u64, u32)> {
        let start = self
            .words
            .phonetic_keys
            .partition_point(|(key, _)| key < keys.start());
        self.words.phonetic_keys[start..]
            .iter()
            .copied()
            .take_while(move |(key, _)| keys.contains(key))
    }

    /// Projects with one of the terms in title or district. The flag is set for the district.
    pub(crate) fn name_postings(&self, terms: Range<u32>) -> &[FlaggedId] {
        self.name_postings.of(terms)
    }

    /// Projects with one of the terms in the description.
    pub(crate) fn body_postings(&self, terms: Range<u32>) -> &[u32] {
        self.body.postings.of(terms)
    }

    /// Groups with one of the terms. The flag is set if the term is only a part of a place's name.
    pub(crate) fn group_postings(&self, terms: Range<u32>) -> &[FlaggedId] {
        self.groups.postings.of(terms)
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups.groups
    }

    /// Names of places with one of the terms, and the position of the term in the name.
    pub(crate) fn place_name_postings(&self, terms: Range<u32>) -> &[(u32, u8)] {
        self.places.postings.of(terms)
    }

    pub(crate) fn place_name(&self, name: u32) -> &PlaceName {
        &self.places.names[name as usize]
    }

    pub(crate) fn place(&self, place: usize) -> &Place {
        &self.places.places[place]
    }

    pub(crate) fn is_region(&self, place: usize) -> bool {
        matches!(self.places.places[place].kind, PlaceKind::Region(_))
    }

    /// Projects in a place, ascending.
    pub(crate) fn projects_in(&self, place: usize) -> &[u32] {
        &self.groups.groups[place].projects
    }

    /// Identifier of a town, by its index in `catalogue.towns`.
    pub(crate) fn town_id(&self, town: usize) -> &str {
        &self.places.town_ids[town]
    }

    /// Projects with a folded title that starts with `prefix`.
    pub(crate) fn projects_by_title_prefix(&self, prefix: &str) -> &[u32] {
        self.titles.with_prefix(prefix)
    }

    /// Whether a title starts with these words.
    pub(crate) fn is_start_of_title(&self, text: &str) -> bool {
        self.titles.is_start(text)
    }

    /// Whether a town has this folded word as a complete name.
    pub(crate) fn is_name_of_town(&self, word: &str) -> bool {
        let term = self.words.terms.find(word);
        let names = term.map(|term| self.place_name_postings(term..term + 1));
        let mut names = names
            .into_iter()
            .flatten()
            .map(|(name, _)| self.place_name(*name));
        names.any(|name| name.words == 1 && !name.is_joined && !self.is_region(name.place as usize))
    }

    /// Projects with a title of these words in any order. Stop words are ignored.
    pub(crate) fn projects_by_title_words<'a>(
        &self,
        words: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = u32> {
        self.titles.with_words(words)
    }

    /// Spelling of the first of `terms` that is in a name or group of the project.
    pub(crate) fn spelling_in_project(&self, terms: Range<u32>, ord: u32) -> Option<&str> {
        let is_in_project = |term: &u32| {
            let names = self.name_postings.of(*term..*term + 1);
            let groups = self.groups.postings.of(*term..*term + 1);
            names.binary_search(&FlaggedId::new(ord, false)).is_ok()
                || names.binary_search(&FlaggedId::new(ord, true)).is_ok()
                || groups.iter().any(|group| {
                    self.groups.groups[group.id()]
                        .projects
                        .binary_search(&ord)
                        .is_ok()
                })
        };
        let term = terms.into_iter().find(is_in_project)?;
        Some(self.words.spellings.get(term as usize))
    }
}
