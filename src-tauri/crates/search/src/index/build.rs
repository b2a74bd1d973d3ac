//! Builds the index of a catalogue. Owns which texts are indexed. Must not know queries.

use super::body::body;
use super::categories::categories;
use super::names::NameCollector;
use super::places::{Place, PlaceKind, places};
use super::project_data::ProjectData;
use super::unit_numbers::UnitNumbers;
use super::{Groups, Index, PlaceIndex, Words};
use crate::cost;
use crate::fuzzy::Trie;
use crate::interner::renumber;
use crate::phonetic::PhoneticForm;
use crate::terms::{FlaggedId, PostingLists, TermDictionary};
use expo_domain::{Catalogue, Region};
use std::collections::HashMap;
use std::thread;

impl Index {
    /// Builds the index of a catalogue.
    pub fn build(catalogue: &Catalogue) -> Self {
        thread::scope(|scope| {
            // Descriptions and unit numbers are most of the work, so they are read on another thread.
            let body = scope.spawn(|| (body(catalogue), UnitNumbers::new(catalogue)));
            let places = places(catalogue);
            let mut names = NameCollector::default();
            let projects = (0_u32..).zip(&catalogue.projects);
            let title_words = projects
                .map(|(ord, project)| names.add_project(ord, project))
                .collect();
            add_places(&mut names, &places, catalogue);
            for category in categories(catalogue) {
                names.add_category(category);
            }
            let (body, units) = match body.join() {
                Ok(body) => body,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            let (terms, term_of_word) = names.words.into_dictionary();
            let name_postings = PostingLists::new(terms.len(), &renumber(names.postings, &term_of_word));
            let groups = Groups {
                groups: names.groups,
                postings: PostingLists::new(terms.len(), &renumber(names.group_postings, &term_of_word)),
            };
            let place_postings = renumber(names.places.postings, &term_of_word);
            Self {
                projects: ProjectData::new(catalogue, &places, title_words),
                places: PlaceIndex {
                    places,
                    names: names.places.names,
                    postings: PostingLists::new(terms.len(), &place_postings),
                    town_ids: catalogue.towns.iter().map(|town| town.id.clone()).collect(),
                },
                words: Words {
                    spellings: spellings(&names.spellings, &term_of_word),
                    trie: Trie::new(&terms),
                    phonetic_keys: phonetic_keys(&terms, &name_postings, &groups),
                    terms,
                },
                name_postings,
                groups,
                titles: names.titles.finish(),
                body,
                units,
            }
        })
    }
}

/// How each term is written. Words are numbered in the order of their first use.
fn spellings(of_words: &[String], term_of_word: &[u32]) -> TermDictionary {
    let mut spellings = vec![""; of_words.len()];
    for (word, raw) in of_words.iter().enumerate() {
        spellings[term_of_word[word] as usize] = raw;
    }
    TermDictionary::new(spellings.into_iter())
}

/// Adds the groups of all places first, so that place and group have the same number. Then adds names: towns before
/// regions, which are named after them.
fn add_places(names: &mut NameCollector, places: &[Place], catalogue: &Catalogue) {
    let by_town = projects_by_town(catalogue);
    for place in places {
        let (cost, projects) = match place.kind {
            PlaceKind::Town(town) => (cost::TOWN, by_town[town].clone()),
            PlaceKind::Region(region) => (cost::REGION, projects_in_region(catalogue, &by_town, region)),
            PlaceKind::Unlisted => (cost::TOWN, Vec::new()),
        };
        names.add_group(cost, projects);
    }
    for regions in [false, true] {
        let numbered = (0_u32..).zip(places);
        for (number, place) in
            numbered.filter(|(_, place)| matches!(place.kind, PlaceKind::Region(_)) == regions)
        {
            names.add_place(number, place);
        }
    }
}

fn projects_in_region(catalogue: &Catalogue, by_town: &[Vec<u32>], region: Region) -> Vec<u32> {
    let towns = catalogue.towns.iter().zip(by_town);
    let mut projects: Vec<u32> = towns
        .filter(|(town, _)| town.region == region)
        .flat_map(|(_, projects)| projects.iter().copied())
        .collect();
    projects.sort_unstable();
    projects
}

fn projects_by_town(catalogue: &Catalogue) -> Vec<Vec<u32>> {
    let towns: HashMap<&str, usize> = catalogue
        .towns
        .iter()
        .enumerate()
        .map(|(index, town)| (town.id.as_str(), index))
        .collect();
    let mut projects = vec![Vec::new(); catalogue.towns.len()];
    for (ord, project) in catalogue.projects.iter().enumerate() {
        if let Some(town) = towns.get(project.town.as_str()) {
            projects[*town].push(ord as u32);
        }
    }
    projects
}

/// Phonetic keys of titles, districts and places. Words of categories are left out: they are known in eight languages,
/// so phonetic matches would only add wrong results.
fn phonetic_keys(
    terms: &TermDictionary,
    name_postings: &PostingLists<FlaggedId>,
    groups: &Groups,
) -> Vec<(u64, u32)> {
    let is_name = |term: u32| {
        let term_groups = groups.postings.of(term..term + 1).iter();
        let mut term_groups = term_groups.map(|group| &groups.groups[group.id()]);
        !name_postings.of(term..term + 1).is_empty() || term_groups.any(|group| group.cost != cost::CATEGORY)
    };
    let names = (0..terms.len() as u32).filter(|term| is_name(*term));
    let mut keys: Vec<(u64, u32)> = names
        .flat_map(|term| {
            PhoneticForm::of(terms.get(term as usize))
                .into_iter()
                .map(move |form| (form.key, term))
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
