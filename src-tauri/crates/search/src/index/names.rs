//! Collects the words of names while the index is built: titles, districts, places and categories. Must not know
//! descriptions or queries.

use super::categories::Category;
use super::places::{Place, PlaceKind};
use super::titles::TitleCollector;
use crate::cost;
use crate::interner::WordInterner;
use crate::terms::FlaggedId;
use crate::tokenizer;
use expo_domain::Project;
use std::collections::HashSet;

/// Longest name of a place, in words. One bit of a mask is used per word.
const MAX_PLACE_NAME_WORDS: usize = 8;

/// Projects that one word matches together: those of a town, a region or a category.
#[derive(Debug)]
pub(crate) struct Group {
    /// Base cost of a match.
    pub cost: u8,
    /// Project ordinals, ascending.
    pub projects: Vec<u32>,
}

/// One name of a place.
#[derive(Debug)]
pub(crate) struct PlaceName {
    /// Number of the place.
    pub place: u32,
    /// Number of words, without stop words.
    pub words: u8,
    /// Several words written as one. A prefix of it is not accepted as the start of the name.
    pub is_joined: bool,
}

/// Words of names with unsorted postings. Words are numbered by `words`.
#[derive(Debug, Default)]
pub(super) struct NameCollector {
    pub words: WordInterner,
    /// How each word is written where it is first used, by word number.
    pub spellings: Vec<String>,
    pub postings: Vec<(u32, FlaggedId)>,
    pub group_postings: Vec<(u32, FlaggedId)>,
    pub groups: Vec<Group>,
    pub places: PlaceNameCollector,
    pub titles: TitleCollector,
}

/// Names of places with unsorted postings.
#[derive(Debug, Default)]
pub(super) struct PlaceNameCollector {
    pub names: Vec<PlaceName>,
    pub postings: Vec<(u32, (u32, u8))>,
    /// Words in names of towns.
    town_words: HashSet<u32>,
}

impl NameCollector {
    fn id(&mut self, raw: &str, word: &str) -> u32 {
        let id = self.words.id(word);
        if id as usize == self.spellings.len() {
            self.spellings.push(raw.to_owned());
        }
        id
    }

    /// Adds title and district. Returns the number of words in the shortest title, without stop words.
    pub fn add_project(&mut self, ord: u32, project: &Project) -> u8 {
        let mut shortest = u8::MAX;
        for text in project.title.0.values() {
            let words = self.add_text(FlaggedId::new(ord, false), text);
            let count = words.iter().filter(|word| !tokenizer::is_stop_word(word)).count();
            shortest = shortest.min(count.min(255) as u8);
            self.titles.add(ord, &words);
        }
        for text in project.district.0.values() {
            self.add_text(FlaggedId::new(ord, true), text);
        }
        shortest
    }

    fn add_text(&mut self, posting: FlaggedId, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (raw, word) in tokenizer::tokens(text) {
            let id = self.id(raw, &word);
            self.postings.push((id, posting));
            if let Some(bare) = tokenizer::without_assimilated_article(&word) {
                let id = self.id(bare, bare);
                self.postings.push((id, posting));
            }
            words.push(word);
        }
        words
    }

    /// Adds all names of a place. Towns must be added before regions.
    pub fn add_place(&mut self, number: u32, place: &Place) {
        let mut added: Vec<Vec<u32>> = Vec::new();
        for name in &place.spellings {
            let tokens: Vec<(&str, String)> = tokenizer::tokens(name).collect();
            let significant = tokens.iter().filter(|(_, word)| !tokenizer::is_stop_word(word));
            let words: Vec<u32> = significant.map(|(raw, word)| self.id(raw, word)).collect();
            self.add_place_name(number, place, &mut added, words, false);
            if tokens.len() > 1 && !matches!(place.kind, PlaceKind::Region(_)) {
                // Written as one word: benimellal, eljadida.
                let joined: String = tokens.iter().map(|(_, word)| word.as_str()).collect();
                let joined = self.id(name, &joined);
                self.add_place_name(number, place, &mut added, vec![joined], true);
            }
        }
    }

    fn add_place_name(
        &mut self,
        number: u32,
        place: &Place,
        added: &mut Vec<Vec<u32>>,
        words: Vec<u32>,
        is_joined: bool,
    ) {
        if words.is_empty() || words.len() > MAX_PLACE_NAME_WORDS || added.contains(&words) {
            return;
        }
        let name = self.places.names.len() as u32;
        let is_region = matches!(place.kind, PlaceKind::Region(_));
        for (position, word) in words.iter().enumerate() {
            self.places.postings.push((*word, (name, position as u8)));
            // Regions are named after their towns. The name of the town without the rest means the town only.
            if !(is_region && words.len() > 1 && self.places.town_words.contains(word)) {
                let is_part = is_joined || words.len() > 1;
                self.group_postings.push((*word, FlaggedId::new(number, is_part)));
            }
            if !is_region {
                self.places.town_words.insert(*word);
            }
        }
        self.places.names.push(PlaceName {
            place: number,
            words: words.len() as u8,
            is_joined,
        });
        added.push(words);
    }

    pub fn add_category(&mut self, category: Category) {
        let group = self.add_group(cost::CATEGORY, category.projects);
        for name in category.words {
            for (raw, word) in tokenizer::tokens(name) {
                let id = self.id(raw, &word);
                self.group_postings.push((id, FlaggedId::new(group, false)));
            }
        }
    }

    /// Adds a group and returns its number.
    pub fn add_group(&mut self, cost: u8, projects: Vec<u32>) -> u32 {
        self.groups.push(Group { cost, projects });
        self.groups.len() as u32 - 1
    }
}
