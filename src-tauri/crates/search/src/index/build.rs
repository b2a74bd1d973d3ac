//! Making the index of a catalogue. Owns what goes into it. Must not know queries.

use crate::body::body;
use crate::index::{Group, Index};
use crate::names::Names;
use crate::places::{self, Place, What};
use crate::sound::Sound;
use crate::terms::{Lists, Terms};
use crate::typo::Trie;
use crate::words::at;
use crate::{cost, figures, kinds};
use domain::{Catalogue, Region};
use std::collections::HashMap;
use std::thread;

/// Descriptions are most of the work: they are read on a thread of their own.
pub(crate) fn index(catalogue: &Catalogue) -> Index {
    thread::scope(|scope| {
        let body = scope.spawn(|| body(catalogue));
        let places = places::places(catalogue);
        let mut names = Names::default();
        let projects = (0_u32..).zip(&catalogue.projects);
        let title_words = projects
            .map(|(ord, project)| names.project(ord, project))
            .collect();
        add_places(&mut names, &places, catalogue);
        for kind in kinds::kinds(catalogue) {
            names.kind(kind);
        }
        let (body, body_posts) = match body.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let (terms, sorted) = names.words.sorted();
        let mut shown = vec![""; terms.len()];
        for (id, raw) in names.shown.iter().enumerate() {
            shown[sorted[id] as usize] = raw;
        }
        names.title_keys.sort_unstable();
        names.title_keys.dedup();
        let (titles, sorted_titles) = names.titles.sorted();
        let posts = Lists::new(terms.len(), &at(names.posts, &sorted));
        let groups_of = Lists::new(terms.len(), &at(names.groups_of, &sorted));
        Index {
            projects: figures::projects(catalogue, &places, title_words),
            shown: Terms::new(shown.into_iter()),
            trie: Trie::new(&terms),
            sounds: sounds(&terms, &posts, &groups_of, &names.groups),
            posts,
            groups_of,
            place_words: Lists::new(terms.len(), &at(names.place_words, &sorted)),
            place_names: names.spellings,
            groups: names.groups,
            title_posts: Lists::new(titles.len(), &at(names.title_posts, &sorted_titles)),
            title_keys: names.title_keys,
            titles,
            terms,
            body,
            body_posts,
            places,
            towns: catalogue.towns.iter().map(|town| town.id.clone()).collect(),
        }
    })
}

/// Towns before regions, which are called after them. The group of a place gets its number.
fn add_places(names: &mut Names, places: &[Place], catalogue: &Catalogue) {
    let by_town = projects_by_town(catalogue);
    for place in places {
        let (cost, projects) = match place.what {
            What::Town(town) => (cost::PLACE, by_town[town].clone()),
            What::Region(region) => (cost::REGION, in_region(catalogue, &by_town, region)),
            What::Known => (cost::PLACE, Vec::new()),
        };
        names.group(cost, projects);
    }
    for regions in [false, true] {
        let numbered = (0_u32..).zip(places);
        for (at, place) in numbered.filter(|(_, place)| matches!(place.what, What::Region(_)) == regions) {
            names.place(at, place);
        }
    }
}

fn in_region(catalogue: &Catalogue, by_town: &[Vec<u32>], region: Region) -> Vec<u32> {
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
        .map(|(at, town)| (town.id.as_str(), at))
        .collect();
    let mut projects = vec![Vec::new(); catalogue.towns.len()];
    for (ord, project) in catalogue.projects.iter().enumerate() {
        if let Some(town) = towns.get(project.town.as_str()) {
            projects[*town].push(ord as u32);
        }
    }
    projects
}

/// Names by their sound. Words for kinds are known in eight languages already: by sound they would only add chance.
fn sounds(terms: &Terms, posts: &Lists<u32>, groups_of: &Lists<u32>, groups: &[Group]) -> Vec<(u64, u32)> {
    let is_name = |term: u32| {
        let found = groups_of.of(term..term + 1).iter();
        let mut found = found.map(|group| &groups[(group >> 1) as usize]);
        !posts.of(term..term + 1).is_empty() || found.any(|group| group.cost != cost::KIND)
    };
    let named = (0..terms.len() as u32).filter(|term| is_name(*term));
    let mut sounds: Vec<(u64, u32)> = named
        .flat_map(|term| {
            Sound::of(terms.get(term as usize))
                .into_iter()
                .map(move |sound| (sound.key, term))
        })
        .collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}
