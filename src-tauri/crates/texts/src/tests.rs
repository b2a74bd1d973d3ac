//! Registration of languages, and their formats.

use crate::{Direction, LANGUAGES, STAFF_LANGUAGES, TemplateLanguage, for_staff, of, registered, template};
use expo_domain::lead::{AidOutcome, ResultUnit, SharedResult};
use expo_domain::summer_plan::Fit;
use expo_domain::{AmountRange, Lang, Money};
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
fn results_name_their_figures_in_each_language() {
    let unit = ResultUnit {
        project: "P-1".to_owned(),
        unit: "P-1-02".to_owned(),
        number: Some("A-12".to_owned()),
    };
    let dirhams = Money::dirhams;
    let results = [
        SharedResult::Budget {
            cash: dirhams(200_000),
            loan: Some(dirhams(250_000)),
            total: dirhams(450_000),
        },
        SharedResult::UnitPlan {
            unit: unit.clone(),
            price: dirhams(310_000),
            total: AmountRange::new(dirhams(330_000), dirhams(335_000)),
            total_with_aid: Some(AmountRange::exactly(dirhams(260_000))),
            monthly: Some(dirhams(2_000)),
        },
        SharedResult::Aid {
            outcome: AidOutcome::ToConfirm,
            unit: Some(unit),
            amount: Some(dirhams(70_000)),
        },
        SharedResult::Stay {
            arrival: date(2027, 7, 10),
            departure: date(2027, 8, 20),
            fit: Fit::WithProxy,
            last_signature: date(2027, 9, 1),
        },
    ];
    let french = results
        .each_ref()
        .map(|result| (of(Lang::Fr).export.result)(result));
    assert_eq!(
        french.map(|line| line.replace('\u{a0}', " ")),
        [
            "Budget 450 000 DH (disponible 200 000 DH, crédit 250 000 DH)",
            "Plan A-12 (P-1) : prix 310 000 DH, à prévoir 330 000 DH – 335 000 DH, avec l’aide 260 000 DH, \
             mensualité 2 000 DH",
            "Aide directe : à confirmer, A-12 (P-1), 70 000 DH",
            "Séjour du 10/07/2027 au 20/08/2027 : procuration nécessaire, dernière signature le 01/09/2027",
        ]
    );
    for (_, language) in LANGUAGES {
        let lines = results.each_ref().map(|result| (language.export.result)(result));
        for (line, figure) in lines.iter().zip(["450", "330", "A-12", "2027"]) {
            assert!(line.contains(figure), "{line}");
        }
    }
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
