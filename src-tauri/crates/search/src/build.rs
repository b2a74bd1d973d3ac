//! Making the index of a catalogue. Owns what goes into it. Must not know queries.

use crate::cost;
use crate::index::{Group, Index, PlaceName, Projects};
use crate::kinds;
use crate::places::{self, Place, What};
use crate::sound::Sound;
use crate::terms::{Lists, Terms};
use crate::text;
use crate::typo::Trie;
use domain::{Catalogue, Project, Region, Texts, UnitStatus, fold};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in the order they were met; sorted at the end.
#[derive(Default)]
struct Words {
    ids: HashMap<String, u32>,
}

impl Words {
    fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The sorted terms, and the place of each met word among them.
    fn sorted(self) -> (Terms, Vec<u32>) {
        let mut words: Vec<(String, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut places = vec![0; words.len()];
        for (place, (_, id)) in words.iter().enumerate() {
            places[*id as usize] = place as u32;
        }
        (Terms::new(words.iter().map(|(word, _)| word.as_str())), places)
    }
}

/// Everything that is found by name: titles, districts, places, kinds.
#[derive(Default)]
struct Names {
    words: Words,
    /// How each word is written where it was first met.
    shown: Vec<String>,
    posts: Vec<(u32, u32)>,
    groups_of: Vec<(u32, u32)>,
    place_words: Vec<(u32, (u32, u8))>,
    place_names: Vec<PlaceName>,
    town_words: HashSet<u32>,
    groups: Vec<Group>,
}

impl Names {
    fn id(&mut self, raw: &str, word: &str) -> u32 {
        let id = self.words.id(word);
        if id as usize == self.shown.len() {
            self.shown.push(raw.to_owned());
        }
        id
    }

    fn project(&mut self, ord: u32, project: &Project) {
        for (texts, field) in [(&project.title, 0), (&project.district, 1)] {
            for text in texts.0.values() {
                for (raw, word) in text::pieces(text) {
                    let id = self.id(raw, &word);
                    self.posts.push((id, ord << 1 | field));
                    if let Some(bare) = text::after_article(&word) {
                        let id = self.id(bare, bare);
                        self.posts.push((id, ord << 1 | field));
                    }
                }
            }
        }
    }

    fn place(&mut self, at: u32, place: &Place) {
        let mut known: Vec<Vec<u32>> = Vec::new();
        for name in &place.names {
            let pieces: Vec<(&str, String)> = text::pieces(name).collect();
            let telling = || pieces.iter().filter(|(_, word)| !text::is_optional(word));
            let words: Vec<u32> = telling().map(|(raw, word)| self.id(raw, word)).collect();
            self.place_name(at, place, &mut known, words, false);
            if pieces.len() > 1 && !matches!(place.what, What::Region(_)) {
                // Written as one word: benimellal, eljadida.
                let joined: String = pieces.iter().map(|(_, word)| word.as_str()).collect();
                let joined = self.id(name, &joined);
                self.place_name(at, place, &mut known, vec![joined], true);
            }
        }
    }

    fn place_name(
        &mut self,
        at: u32,
        place: &Place,
        known: &mut Vec<Vec<u32>>,
        words: Vec<u32>,
        joined: bool,
    ) {
        // A name of more words than bits in a mask would be a sentence.
        if words.is_empty() || words.len() > 8 || known.contains(&words) {
            return;
        }
        let name = self.place_names.len() as u32;
        let is_region = matches!(place.what, What::Region(_));
        for (position, word) in words.iter().enumerate() {
            self.place_words.push((*word, (name, position as u8)));
            // A region is called after its towns: one of their names alone means the town.
            if !(is_region && words.len() > 1 && self.town_words.contains(word)) {
                self.groups_of.push((*word, at << 1 | u32::from(words.len() > 1)));
            }
            if !is_region {
                self.town_words.insert(*word);
            }
        }
        self.place_names.push(PlaceName {
            place: at,
            words: words.len() as u8,
            joined,
        });
        known.push(words);
    }

    fn kind(&mut self, kind: kinds::Kind) {
        let group = self.group(cost::KIND, kind.projects);
        for name in kind.words {
            for (raw, word) in text::pieces(name) {
                let id = self.id(raw, &word);
                self.groups_of.push((id, group << 1));
            }
        }
    }

    fn group(&mut self, cost: u8, projects: Vec<u32>) -> u32 {
        self.groups.push(Group { cost, projects });
        self.groups.len() as u32 - 1
    }
}

pub(crate) fn index(catalogue: &Catalogue) -> Index {
    let places = places::places(catalogue);
    let mut names = Names::default();
    for (ord, project) in catalogue.projects.iter().enumerate() {
        names.project(ord as u32, project);
    }
    let by_town = projects_by_town(catalogue);
    for place in &places {
        let (cost, projects) = match place.what {
            What::Town(town) => (cost::PLACE, by_town[town].clone()),
            What::Region(region) => (cost::REGION, in_region(catalogue, &by_town, region)),
            What::Known => (cost::PLACE, Vec::new()),
        };
        names.group(cost, projects);
    }
    let is_region = |place: &Place| matches!(place.what, What::Region(_));
    for regions in [false, true] {
        for (at, place) in places
            .iter()
            .enumerate()
            .filter(|(_, place)| is_region(place) == regions)
        {
            names.place(at as u32, place);
        }
    }
    for kind in kinds::kinds(catalogue) {
        names.kind(kind);
    }
    let (body, body_posts) = body(catalogue);
    finish(catalogue, places, names, body, body_posts)
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

fn finish(
    catalogue: &Catalogue,
    places: Vec<Place>,
    names: Names,
    body: Terms,
    body_posts: Lists<u32>,
) -> Index {
    let (terms, sorted) = names.words.sorted();
    let mut shown = vec![""; terms.len()];
    for (id, raw) in names.shown.iter().enumerate() {
        shown[sorted[id] as usize] = raw;
    }
    let shown = Terms::new(shown.into_iter());
    Index {
        projects: projects(catalogue, &places),
        trie: Trie::new(&terms),
        sounds: sounds(&terms),
        posts: Lists::new(terms.len(), &at(names.posts, &sorted)),
        groups_of: Lists::new(terms.len(), &at(names.groups_of, &sorted)),
        place_words: Lists::new(terms.len(), &at(names.place_words, &sorted)),
        place_names: names.place_names,
        groups: names.groups,
        titles: titles(catalogue),
        terms,
        shown,
        body,
        body_posts,
        places,
        towns: catalogue.towns.iter().map(|town| town.id.clone()).collect(),
    }
}

/// Pairs by place of the word instead of its number.
fn at<T>(pairs: Vec<(u32, T)>, sorted: &[u32]) -> Vec<(u32, T)> {
    pairs
        .into_iter()
        .map(|(id, value)| (sorted[id as usize], value))
        .collect()
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

fn projects(catalogue: &Catalogue, places: &[Place]) -> Projects {
    let town_at: HashMap<&str, Option<(f64, f64)>> = catalogue
        .towns
        .iter()
        .zip(places)
        .map(|(town, place)| (town.id.as_str(), place.at))
        .collect();
    let available = available(catalogue);
    let mut order: Vec<u32> = (0..catalogue.projects.len() as u32).collect();
    order.sort_by_key(|ord| Reverse(available[*ord as usize]));
    let telling = |texts: &Texts| {
        let lengths = texts.0.values().map(|text| {
            text::pieces(text)
                .filter(|(_, word)| !text::is_optional(word))
                .count()
        });
        lengths.min().unwrap_or(0).min(255) as u8
    };
    Projects {
        at: catalogue
            .projects
            .iter()
            .map(|project| {
                let own = project.latitude.zip(project.longitude);
                own.or_else(|| town_at.get(project.town.as_str()).copied().flatten())
            })
            .collect(),
        title_words: catalogue
            .projects
            .iter()
            .map(|project| telling(&project.title))
            .collect(),
        order,
    }
}

/// Available units by project.
fn available(catalogue: &Catalogue) -> Vec<u32> {
    let ords: HashMap<&str, usize> = catalogue
        .projects
        .iter()
        .enumerate()
        .map(|(ord, p)| (p.id.as_str(), ord))
        .collect();
    let groups: HashMap<&str, usize> = catalogue
        .groups
        .iter()
        .filter_map(|group| Some((group.id.as_str(), *ords.get(group.project.as_str())?)))
        .collect();
    let mut available = vec![0; catalogue.projects.len()];
    for unit in &catalogue.units {
        if unit.status == UnitStatus::Available
            && let Some(ord) = groups.get(unit.group.as_str())
        {
            available[*ord] += 1;
        }
    }
    available
}

/// Descriptions, titles of groups and the identifier.
fn body(catalogue: &Catalogue) -> (Terms, Lists<u32>) {
    let mut words = Words::default();
    let mut posts: Vec<(u32, u32)> = Vec::new();
    let mut add = |ord: usize, text: &str| {
        for word in fold::fold(text).split(' ').filter(|word| !word.is_empty()) {
            let word = fold::without_article(word);
            posts.push((words.id(word), ord as u32));
            if let Some(bare) = text::after_particle(word) {
                posts.push((words.id(bare), ord as u32));
            }
        }
    };
    let mut ords: HashMap<&str, usize> = HashMap::new();
    for (ord, project) in catalogue.projects.iter().enumerate() {
        add(ord, &project.id);
        for text in project.description.0.values() {
            add(ord, text);
        }
        ords.insert(&project.id, ord);
    }
    for group in &catalogue.groups {
        if let Some(ord) = ords.get(group.project.as_str()) {
            for text in group.title.0.values() {
                add(*ord, text);
            }
        }
    }
    let (terms, sorted) = words.sorted();
    let lists = Lists::new(terms.len(), &at(posts, &sorted));
    (terms, lists)
}

fn sounds(terms: &Terms) -> Vec<(u64, u32)> {
    let mut sounds: Vec<(u64, u32)> = (0..terms.len())
        .flat_map(|term| {
            Sound::of(terms.get(term))
                .into_iter()
                .map(move |sound| (sound.key, term as u32))
        })
        .collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// Whole titles, words in any order.
fn titles(catalogue: &Catalogue) -> Vec<(u64, u32)> {
    let mut titles = Vec::new();
    for (ord, project) in catalogue.projects.iter().enumerate() {
        for text in project.title.0.values() {
            let words: Vec<String> = text::pieces(text).map(|(_, word)| word).collect();
            titles.push((title_key(words.iter().map(String::as_str)), ord as u32));
        }
    }
    titles.sort_unstable();
    titles.dedup();
    titles
}

/// The same for the same words in any order, articles and the like left out.
pub(crate) fn title_key<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut words: Vec<&str> = words.filter(|word| !text::is_optional(word)).collect();
    words.sort_unstable();
    words.dedup();
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}
