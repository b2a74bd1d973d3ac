//! What the words of a query may mean: terms, their beginnings, other forms, words written together or apart, typing
//! errors, the same sound in another script. Owns how far a word may be from a term. Must not know projects.

use crate::cost;
use crate::index::{Candidate, Index, Meanings};
use crate::sound::Sound;
use crate::text::{self, Typed};
use std::ops::Range;

/// A beginning has to be that long to be looked for in descriptions: shorter ones find everything.
const BODY_BEGINNING: usize = 3;
/// The second of two words written as one has to be that long as long as it is only a beginning.
const SPLIT_BEGINNING: usize = 5;
/// A word has to be that long to be taken for the beginning of one that sounds so.
const SOUND_BEGINNING: usize = 6;
/// More words of the same sound than that say nothing any more.
const MAX_SOUNDS: usize = 48;

impl Index {
    /// Meanings of each word as it stands there.
    pub(crate) fn exact(&self, words: &[Typed]) -> Vec<Meanings> {
        let mut all: Vec<Meanings> = words.iter().map(|word| self.exact_word(word)).collect();
        for (at, pair) in words.windows(2).enumerate() {
            let joined = format!("{}{}", pair[0].word, pair[1].word);
            let mut meanings = Meanings::default();
            self.add(&mut meanings, &joined, cost::FORM, at + 2 == words.len());
            for meaning in &mut all[at..=at + 1] {
                meaning.names.extend_from_slice(&meanings.names);
            }
        }
        for (at, word) in words.iter().enumerate() {
            if !all[at].found() {
                all[at].split = self.split_word(&word.word, at + 1 == words.len());
            }
        }
        all
    }

    fn exact_word(&self, word: &Typed) -> Meanings {
        let mut meanings = Meanings::default();
        self.add(&mut meanings, &word.word, 0, true);
        for form in text::forms(&word.word) {
            self.add(&mut meanings, form, cost::FORM, true);
        }
        meanings
    }

    fn add(&self, meanings: &mut Meanings, word: &str, cost: u8, begun: bool) {
        if let Some(term) = self.terms.whole(word) {
            meanings.names.push(Candidate::new(term..term + 1, cost, true));
        }
        if let Some(term) = self.body.whole(word) {
            meanings.body.push(Candidate::new(term..term + 1, cost, true));
        }
        if begun {
            let cost = cost + cost::BEGINNING;
            let names = self.terms.beginning(word);
            if !names.is_empty() {
                meanings.names.push(Candidate::new(names, cost, false));
            }
            let body = self.body.beginning(word);
            if !body.is_empty() && word.chars().count() >= BODY_BEGINNING {
                meanings.body.push(Candidate::new(body, cost, false));
            }
        }
    }

    /// Two names, or an article and a name, that were written as one word.
    fn split_word(&self, word: &str, begun: bool) -> Vec<(Range<u32>, Range<u32>)> {
        let whole = |word: &str| self.terms.whole(word).map(|term| term..term + 1);
        word.char_indices()
            .skip(1)
            .filter_map(|(at, _)| {
                let (left, right) = word.split_at(at);
                let right = whole(right).or_else(|| {
                    let terms = self.terms.beginning(right);
                    (begun && right.chars().count() >= SPLIT_BEGINNING && !terms.is_empty()).then_some(terms)
                })?;
                let left = if text::is_optional(left) {
                    right.clone()
                } else {
                    whole(left).filter(|_| left.chars().count() >= 3)?
                };
                Some((left, right))
            })
            .collect()
    }

    /// Adds terms that differ by typing errors, or sound the same. `begun`: more letters may follow.
    pub(crate) fn correct(&self, meanings: &mut Meanings, word: &Typed, begun: bool) {
        for near in self.trie.near(&word.word, word.letters, begun) {
            let beginning = if near.whole { 0 } else { cost::BEGINNING };
            let cost = near.errors * cost::ERROR + beginning;
            meanings.names.push(Candidate::new(near.terms, cost, near.whole));
        }
        if let Some(form) = text::after_particle(&word.word) {
            for near in self.trie.near(form, word.letters.saturating_sub(2), false) {
                let cost = near.errors * cost::ERROR + cost::FORM;
                meanings.names.push(Candidate::new(near.terms, cost, true));
            }
        }
        for sound in Sound::of(&word.word) {
            self.same_sound(meanings, &sound, word.letters, begun);
        }
    }

    fn same_sound(&self, meanings: &mut Meanings, sound: &Sound, letters: usize, begun: bool) {
        let keys = if begun && sound.is_telling() && letters >= SOUND_BEGINNING {
            sound.beginning()
        } else {
            sound.key..=sound.key
        };
        let start = self.sounds.partition_point(|(key, _)| key < keys.start());
        let alike = self.sounds[start..]
            .iter()
            .take_while(|(key, _)| keys.contains(key));
        for (key, term) in alike.take(MAX_SOUNDS) {
            let begun = *key != sound.key;
            let differs = Sound::of(self.terms.get(*term as usize))
                .iter()
                .filter(|other| other.key == *key)
                .filter_map(|other| Some((sound.differs(other, begun)?, other.script != sound.script)))
                .min();
            if let Some((differs, other_script)) = differs {
                let beginning = if begun { cost::BEGINNING } else { 0 };
                let cost = cost::SOUND + u8::from(other_script) + differs * cost::VOWEL + beginning;
                meanings.names.push(Candidate::new(*term..term + 1, cost, !begun));
            }
        }
    }
}

impl Candidate {
    const fn new(terms: Range<u32>, cost: u8, whole: bool) -> Self {
        Self { terms, cost, whole }
    }
}

impl Meanings {
    /// Whether the word means anything at all.
    pub(crate) fn found(&self) -> bool {
        !(self.names.is_empty() && self.body.is_empty() && self.split.is_empty())
    }
}
