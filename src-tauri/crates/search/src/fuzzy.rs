//! Typing errors: which terms differ from a word by few insertions, deletions, substitutions and exchanges of
//! neighbours (Damerau, optimal string alignment). Owns how many are forgiven. Must not know what a term finds.

use crate::terms::Terms;
use std::ops::Range;

/// Beyond this length a word is not looked at: nobody types it.
const MAX_WORD: usize = 24;

/// Terms that are near a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    pub terms: Range<u32>,
    pub errors: u8,
    /// The whole term is near; else only its beginning, and more may still be typed.
    pub whole: bool,
}

/// Errors forgiven in a word of so many letters.
pub(crate) const fn forgiven(letters: usize) -> u8 {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// The terms letter by letter: a node is a beginning that terms share.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
struct Node {
    letter: char,
    /// Place of its first child; the children of a node stand together.
    children: u32,
    count: u16,
    /// Whether the first of `terms` ends here.
    term: bool,
    terms: Range<u32>,
}

impl Trie {
    pub fn new(terms: &Terms) -> Self {
        let mut nodes = vec![Node {
            letter: '\0',
            children: 0,
            count: 0,
            term: false,
            terms: 0..terms.len() as u32,
        }];
        // Bytes of the beginning that leads to a node, beside the nodes while they are made.
        let mut starts = vec![0_usize];
        let mut at = 0;
        while at < nodes.len() {
            let (range, start) = (nodes[at].terms.clone(), starts[at]);
            let first = nodes.len();
            let mut low = range.start;
            if low < range.end && terms.get(low as usize).len() == start {
                nodes[at].term = at != 0;
                low += 1;
            }
            while low < range.end {
                let Some(letter) = terms.get(low as usize)[start..].chars().next() else {
                    break;
                };
                let mut high = low + 1;
                while high < range.end && terms.get(high as usize)[start..].starts_with(letter) {
                    high += 1;
                }
                nodes.push(Node {
                    letter,
                    children: 0,
                    count: 0,
                    term: false,
                    terms: low..high,
                });
                starts.push(start + letter.len_utf8());
                low = high;
            }
            nodes[at].children = first as u32;
            nodes[at].count = (nodes.len() - first) as u16;
            at += 1;
        }
        Self { nodes }
    }

    /// Terms near `word`, which was typed with `letters` letters (its article included). `begun`: more may follow.
    pub fn near(&self, word: &str, letters: usize, begun: bool) -> Vec<Near> {
        let word: Vec<char> = word.chars().collect();
        // A lost letter leaves four of five, and seven of nine.
        let most = match letters {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        if most == 0 || word.len() > MAX_WORD {
            return Vec::new();
        }
        let mut walk = Walk {
            trie: self,
            word: &word,
            letters,
            most,
            begun: begun && letters >= 5,
            // An article that folding took off both counts on both sides.
            depth: letters.saturating_sub(word.len()),
            found: Vec::new(),
        };
        let first = Row::first(word.len());
        walk.children(0, None, &first, u8::MAX);
        // An error inside the Arabic article keeps folding from taking it off: compare with the article once more.
        if letters >= 4 && word.iter().any(|c| matches!(c, '\u{620}'..='\u{6ff}')) {
            let alef = first.next('ا', None, &word);
            let lam = alef.next('ل', Some((&first, 'ا')), &word);
            walk.depth = 2;
            walk.begun = false;
            walk.children(0, Some((&alef, 'ل')), &lam, u8::MAX);
        }
        walk.found
    }
}

/// Distances from every beginning of the word to one beginning of terms.
#[derive(Clone)]
struct Row {
    cells: [u8; MAX_WORD + 1],
    least: u8,
}

impl Row {
    fn first(length: usize) -> Self {
        let mut cells = [u8::MAX; MAX_WORD + 1];
        for (at, cell) in cells.iter_mut().enumerate().take(length + 1) {
            *cell = at as u8;
        }
        Self { cells, least: 0 }
    }

    /// The row after one more letter of the terms. `before`: the row before this one and the letter between them.
    fn next(&self, letter: char, before: Option<(&Self, char)>, word: &[char]) -> Self {
        let mut row = Self {
            cells: [u8::MAX; MAX_WORD + 1],
            least: self.cells[0].saturating_add(1),
        };
        row.cells[0] = row.least;
        for at in 1..=word.len() {
            let same = u8::from(word[at - 1] != letter);
            let mut cell = (self.cells[at].saturating_add(1))
                .min(row.cells[at - 1].saturating_add(1))
                .min(self.cells[at - 1].saturating_add(same));
            if let Some((before, last)) = before
                && at > 1
                && word[at - 2] == letter
                && word[at - 1] == last
            {
                cell = cell.min(before.cells[at - 2].saturating_add(1));
            }
            row.cells[at] = cell;
            row.least = row.least.min(cell);
        }
        row
    }
}

struct Walk<'a> {
    trie: &'a Trie,
    word: &'a [char],
    letters: usize,
    most: u8,
    begun: bool,
    /// Letters of the terms that are not in the trie: those of an article put before.
    depth: usize,
    found: Vec<Near>,
}

impl Walk<'_> {
    /// Goes on below a node. `best`: the distance at which its beginning was already found.
    fn children(&mut self, node: usize, before: Option<(&Row, char)>, row: &Row, best: u8) {
        let parent = &self.trie.nodes[node];
        let children = parent.children as usize..parent.children as usize + parent.count as usize;
        for child in children {
            let node = &self.trie.nodes[child];
            let next = row.next(node.letter, before, self.word);
            // An exchange of neighbours passes one row over.
            if next.least > self.most && row.least >= self.most {
                continue;
            }
            self.depth += 1;
            let errors = next.cells[self.word.len()];
            let mut best = best;
            if node.term && errors > 0 && errors <= self.allowed(self.depth) {
                self.found.push(Near {
                    terms: node.terms.start..node.terms.start + 1,
                    errors,
                    whole: true,
                });
            }
            if self.begun && errors > 0 && errors < best && errors <= self.allowed(0) {
                best = errors;
                self.found.push(Near {
                    terms: node.terms.clone(),
                    errors,
                    whole: false,
                });
            }
            self.children(child, Some((row, node.letter)), &next, best);
            self.depth -= 1;
        }
    }

    /// Errors forgiven between the word and a term of so many letters: the longer of the two decides, because a
    /// letter may have been lost.
    fn allowed(&self, term: usize) -> u8 {
        forgiven(self.letters.max(term))
    }
}
