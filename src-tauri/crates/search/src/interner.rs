//! Numbers for words while an index is made. Must not know what the words are for.

use crate::terms::Terms;
use std::collections::HashMap;

/// Words in the order they were met; sorted at the end.
#[derive(Debug, Default)]
pub(crate) struct Words {
    ids: HashMap<String, u32>,
}

impl Words {
    pub fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The sorted terms, and the place of each met word among them.
    pub fn sorted(self) -> (Terms, Vec<u32>) {
        let mut words: Vec<(String, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut places = vec![0; words.len()];
        for (place, (_, id)) in words.iter().enumerate() {
            places[*id as usize] = place as u32;
        }
        (Terms::new(words.iter().map(|(word, _)| word.as_str())), places)
    }
}

/// Pairs by place of the word instead of its number.
pub(crate) fn at<T>(pairs: Vec<(u32, T)>, sorted: &[u32]) -> Vec<(u32, T)> {
    pairs
        .into_iter()
        .map(|(id, value)| (sorted[id as usize], value))
        .collect()
}
