//! What holds for any query.

use super::*;
use crate::{Answer, Index, Kind};
use proptest::prelude::*;
use std::sync::LazyLock;

static MADE: LazyLock<(Catalogue, Index)> = LazyLock::new(|| {
    let catalogue = catalogue();
    let index = Index::build(&catalogue);
    (catalogue, index)
});

fn ords(answer: Option<&Answer>) -> Vec<usize> {
    answer
        .into_iter()
        .flat_map(|answer| answer.hits.iter().map(|hit| hit.ord))
        .collect()
}

/// Words of titles, with the project.
fn title_words(shortest: usize) -> Vec<(usize, String)> {
    let projects = MADE.0.projects.iter().enumerate();
    projects
        .flat_map(|(ord, project)| project.title.0.values().map(move |text| (ord, text)))
        .flat_map(|(ord, text)| text.split([' ', '’']).map(move |word| (ord, word.to_owned())))
        .filter(|(_, word)| word.chars().count() >= shortest)
        .collect()
}

/// One letter lost, doubled, exchanged with its neighbour, or replaced by `by`.
fn mistyped(word: &str, kind: usize, at: usize, by: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % letters.len();
    match kind {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, by),
        2 if at > 0 => letters.swap(at - 1, at),
        _ => letters[at] = by,
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_typing_error_in_a_long_word_still_finds_the_project(
        pick in any::<prop::sample::Index>(), kind in 0_usize..4, at in 0_usize..20, by in "[a-zا-ي]",
    ) {
        let words = title_words(6);
        let (ord, word) = pick.get(&words);
        let typed = mistyped(word, kind, at, by.chars().next().unwrap());
        let answer = MADE.1.find(&typed);
        // An error may make another word that stands in the catalogue: then that is what was asked for.
        let is_other = answer.as_ref().is_some_and(|answer| answer.kind == Kind::Exact);
        prop_assert!(is_other || ords(answer.as_ref()).contains(ord), "{word} as {typed}: {answer:?}");
    }

    #[test]
    fn the_order_of_words_does_not_matter(pick in any::<prop::sample::Index>()) {
        let titles: Vec<&String> = MADE.0.projects.iter().flat_map(|p| p.title.0.values()).collect();
        let title = pick.get(&titles);
        let reversed: Vec<&str> = title.split(' ').rev().collect();
        let (straight, reversed) = (ords(MADE.1.find(title).as_ref()), ords(MADE.1.find(&reversed.join(" ")).as_ref()));
        prop_assert_eq!(straight.first(), reversed.first());
    }

    #[test]
    fn marks_do_not_matter(pick in any::<prop::sample::Index>(), mark in "[\u{301}\u{308}\u{64e}\u{651}\u{640}]", at in 1_usize..6) {
        let words = title_words(6);
        let (_, word) = pick.get(&words);
        let mut marked: Vec<char> = word.chars().collect();
        marked.insert(at, mark.chars().next().unwrap());
        let marked: String = marked.into_iter().collect();
        prop_assert_eq!(ords(MADE.1.find(word).as_ref()), ords(MADE.1.find(&marked).as_ref()));
    }

    #[test]
    fn nothing_typed_breaks_it(typed in "\\PC{0,60}", limit in 0_usize..8) {
        let answer = MADE.1.find(&typed);
        let mut found = ords(answer.as_ref());
        found.sort_unstable();
        let many = found.len();
        found.dedup();
        prop_assert_eq!(found.len(), many, "a project twice");
        prop_assert!(MADE.1.suggest(&typed, limit).len() <= limit);
    }

    #[test]
    fn words_of_the_catalogue_in_any_mixture_break_nothing(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..9), 1..14),
    ) {
        let words = title_words(1);
        let cut = |(pick, letters): &(prop::sample::Index, usize)| -> String {
            pick.get(&words).1.chars().take(*letters).collect()
        };
        let typed: Vec<String> = picks.iter().map(cut).collect();
        let answer = MADE.1.find(&typed.join(" "));
        if let Some(answer) = answer {
            let first_near = answer.hits.iter().position(|hit| hit.km.is_some()).unwrap_or(answer.hits.len());
            prop_assert!(answer.hits[first_near..].iter().all(|hit| hit.km.is_some()));
            prop_assert_eq!(answer.kind == Kind::Nothing, answer.hits.is_empty());
        }
    }
}
