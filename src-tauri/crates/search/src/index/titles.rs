//! Complete titles of projects. Owns how a typed title is found. Must not know places and single words.

use crate::interner::{WordInterner, renumber};
use crate::terms::{PostingLists, TermDictionary};
use crate::tokenizer;
use expo_domain::fold;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The titles of a catalogue.
#[derive(Debug)]
pub(super) struct Titles {
    /// Complete folded titles.
    complete: TermDictionary,
    /// Projects by title.
    postings: PostingLists<u32>,
    /// Keys of the words of each title, with its project, sorted. The order of the words does not matter.
    keys: Vec<(u64, u32)>,
}

impl Titles {
    /// Projects with a folded title that starts with `prefix`.
    pub fn with_prefix(&self, prefix: &str) -> &[u32] {
        self.postings.of(self.complete.with_prefix(prefix))
    }

    /// Whether a title starts with these words.
    pub fn is_start(&self, text: &str) -> bool {
        let folded = fold::for_index(text);
        !folded.is_empty() && !self.with_prefix(&folded).is_empty()
    }

    /// Projects with a title of these words in any order. Stop words are ignored.
    pub fn with_words<'a>(&self, words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = u32> {
        let key = title_key(words);
        let start = self.keys.partition_point(|(title, _)| *title < key);
        self.keys[start..]
            .iter()
            .take_while(move |(title, _)| *title == key)
            .map(|(_, ord)| *ord)
    }
}

/// Collects the titles while the index is built.
#[derive(Debug, Default)]
pub(super) struct TitleCollector {
    complete: WordInterner,
    postings: Vec<(u32, u32)>,
    keys: Vec<(u64, u32)>,
}

impl TitleCollector {
    /// Adds a title of a project by its folded words.
    pub fn add(&mut self, ord: u32, words: &[String]) {
        self.keys.push((title_key(words.iter().map(String::as_str)), ord));
        self.postings.push((self.complete.id(&words.join(" ")), ord));
    }

    pub fn finish(mut self) -> Titles {
        self.keys.sort_unstable();
        self.keys.dedup();
        let (complete, numbers) = self.complete.into_dictionary();
        let postings = PostingLists::new(complete.len(), &renumber(self.postings, &numbers));
        Titles {
            complete,
            postings,
            keys: self.keys,
        }
    }
}

/// A hash of the distinct words of a title in any order, without stop words.
fn title_key<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut words: Vec<&str> = words.filter(|word| !tokenizer::is_stop_word(word)).collect();
    words.sort_unstable();
    words.dedup();
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}
