//! Properties of any query.

use super::*;
use crate::{Answer, AnswerKind, Index};
use proptest::prelude::*;
use std::sync::LazyLock;

pub(super) static SAMPLE: LazyLock<(Catalogue, Index)> = LazyLock::new(|| {
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

/// Words of titles with at least `min_letters`, with their project.
fn title_words(min_letters: usize) -> Vec<(usize, String)> {
    let projects = SAMPLE.0.projects.iter().enumerate();
    projects
        .flat_map(|(ord, project)| project.title.0.values().map(move |text| (ord, text)))
        .flat_map(|(ord, text)| text.split([' ', '’']).map(move |word| (ord, word.to_owned())))
        .filter(|(_, word)| word.chars().count() >= min_letters)
        .collect()
}

/// The word with one typing error at `position`: by `kind`, a letter removed, inserted, transposed or replaced.
fn with_typing_error(word: &str, kind: usize, position: usize, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let position = position % letters.len();
    match kind {
        0 => drop(letters.remove(position)),
        1 => letters.insert(position, letter),
        2 if position > 0 => letters.swap(position - 1, position),
        _ => letters[position] = letter,
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn long_word_with_one_typing_error_matches(
        pick in any::<prop::sample::Index>(), kind in 0_usize..4, position in 0_usize..20, letter in "[a-zا-ي]",
    ) {
        let words = title_words(6);
        let (ord, word) = pick.get(&words);
        let typed = with_typing_error(word, kind, position, letter.chars().next().unwrap());
        let answer = SAMPLE.1.search(&typed);
        // The error may give another word of the catalogue, which then matches exactly.
        let is_other_word = answer.as_ref().is_some_and(|answer| answer.kind == AnswerKind::Exact);
        prop_assert!(is_other_word || ords(answer.as_ref()).contains(ord), "{word} as {typed}: {answer:?}");
    }

    #[test]
    fn word_order_does_not_change_the_best_hit(pick in any::<prop::sample::Index>()) {
        let titles: Vec<&String> = SAMPLE.0.projects.iter().flat_map(|p| p.title.0.values()).collect();
        let title = pick.get(&titles);
        let reversed: Vec<&str> = title.split(' ').rev().collect();
        let (ordered, reversed) = (ords(SAMPLE.1.search(title).as_ref()), ords(SAMPLE.1.search(&reversed.join(" ")).as_ref()));
        prop_assert_eq!(ordered.first(), reversed.first());
    }

    #[test]
    fn diacritics_do_not_change_the_hits(pick in any::<prop::sample::Index>(), mark in "[\u{301}\u{308}\u{64e}\u{651}\u{640}]", position in 1_usize..6) {
        let words = title_words(6);
        let (_, word) = pick.get(&words);
        let mut marked: Vec<char> = word.chars().collect();
        marked.insert(position, mark.chars().next().unwrap());
        let marked: String = marked.into_iter().collect();
        prop_assert_eq!(ords(SAMPLE.1.search(word).as_ref()), ords(SAMPLE.1.search(&marked).as_ref()));
    }

    #[test]
    fn any_text_gives_valid_hits_and_suggestions(typed in "\\PC{0,60}", limit in 0_usize..8) {
        let answer = SAMPLE.1.search(&typed);
        let mut ords = ords(answer.as_ref());
        ords.sort_unstable();
        let count = ords.len();
        ords.dedup();
        prop_assert_eq!(ords.len(), count, "no duplicate projects");
        prop_assert!(SAMPLE.1.suggest(&typed, limit).len() <= limit);
    }

    #[test]
    fn any_mix_of_title_words_gives_a_valid_answer(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..9), 1..14),
    ) {
        let words = title_words(1);
        let prefix = |(pick, letters): &(prop::sample::Index, usize)| -> String {
            pick.get(&words).1.chars().take(*letters).collect()
        };
        let typed: Vec<String> = picks.iter().map(prefix).collect();
        let answer = SAMPLE.1.search(&typed.join(" "));
        if let Some(answer) = answer {
            let first_near = answer.hits.iter().position(|hit| hit.km.is_some()).unwrap_or(answer.hits.len());
            prop_assert!(answer.hits[first_near..].iter().all(|hit| hit.km.is_some()));
            prop_assert_eq!(answer.kind == AnswerKind::Nothing, answer.hits.is_empty());
        }
    }
}
