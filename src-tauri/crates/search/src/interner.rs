//! Assigns numbers to words while the index is built. Must not know what the words are used for.

use crate::terms::TermDictionary;
use std::collections::HashMap;

/// Distinct words, numbered in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct WordInterner {
    ids: HashMap<String, u32>,
}

impl WordInterner {
    pub fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The dictionary of all words, and the term number of each word number.
    pub fn into_dictionary(self) -> (TermDictionary, Vec<u32>) {
        let mut words: Vec<(String, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut terms = vec![0; words.len()];
        for (term, (_, id)) in words.iter().enumerate() {
            terms[*id as usize] = term as u32;
        }
        let dictionary = TermDictionary::new(words.iter().map(|(word, _)| word.as_str()));
        (dictionary, terms)
    }
}

/// Replaces word numbers by term numbers in pairs of word and value.
pub(crate) fn renumber<T>(pairs: Vec<(u32, T)>, terms: &[u32]) -> Vec<(u32, T)> {
    pairs
        .into_iter()
        .map(|(id, value)| (terms[id as usize], value))
        .collect()
}
