//! Everything that is found by name, while an index is made: titles, districts, places, kinds. Must not know
//! descriptions or queries.

use crate::index::{Group, PlaceName};
use crate::places::{Place, What};
use crate::text;
use crate::words::Words;
use crate::{cost, kinds};
use domain::Project;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Everything that is found by name: titles, districts, places, kinds.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub words: Words,
    /// How each word is written where it was first met.
    pub shown: Vec<String>,
    pub posts: Vec<(u32, u32)>,
    pub groups_of: Vec<(u32, u32)>,
    pub place_words: Vec<(u32, (u32, u8))>,
    pub spellings: Vec<PlaceName>,
    town_words: HashSet<u32>,
    pub groups: Vec<Group>,
    pub titles: Words,
    pub title_posts: Vec<(u32, u32)>,
    pub title_keys: Vec<(u64, u32)>,
}

impl Names {
    fn id(&mut self, raw: &str, word: &str) -> u32 {
        let id = self.words.id(word);
        if id as usize == self.shown.len() {
            self.shown.push(raw.to_owned());
        }
        id
    }

    /// Takes title and district; returns how many telling words the shortest title has.
    pub fn project(&mut self, ord: u32, project: &Project) -> u8 {
        let mut shortest = u8::MAX;
        for text in project.title.0.values() {
            let words = self.text(ord << 1, text);
            let telling = words.iter().filter(|word| !text::is_optional(word)).count();
            shortest = shortest.min(telling.min(255) as u8);
            self.title_keys
                .push((title_key(words.iter().map(String::as_str)), ord));
            self.title_posts.push((self.titles.id(&words.join(" ")), ord));
        }
        for text in project.district.0.values() {
            self.text(ord << 1 | 1, text);
        }
        shortest
    }

    fn text(&mut self, post: u32, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (raw, word) in text::pieces(text) {
            let id = self.id(raw, &word);
            self.posts.push((id, post));
            if let Some(bare) = text::after_article(&word) {
                let id = self.id(bare, bare);
                self.posts.push((id, post));
            }
            words.push(word);
        }
        words
    }

    pub fn place(&mut self, at: u32, place: &Place) {
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
        let name = self.spellings.len() as u32;
        let is_region = matches!(place.what, What::Region(_));
        for (position, word) in words.iter().enumerate() {
            self.place_words.push((*word, (name, position as u8)));
            // A region is called after its towns: one of their names alone means the town.
            if !(is_region && words.len() > 1 && self.town_words.contains(word)) {
                let part = joined || words.len() > 1;
                self.groups_of.push((*word, at << 1 | u32::from(part)));
            }
            if !is_region {
                self.town_words.insert(*word);
            }
        }
        self.spellings.push(PlaceName {
            place: at,
            words: words.len() as u8,
            joined,
        });
        known.push(words);
    }

    pub fn kind(&mut self, kind: kinds::Kind) {
        let group = self.group(cost::KIND, kind.projects);
        for name in kind.words {
            for (raw, word) in text::pieces(name) {
                let id = self.id(raw, &word);
                self.groups_of.push((id, group << 1));
            }
        }
    }

    pub fn group(&mut self, cost: u8, projects: Vec<u32>) -> u32 {
        self.groups.push(Group { cost, projects });
        self.groups.len() as u32 - 1
    }
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
