//! Expands the words of a query to candidate terms: prefixes, variants, words written together or apart, typing errors
//! and phonetic matches. Owns how far a term may differ from a word. Must not know projects.

use crate::cost;
use crate::index::Index;
use crate::phonetic::PhoneticForm;
use crate::tokenizer::{self, QueryWord};
use std::ops::Range;

/// Shortest prefix that is searched in descriptions. Shorter ones match nearly all of them.
const MIN_BODY_PREFIX_LETTERS: usize = 3;
/// Shortest first part of two words written as one.
const MIN_SPLIT_LETTERS: usize = 3;
/// Shortest second part of two words written as one, if it is only a prefix.
const MIN_SPLIT_PREFIX_LETTERS: usize = 5;
/// Shortest word that may match the start of a name phonetically.
const MIN_PHONETIC_PREFIX_LETTERS: usize = 6;
/// Maximum number of terms that are compared for one phonetic key.
const MAX_PHONETIC_TERMS: usize = 48;

/// Terms that a word may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub terms: Range<u32>,
    /// Cost in addition to the base cost of the field.
    pub cost: u8,
    /// The complete term matches, not only a prefix.
    pub is_complete: bool,
}

/// All candidates for a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Expansion {
    /// Terms of names.
    pub names: Vec<Candidate>,
    /// Terms of descriptions.
    pub body: Vec<Candidate>,
    /// Terms of two words that were written as one. Both must match.
    pub split: Vec<(Range<u32>, Range<u32>)>,
}

/// Expands each word as typed: complete terms, prefixes and variants.
pub(super) fn expand(index: &Index, words: &[QueryWord]) -> Vec<Expansion> {
    let mut expansions: Vec<Expansion> = words.iter().map(|word| Expansion::of(index, word)).collect();
    for (position, pair) in words.windows(2).enumerate() {
        let joined_word = format!("{}{}", pair[0].folded, pair[1].folded);
        let mut joined = Expansion::default();
        joined.add(index, &joined_word, cost::VARIANT, position + 2 == words.len());
        for expansion in &mut expansions[position..=position + 1] {
            expansion.names.extend_from_slice(&joined.names);
        }
    }
    for (position, word) in words.iter().enumerate() {
        if expansions[position].is_empty() {
            expansions[position].split = split_word(index, &word.folded, position + 1 == words.len());
        }
    }
    expansions
}

impl Expansion {
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.body.is_empty() && self.split.is_empty()
    }

    fn of(index: &Index, word: &QueryWord) -> Self {
        let mut expansion = Self::default();
        expansion.add(index, &word.folded, 0, true);
        for variant in tokenizer::variants(&word.folded) {
            expansion.add(index, variant, cost::VARIANT, true);
        }
        expansion
    }

    fn add(&mut self, index: &Index, word: &str, cost: u8, is_prefix: bool) {
        if let Some(term) = index.terms().find(word) {
            self.names.push(Candidate::new(term..term + 1, cost, true));
        }
        if let Some(term) = index.body_terms().find(word) {
            self.body.push(Candidate::new(term..term + 1, cost, true));
        }
        if is_prefix {
            let cost = cost + cost::PREFIX;
            let names = index.terms().with_prefix(word);
            if !names.is_empty() {
                self.names.push(Candidate::new(names, cost, false));
            }
            let body = index.body_terms().with_prefix(word);
            if !body.is_empty() && word.chars().count() >= MIN_BODY_PREFIX_LETTERS {
                self.body.push(Candidate::new(body, cost, false));
            }
        }
    }

    /// Adds terms with typing errors and phonetic matches. With `is_prefix`, more letters may follow.
    pub fn add_corrections(&mut self, index: &Index, word: &QueryWord, is_prefix: bool) {
        for found in index.trie().search(&word.folded, word.letters, is_prefix) {
            let prefix = if found.is_complete { 0 } else { cost::PREFIX };
            let cost = found.errors * cost::TYPING_ERROR + prefix;
            self.names
                .push(Candidate::new(found.terms, cost, found.is_complete));
        }
        if let Some(bare) = tokenizer::without_particle(&word.folded) {
            for found in index.trie().search(bare, word.letters.saturating_sub(2), false) {
                let cost = found.errors * cost::TYPING_ERROR + cost::VARIANT;
                self.names.push(Candidate::new(found.terms, cost, true));
            }
        }
        for form in PhoneticForm::of(&word.folded) {
            self.add_phonetic_matches(index, &form, word.letters, is_prefix);
        }
    }

    fn add_phonetic_matches(&mut self, index: &Index, form: &PhoneticForm, letters: usize, is_prefix: bool) {
        let keys = if is_prefix && form.can_be_prefix() && letters >= MIN_PHONETIC_PREFIX_LETTERS {
            form.prefix_keys()
        } else {
            form.key..=form.key
        };
        for (key, term) in index.terms_by_phonetic_key(keys).take(MAX_PHONETIC_TERMS) {
            let is_prefix = key != form.key;
            let difference = PhoneticForm::of(index.terms().get(term as usize))
                .iter()
                .filter(|other| other.key == key)
                .filter_map(|other| {
                    let vowels = form.vowel_difference(other, is_prefix)?;
                    Some((vowels, other.script != form.script))
                })
                .min();
            if let Some((vowels, is_other_script)) = difference {
                let prefix = if is_prefix { cost::PREFIX } else { 0 };
                let cost = cost::PHONETIC + u8::from(is_other_script) + vowels * cost::VOWEL + prefix;
                self.names.push(Candidate::new(term..term + 1, cost, !is_prefix));
            }
        }
    }
}

impl Candidate {
    const fn new(terms: Range<u32>, cost: u8, is_complete: bool) -> Self {
        Self {
            terms,
            cost,
            is_complete,
        }
    }
}

/// Terms of two names, or of an article and a name, that were written as one word.
fn split_word(index: &Index, word: &str, is_prefix: bool) -> Vec<(Range<u32>, Range<u32>)> {
    let complete = |word: &str| index.terms().find(word).map(|term| term..term + 1);
    word.char_indices()
        .skip(1)
        .filter_map(|(middle, _)| {
            let (left, right) = word.split_at(middle);
            let right = complete(right).or_else(|| {
                let terms = index.terms().with_prefix(right);
                (is_prefix && right.chars().count() >= MIN_SPLIT_PREFIX_LETTERS && !terms.is_empty())
                    .then_some(terms)
            })?;
            let left = if tokenizer::is_stop_word(left) {
                right.clone()
            } else {
                complete(left).filter(|_| left.chars().count() >= MIN_SPLIT_LETTERS)?
            };
            Some((left, right))
        })
        .collect()
}
