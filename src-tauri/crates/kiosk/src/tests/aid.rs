//! The questionnaire about the direct aid and the plan of a stay, with the shipped rules.

use super::browse::{catalogue, kiosk_with};
use super::provisioned_kiosk;
use crate::Kiosk;
use crate::views::{
    AidKind, AidProgress, AidRequest, AidResult, ExploreQuery, ShortlistItem, SummerAnswer, SummerRequest,
};
use expo_domain::aid::{Aid, AidObstacle};
use expo_domain::aid_questionnaire::{AidAnswer, AidQuestion, AidReply};
use expo_domain::summer_plan::{Fit, StayFault};
use expo_domain::{Delivery, Lang, Money, ProductType};
use jiff::civil::Date;

const TODAY: Date = Date::constant(2026, 2, 13);

fn request(people: Vec<Vec<AidAnswer>>, couple: bool, units: Vec<ShortlistItem>) -> AidRequest {
    AidRequest {
        people,
        couple,
        units,
        lang: Lang::Fr,
    }
}

/// Answers of one person: these, and "yes" to everything else.
fn answers(kiosk: &Kiosk, others: &[(AidQuestion, AidReply)]) -> Vec<AidAnswer> {
    let mut given: Vec<AidAnswer> = Vec::new();
    while let AidProgress::Question {
        question,
        number,
        at_most,
        ..
    } = kiosk
        .aid(&request(vec![given.clone()], false, Vec::new()))
        .unwrap()
    {
        assert!(number as usize == given.len() + 1 && number <= at_most);
        let other = others.iter().find(|(other, _)| *other == question);
        let reply = other.map_or(AidReply::Yes, |(_, reply)| *reply);
        given.push(AidAnswer { question, reply });
    }
    given
}

fn result(kiosk: &Kiosk, request: &AidRequest) -> AidResult {
    match kiosk.aid(request).unwrap() {
        AidProgress::Result { result } => *result,
        other => panic!("{other:?}"),
    }
}

#[test]
fn shipped_questions_are_at_most_seven() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let all_yes = answers(&kiosk, &[]);
    assert_eq!(all_yes.len(), 6);
    let share = answers(&kiosk, &[(AidQuestion::OnlyHome, AidReply::No)]);
    assert_eq!(share.len(), 7);
    let found = result(&kiosk, &request(vec![share], false, Vec::new()));
    assert!(found.findings.depends_on_reported);
    assert_eq!(found.reported.unwrap().version, "2026");
    let days: Vec<_> = found.steps.iter().filter_map(|step| step.days).collect();
    assert_eq!(days, [7, 7, 15, 30]);
    assert!(found.source.page_qr_svg.contains("<svg"));
}

#[test]
fn first_no_ends_the_questions() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    for (at, question) in [
        AidQuestion::MoroccanNational,
        AidQuestion::FirstStateAid,
        AidQuestion::OnlyHome,
        AidQuestion::MainHome,
        AidQuestion::NoLetting,
        AidQuestion::NotaryAndMortgage,
    ]
    .into_iter()
    .enumerate()
    {
        let given = answers(
            &kiosk,
            &[(question, AidReply::No), (AidQuestion::OnlyAShare, AidReply::No)],
        );
        let follow_up = usize::from(question == AidQuestion::OnlyHome);
        assert_eq!(given.len(), at + 1 + follow_up);
        let found = result(&kiosk, &request(vec![given], false, Vec::new()));
        assert_eq!(found.findings.unmet, Some(question));
    }
}

#[test]
fn couple_is_handed_over_and_has_one_result() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let first = answers(&kiosk, &[(AidQuestion::NoLetting, AidReply::No)]);
    let second = answers(&kiosk, &[]);
    let one = request(vec![first.clone()], true, Vec::new());
    assert_eq!(kiosk.aid(&one).unwrap(), AidProgress::HandOver);
    let begun = kiosk
        .aid(&request(vec![first.clone(), Vec::new()], true, Vec::new()))
        .unwrap();
    assert!(matches!(begun, AidProgress::Question { number: 1, .. }));
    let both = result(
        &kiosk,
        &request(vec![first.clone(), second.clone()], true, Vec::new()),
    );
    assert_eq!(both.findings.unmet, Some(AidQuestion::NoLetting));
    assert_eq!(
        both,
        result(&kiosk, &request(vec![second, first], true, Vec::new()))
    );
}

/// Price in centimes, product type, rooms, delivery with occupancy permit, and the aid with its obstacle.
type Case = (
    i64,
    ProductType,
    Option<u32>,
    (Delivery, Option<Date>),
    Aid,
    Option<AidObstacle>,
);

const FLAT: ProductType = ProductType::Apartment;
const PERMIT: (Delivery, Option<Date>) = (Delivery::Delivered, Some(Date::constant(2023, 1, 1)));
const HUNDRED: Money = Money::dirhams(100_000);
const SEVENTY: Money = Money::dirhams(70_000);

fn assert_aid(cases: &[Case]) {
    let mut project = fixtures::project("P", "S", "T");
    let mut unit = fixtures::unit("U", "G");
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let rule = kiosk.supply.shown.reference.rules.aid(TODAY).unwrap().clone();
    for case in cases {
        let (centimes, product_type, rooms, (delivery, permit), aid, obstacle) = *case;
        unit.price = Money(centimes);
        unit.rooms = rooms;
        project.delivery = delivery;
        project.habitation_permit_on = permit;
        assert_eq!(rule.assess(&project, product_type, &unit), aid, "{case:?}");
        assert_eq!(rule.obstacle(&project, product_type, &unit), obstacle, "{case:?}");
    }
}

#[test]
fn prices_at_the_ceilings_are_exact_to_the_centime() {
    assert_aid(&[
        (30_000_000, FLAT, Some(2), PERMIT, Aid::Eligible(HUNDRED), None),
        (30_000_001, FLAT, Some(2), PERMIT, Aid::Eligible(SEVENTY), None),
        (70_000_000, FLAT, Some(2), PERMIT, Aid::Eligible(SEVENTY), None),
        (
            70_000_001,
            FLAT,
            Some(2),
            PERMIT,
            Aid::NotEligible,
            Some(AidObstacle::Price),
        ),
        (
            30_000_000,
            FLAT,
            Some(2),
            (Delivery::OffPlan, None),
            Aid::AtDelivery(HUNDRED),
            None,
        ),
        (
            70_000_000,
            FLAT,
            Some(2),
            (Delivery::UnderConstruction, None),
            Aid::AtDelivery(SEVENTY),
            None,
        ),
        (
            70_000_001,
            FLAT,
            Some(2),
            (Delivery::OffPlan, None),
            Aid::NotEligible,
            Some(AidObstacle::Price),
        ),
    ]);
}

#[test]
fn rooms_type_and_permit_decide_about_the_aid() {
    assert_aid(&[
        (
            30_000_000,
            FLAT,
            Some(1),
            PERMIT,
            Aid::NotEligible,
            Some(AidObstacle::Rooms),
        ),
        (30_000_000, FLAT, None, PERMIT, Aid::Eligible(HUNDRED), None),
        (
            30_000_000,
            FLAT,
            Some(2),
            (Delivery::Delivered, Some(Date::constant(2022, 12, 31))),
            Aid::NotEligible,
            Some(AidObstacle::Permit),
        ),
        (
            30_000_000,
            FLAT,
            Some(2),
            (Delivery::Delivered, None),
            Aid::ToConfirm,
            None,
        ),
        (
            30_000_000,
            ProductType::SemiFinishedVilla,
            None,
            PERMIT,
            Aid::ToConfirm,
            None,
        ),
        (
            70_000_001,
            ProductType::SemiFinishedVilla,
            None,
            PERMIT,
            Aid::NotEligible,
            Some(AidObstacle::Price),
        ),
        (
            30_000_000,
            ProductType::ResidentialPlot,
            None,
            PERMIT,
            Aid::NotEligible,
            Some(AidObstacle::Type),
        ),
        (
            30_000_000,
            ProductType::Shop,
            None,
            PERMIT,
            Aid::NotEligible,
            Some(AidObstacle::Type),
        ),
    ]);
}

#[test]
fn badge_facet_and_questionnaire_agree() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let all_yes = answers(&kiosk, &[]);
    let everything = ExploreQuery {
        limit: 100,
        ..ExploreQuery::everything(Lang::Fr)
    };
    let with_aid = ExploreQuery {
        aid: true,
        ..everything.clone()
    };
    let in_facet: Vec<String> = kiosk
        .explore(&with_aid)
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| hit.id)
        .collect();
    for hit in kiosk.explore(&everything).unwrap().hits {
        assert_eq!(
            hit.aid,
            in_facet.contains(&hit.id) || hit.aid && in_facet.len() == 100
        );
        let page = kiosk.project(&hit.id, Lang::Fr).unwrap();
        let units: Vec<_> = page.groups.iter().flat_map(|group| &group.units).collect();
        let items = units.iter().map(|unit| ShortlistItem {
            project: page.id.clone(),
            unit: Some(unit.id.clone()),
        });
        let found = result(
            &kiosk,
            &request(vec![all_yes.clone()], false, items.take(20).collect()),
        );
        for (row, result) in units.iter().zip(&found.units) {
            assert_eq!((&row.id, &row.aid), (&result.unit, &result.aid));
            let is_not_eligible = result.aid.kind == AidKind::NotEligible;
            assert_eq!(result.obstacle.is_some(), is_not_eligible);
        }
    }
}

#[test]
fn unknown_units_and_whole_projects_are_left_out() {
    let catalogue = catalogue();
    let (_folder, kiosk) = kiosk_with(&catalogue);
    let item = |project: &str, unit: Option<&str>| ShortlistItem {
        project: project.to_owned(),
        unit: unit.map(str::to_owned),
    };
    let known = &catalogue.projects[0].id;
    let items = vec![
        item("NOWHERE", Some("U")),
        item(known, None),
        item(known, Some("NOTHING")),
    ];
    let found = result(&kiosk, &request(vec![answers(&kiosk, &[])], false, items));
    assert_eq!(found.units, []);
}

#[test]
fn answers_are_neither_stored_nor_logged() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let acts = kiosk.audit_log(1_000).unwrap().len();
    let given = answers(&kiosk, &[(AidQuestion::NoLetting, AidReply::No)]);
    result(&kiosk, &request(vec![given], false, Vec::new()));
    assert_eq!(kiosk.audit_log(1_000).unwrap().len(), acts);
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("no_letting"), "{}", file.path().display());
    }
}

fn stay(arrival: &str, departure: &str) -> SummerRequest {
    SummerRequest {
        arrival: arrival.to_owned(),
        departure: departure.to_owned(),
        off_plan: false,
        aid: true,
        loan: false,
        lang: Lang::Ar,
    }
}

#[test]
fn two_days_without_aid_are_not_enough_for_the_deed() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let fit = |arrival, departure| {
        let request = SummerRequest {
            aid: false,
            ..stay(arrival, departure)
        };
        match kiosk.summer(&request).unwrap() {
            SummerAnswer::Plan { plan, .. } => plan.fit,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(fit("2026-07-01", "2026-07-02"), Fit::WithProxy);
    assert_eq!(fit("2026-07-01", "2026-08-31"), Fit::InPerson);
}

#[test]
fn shipped_stages_give_a_plan_or_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let fit = |arrival, departure| match kiosk.summer(&stay(arrival, departure)).unwrap() {
        SummerAnswer::Plan { plan, .. } => Ok(plan.fit),
        SummerAnswer::Fault { fault, .. } => Err(fault),
        SummerAnswer::NoRule => panic!("no rule"),
    };
    assert_eq!(fit("2026-07-01", "2026-08-31"), Ok(Fit::InPerson));
    assert_eq!(fit("2026-07-01", "2026-07-15"), Ok(Fit::WithProxy));
    assert_eq!(fit("2026-02-14", "2026-02-16"), Ok(Fit::TooShort));
    assert_eq!(fit("2026-02-12", "2026-08-31"), Err(StayFault::ArrivalPast));
    assert_eq!(
        fit("2026-07-02", "2026-07-01"),
        Err(StayFault::DepartureBeforeArrival)
    );
    assert_eq!(fit("2029-07-01", "2029-07-31"), Err(StayFault::TooFarAhead));
    assert_eq!(fit("9999-12-31", "9999-12-31"), Err(StayFault::TooFarAhead));
    assert_eq!(fit("2026-07-01", "2027-12-31"), Err(StayFault::TooLong));
    for invalid in ["", "2026-02-30", "NaN", "-99999-01-01", "2026-07-01; DROP"] {
        assert_eq!(
            fit(invalid, "2026-07-01"),
            Err(StayFault::InvalidDate),
            "{invalid}"
        );
    }
}
