//! Words of descriptions, while an index is made. Must not know names.

use crate::terms::{Lists, Terms};
use crate::text;
use crate::words::{Words, at};
use domain::{Catalogue, fold};
use std::collections::HashMap;

/// Descriptions, titles of groups and the identifier.
pub(crate) fn body(catalogue: &Catalogue) -> (Terms, Lists<u32>) {
    let mut words = Words::default();
    let mut posts: Vec<(u32, u32)> = Vec::new();
    let mut add = |ord: usize, text: &str| {
        for word in fold::fold(text).split(' ').filter(|word| !word.is_empty()) {
            let word = fold::without_article(word);
            posts.push((words.id(word), ord as u32));
            if let Some(bare) = text::after_particle(word) {
                posts.push((words.id(bare), ord as u32));
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
    let (terms, sorted) = words.sorted();
    let lists = Lists::new(terms.len(), &at(posts, &sorted));
    (terms, lists)
}
