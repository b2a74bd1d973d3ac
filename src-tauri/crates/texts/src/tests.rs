//! Registration of languages, and their formats.

use crate::{Direction, LANGUAGES, STAFF_LANGUAGES, TemplateLanguage, for_staff, of, registered, template};
use expo_domain::{Lang, Money};
use jiff::civil::date;
use std::ptr;

#[test]
fn each_language_resolves_along_its_fallback_chain() {
    for lang in Lang::ALL {
        let with_texts = lang.fallback().iter().copied().find(|l| registered(*l).is_some());
        let expected = with_texts.and_then(registered).unwrap();
        assert!(ptr::eq(of(lang), expected), "{lang}");
    }
    for (lang, fallback) in [
        (Lang::Fr, Lang::Fr),
        (Lang::Ar, Lang::Ar),
        (Lang::Zgh, Lang::Ar),
        (Lang::En, Lang::En),
        (Lang::Nl, Lang::Nl),
    ] {
        assert!(ptr::eq(of(lang), registered(fallback).unwrap()), "{lang}");
    }
}

#[test]
fn each_language_is_registered_once_in_display_order() {
    let registered: Vec<Lang> = LANGUAGES.iter().map(|(lang, _)| *lang).collect();
    let in_display_order: Vec<Lang> = Lang::ALL
        .into_iter()
        .filter(|lang| registered.contains(lang))
        .collect();
    assert_eq!(registered, in_display_order);
    assert!(STAFF_LANGUAGES.iter().all(|lang| registered.contains(lang)));
    assert_eq!(for_staff().count(), STAFF_LANGUAGES.len());
}

#[test]
fn numbers_follow_the_language() {
    let amount = |lang: Lang, centimes| of(lang).formats.amount(Money(centimes));
    assert_eq!(amount(Lang::Fr, 125_000_050), "1\u{a0}250\u{a0}000,50\u{a0}DH");
    assert_eq!(amount(Lang::En, 125_000_050), "1,250,000.50\u{a0}MAD");
    assert_eq!(amount(Lang::Ar, 28_800_000), "288\u{a0}000\u{a0}درهم");
    let area = |lang: Lang, dm2| of(lang).formats.area(dm2);
    assert_eq!(area(Lang::Fr, 8_546), "85,5\u{a0}m²");
    assert_eq!(area(Lang::En, 6_004), "60\u{a0}m²");
    let day = |lang: Lang| of(lang).formats.date(date(2026, 11, 3));
    assert_eq!([day(Lang::Fr), day(Lang::En)], ["03/11/2026", "3 Nov 2026"]);
}

#[test]
fn lines_in_the_other_script_start_with_a_mark() {
    let (left_to_right, right_to_left) = (Direction::LeftToRight, Direction::RightToLeft);
    assert_eq!(left_to_right.mark_before("Résidence"), "");
    assert_eq!(left_to_right.mark_before("12 إقامة"), "\u{200e}");
    assert_eq!(right_to_left.mark_before("إقامة"), "");
    assert_eq!(right_to_left.mark_before("Résidence"), "\u{200f}");
    assert_eq!(right_to_left.mark_before("12"), "");
}

#[test]
fn template_languages_have_their_own_instruction_sheet() {
    let names = TemplateLanguage::ALL.map(|language| template(language).instruction_sheet);
    assert_eq!(names, ["LISEZ-MOI", "READ-ME"]);
}
