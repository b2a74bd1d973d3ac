//! Fuzzy search: terms within a small edit distance of a word. Counts insertions, deletions, substitutions and
//! transpositions of adjacent letters (Damerau, optimal string alignment). Owns how many errors are tolerated. Must not
//! know postings.

use crate::terms::TermDictionary;
use std::ops::Range;

/// Longer words are not corrected, in letters.
const MAX_WORD_LETTERS: usize = 24;

/// Terms within the tolerated edit distance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FuzzyMatch {
    pub terms: Range<u32>,
    /// Edit distance.
    pub errors: u8,
    /// The complete term matches. Otherwise only its prefix, because more letters may be typed.
    pub is_complete: bool,
}

/// Number of errors tolerated in a word of this length.
const fn max_errors(letters: usize) -> u8 {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Prefix tree of the terms: each node is a common prefix.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
struct Node {
    letter: char,
    /// Index of the first child. The children of a node are adjacent.
    first_child: u32,
    child_count: u16,
    /// Whether the first of `terms` equals the prefix.
    is_term: bool,
    /// The terms with this prefix.
    terms: Range<u32>,
}

impl Trie {
    pub fn new(terms: &TermDictionary) -> Self {
        let mut nodes = vec![Node {
            letter: '\0',
            first_child: 0,
            child_count: 0,
            is_term: false,
            terms: 0..terms.len() as u32,
        }];
        // Length of the prefix of each node, in bytes.
        let mut prefix_lengths = vec![0_usize];
        let mut index = 0;
        while index < nodes.len() {
            let (range, prefix_length) = (nodes[index].terms.clone(), prefix_lengths[index]);
            let first = nodes.len();
            let mut low = range.start;
            if low < range.end && terms.get(low as usize).len() == prefix_length {
                nodes[index].is_term = index != 0;
                low += 1;
            }
            while low < range.end {
                let Some(letter) = terms.get(low as usize)[prefix_length..].chars().next() else {
                    break;
                };
                let mut high = low + 1;
                while high < range.end && terms.get(high as usize)[prefix_length..].starts_with(letter) {
                    high += 1;
                }
                nodes.push(Node {
                    letter,
                    first_child: 0,
                    child_count: 0,
                    is_term: false,
                    terms: low..high,
                });
                prefix_lengths.push(prefix_length + letter.len_utf8());
                low = high;
            }
            nodes[index].first_child = first as u32;
            nodes[index].child_count = (nodes.len() - first) as u16;
            index += 1;
        }
        Self { nodes }
    }

    /// Terms that differ from `word` by at least one tolerated error. `letters` is the number of letters typed,
    /// including the article. With `is_prefix`, more letters may follow.
    pub fn search(&self, word: &str, letters: usize, is_prefix: bool) -> Vec<FuzzyMatch> {
        let word: Vec<char> = word.chars().collect();
        // The bound for terms of any length: a term of five letters may lose one of them, a term of nine two.
        let max_distance = match letters {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        if max_distance == 0 || word.len() > MAX_WORD_LETTERS {
            return Vec::new();
        }
        let mut search = FuzzySearch {
            trie: self,
            word: &word,
            letters,
            max_distance,
            is_prefix: is_prefix && letters >= 5,
            // If folding removed an article, its letters count for the term too.
            term_letters: letters.saturating_sub(word.len()),
            matches: Vec::new(),
        };
        let first = DistanceRow::first(word.len());
        search.visit_children(0, None, &first, u8::MAX);
        // Folding does not remove an Arabic article with a typing error. So compare with the article in front of each
        // term.
        if letters >= 4 && word.iter().any(|c| matches!(c, '\u{620}'..='\u{6ff}')) {
            let alef = first.next('ا', None, &word);
            let lam = alef.next('ل', Some((&first, 'ا')), &word);
            search.term_letters = 2;
            search.is_prefix = false;
            search.visit_children(0, Some((&alef, 'ل')), &lam, u8::MAX);
        }
        search.matches
    }
}

/// A row of the edit distance matrix: distances from each prefix of the word to one prefix of terms.
#[derive(Clone)]
struct DistanceRow {
    cells: [u8; MAX_WORD_LETTERS + 1],
    minimum: u8,
}

impl DistanceRow {
    fn first(length: usize) -> Self {
        let mut cells = [u8::MAX; MAX_WORD_LETTERS + 1];
        for (index, cell) in cells.iter_mut().enumerate().take(length + 1) {
            *cell = index as u8;
        }
        Self { cells, minimum: 0 }
    }

    /// The row after one more letter of the term. `previous` is the row before this one and the letter between them.
    fn next(&self, letter: char, previous: Option<(&Self, char)>, word: &[char]) -> Self {
        let mut row = Self {
            cells: [u8::MAX; MAX_WORD_LETTERS + 1],
            minimum: self.cells[0].saturating_add(1),
        };
        row.cells[0] = row.minimum;
        for index in 1..=word.len() {
            let substitution = u8::from(word[index - 1] != letter);
            let mut cell = (self.cells[index].saturating_add(1))
                .min(row.cells[index - 1].saturating_add(1))
                .min(self.cells[index - 1].saturating_add(substitution));
            if let Some((before, last)) = previous
                && index > 1
                && word[index - 2] == letter
                && word[index - 1] == last
            {
                cell = cell.min(before.cells[index - 2].saturating_add(1));
            }
            row.cells[index] = cell;
            row.minimum = row.minimum.min(cell);
        }
        row
    }
}

/// A depth-first search in the trie.
struct FuzzySearch<'a> {
    trie: &'a Trie,
    word: &'a [char],
    letters: usize,
    max_distance: u8,
    is_prefix: bool,
    /// Length of the current prefix of terms, including an article.
    term_letters: usize,
    matches: Vec<FuzzyMatch>,
}

impl FuzzySearch<'_> {
    /// Visits the children of a node. `best` is the lowest distance at which a prefix on the path already matched.
    fn visit_children(
        &mut self,
        node: usize,
        previous: Option<(&DistanceRow, char)>,
        row: &DistanceRow,
        best: u8,
    ) {
        let parent = &self.trie.nodes[node];
        let children = parent.first_child as usize..parent.first_child as usize + parent.child_count as usize;
        for child in children {
            let node = &self.trie.nodes[child];
            let next = row.next(node.letter, previous, self.word);
            // A transposition skips one row, so the row before must exceed the bound too.
            if next.minimum > self.max_distance && row.minimum >= self.max_distance {
                continue;
            }
            self.term_letters += 1;
            let errors = next.cells[self.word.len()];
            let mut best = best;
            if node.is_term && errors > 0 && errors <= self.max_errors(self.term_letters) {
                self.matches.push(FuzzyMatch {
                    terms: node.terms.start..node.terms.start + 1,
                    errors,
                    is_complete: true,
                });
            }
            if self.is_prefix && errors > 0 && errors < best && errors <= self.max_errors(0) {
                best = errors;
                self.matches.push(FuzzyMatch {
                    terms: node.terms.clone(),
                    errors,
                    is_complete: false,
                });
            }
            self.visit_children(child, Some((row, node.letter)), &next, best);
            self.term_letters -= 1;
        }
    }

    /// Number of errors tolerated between the word and a term of this length. The longer one decides, because letters
    /// may be missing.
    fn max_errors(&self, term_letters: usize) -> u8 {
        max_errors(self.letters.max(term_letters))
    }
}
