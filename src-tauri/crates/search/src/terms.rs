//! Sorted term dictionaries and the posting lists of their terms. Owns lookup of terms and prefixes. Must not know what
//! the postings mean.

use std::ops::Range;

/// Terms in one string. A term is identified by its index.
#[derive(Debug, Default)]
pub(crate) struct TermDictionary {
    text: String,
    /// End of each term in `text`, in bytes.
    ends: Vec<u32>,
}

impl TermDictionary {
    /// The terms must be sorted and distinct for [`Self::find`] and [`Self::with_prefix`].
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut terms = Self::default();
        for term in texts {
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

    /// The term that equals `word`.
    pub fn find(&self, word: &str) -> Option<u32> {
        let index = self.partition_point(|term| term < word);
        (index < self.len() && self.get(index) == word).then_some(index as u32)
    }

    /// The terms that start with `prefix`. A term that equals `prefix` comes first.
    pub fn with_prefix(&self, prefix: &str) -> Range<u32> {
        let low = self.partition_point(|term| term < prefix);
        let high = self.partition_point(|term| term < prefix || term.starts_with(prefix));
        low as u32..high as u32
    }

    /// The first term for which `is_before` is false.
    fn partition_point(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// A number with a flag, in four bytes. What they mean depends on the posting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FlaggedId(u32);

impl FlaggedId {
    pub fn new(id: u32, flag: bool) -> Self {
        Self(id << 1 | u32::from(flag))
    }

    pub const fn id(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub const fn flag(self) -> bool {
        self.0 & 1 == 1
    }
}

/// One posting list per term, in one vector.
#[derive(Debug, Default)]
pub(crate) struct PostingLists<T> {
    /// End of each list in `values`.
    ends: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + PartialEq> PostingLists<T> {
    /// Takes pairs of term and value. The values of a term keep their order; consecutive duplicates are dropped.
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
            let position = &mut next[*term as usize];
            if *position == starts[*term as usize] || values[*position as usize - 1] != *value {
                values[*position as usize] = *value;
                *position += 1;
            }
        }
        Self::compacted(&starts, &next, &values)
    }

    /// Removes the gaps that dropped duplicates left between the lists.
    fn compacted(starts: &[u32], ends: &[u32], values: &[T]) -> Self {
        let mut lists = Self {
            ends: Vec::with_capacity(starts.len()),
            values: Vec::with_capacity(values.len()),
        };
        for (start, end) in starts.iter().zip(ends).take(starts.len() - 1) {
            lists
                .values
                .extend_from_slice(&values[*start as usize..*end as usize]);
            lists.ends.push(lists.values.len() as u32);
        }
        lists
    }

    /// The postings of a range of terms.
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
