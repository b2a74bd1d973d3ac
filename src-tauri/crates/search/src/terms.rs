//! A sorted vocabulary, and what hangs on its terms. Owns looking up words and beginnings. Must not know what the
//! numbers beside a term mean.

use std::ops::Range;

/// Sorted distinct terms in one piece of memory; a term is known by its place.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    text: String,
    ends: Vec<u32>,
}

impl Terms {
    /// Takes terms that are sorted and distinct.
    pub fn new<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let mut terms = Self::default();
        for term in sorted {
            terms.text.push_str(term);
            terms.ends.push(terms.text.len() as u32);
        }
        terms
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, term: usize) -> &str {
        let start = if term == 0 {
            0
        } else {
            self.ends[term - 1] as usize
        };
        &self.text[start..self.ends[term] as usize]
    }

    /// The term that is this word.
    pub fn whole(&self, word: &str) -> Option<u32> {
        let at = self.first(|term| term < word);
        (at < self.len() && self.get(at) == word).then_some(at as u32)
    }

    /// The terms that begin with `beginning`, the word itself first.
    pub fn beginning(&self, beginning: &str) -> Range<u32> {
        let low = self.first(|term| term < beginning);
        let high = self.first(|term| term < beginning || term.starts_with(beginning));
        low as u32..high as u32
    }

    /// The first term for which `before` no longer holds.
    fn first(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Lists side by side: which values hang on term 0, on term 1 and so on.
#[derive(Debug, Default)]
pub(crate) struct Lists<T> {
    ends: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + PartialEq> Lists<T> {
    /// Takes pairs of term and value; the values of a term keep their order. A value that comes twice in a row counts
    /// once.
    pub fn new(terms: usize, pairs: &[(u32, T)]) -> Self {
        let mut next = vec![0_u32; terms + 1];
        for (term, _) in pairs {
            next[*term as usize + 1] += 1;
        }
        for term in 1..next.len() {
            next[term] += next[term - 1];
        }
        let Some((_, any)) = pairs.first() else {
            return Self {
                ends: vec![0; terms],
                values: Vec::new(),
            };
        };
        let starts = next.clone();
        let mut values = vec![*any; pairs.len()];
        for (term, value) in pairs {
            let at = &mut next[*term as usize];
            if *at == starts[*term as usize] || values[*at as usize - 1] != *value {
                values[*at as usize] = *value;
                *at += 1;
            }
        }
        Self::closed_up(&starts, &next, &values)
    }

    /// Without the gaps that doubles left.
    fn closed_up(starts: &[u32], nexts: &[u32], values: &[T]) -> Self {
        let mut lists = Self {
            ends: Vec::with_capacity(starts.len()),
            values: Vec::with_capacity(values.len()),
        };
        for (start, next) in starts.iter().zip(nexts).take(starts.len() - 1) {
            lists
                .values
                .extend_from_slice(&values[*start as usize..*next as usize]);
            lists.ends.push(lists.values.len() as u32);
        }
        lists
    }

    /// The values of a range of terms.
    pub fn of(&self, terms: Range<u32>) -> &[T] {
        let end = |term: u32| {
            if term == 0 {
                0
            } else {
                self.ends[term as usize - 1] as usize
            }
        };
        &self.values[end(terms.start)..end(terms.end)]
    }
}
