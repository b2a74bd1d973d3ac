//! Collects the words of identifiers, descriptions and group titles while the index is built. Must not know: names of
//! projects and places.

use crate::interner::{WordInterner, renumber};
use crate::terms::{PostingLists, TermDictionary};
use crate::tokenizer;
use expo_domain::{Catalogue, fold};
use std::collections::HashMap;

/// Words of identifiers, descriptions and titles of unit groups.
#[derive(Debug)]
pub(super) struct Body {
    pub terms: TermDictionary,
    /// Projects by term.
    pub postings: PostingLists<u32>,
}

pub(super) fn body(catalogue: &Catalogue) -> Body {
    let mut words = WordInterner::default();
    let mut postings: Vec<(u32, u32)> = Vec::new();
    let mut add = |ord: usize, text: &str| {
        for word in fold::fold(text).split(' ').filter(|word| !word.is_empty()) {
            let word = fold::without_article(word);
            postings.push((words.id(word), ord as u32));
            if let Some(bare) = tokenizer::without_particle(word) {
                postings.push((words.id(bare), ord as u32));
            }
        }
    };
    let mut ords: HashMap<&str, usize> = HashMap::new();
    for (ord, project) in catalogue.projects.iter().enumerate() {
        add(ord, &project.id);
        for text in project.description.0.values() {
            add(ord, text);
        }
        ords.insert(&project.id, ord);
    }
    for group in &catalogue.groups {
        if let Some(ord) = ords.get(group.project.as_str()) {
            for text in group.title.0.values() {
                add(*ord, text);
            }
        }
    }
    let (terms, numbers) = words.into_dictionary();
    let postings = PostingLists::new(terms.len(), &renumber(postings, &numbers));
    Body { terms, postings }
}
