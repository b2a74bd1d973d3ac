//! Rules of the installed catalogue: which apply, and that they change with its version.

use super::browse::{catalogue, everything, kiosk_with};
use super::offered_catalogues::{published, verified};
use super::provisioned_kiosk;
use crate::views::{AidProgress, AidRequest, CostPlan, ExploreQuery, Means, SummerAnswer, SummerRequest};
use crate::{Demonstration, Kiosk};
use expo_bundle::rules::from_text;
use expo_bundle::{Bundle, Options};
use expo_domain::{Catalogue, Document, DocumentContent, Lang, Money, RuleFile};
use expo_protocol::delta::{self, Header};
use expo_sync::LocalStore;
use expo_vault::signature::PublisherKey;
use std::fs;

const COSTS: &str = include_str!("../../../../../assets/rules/costs.toml");
const AID: &str = include_str!("../../../../../assets/rules/aid.toml");
const RATES: &str = include_str!("../../../../../assets/rules/rates.toml");
const SUMMER: &str = include_str!("../../../../../assets/rules/summer.toml");
const LOAN: &str = include_str!("../../../../../assets/rules/loan.toml");
const OFF_PLAN: &str = include_str!("../../../../../assets/rules/offplan.toml");
const EXCHANGE: &str = include_str!("../../../../../assets/rules/exchange.toml");

/// A shipped file with one change.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

/// The shipped file with all versions ended.
fn ended(text: &str) -> String {
    let open: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("valid_to = "))
        .collect();
    let mut lines = Vec::new();
    for line in open {
        lines.push(line.to_owned());
        if line.starts_with("valid_from = ") && !lines.contains(&"[rule.untraced_payment]".to_owned()) {
            lines.push("valid_to = \"2026-02-12\"".to_owned());
        }
    }
    lines.join("\n")
}

fn rules(file: RuleFile, text: &str) -> Document {
    Document {
        id: file.document_id(),
        content: DocumentContent::Rules(from_text(file, file.name(), text).unwrap()),
    }
}

/// The catalogue of the tests with these rules.
fn with_rules(files: &[(RuleFile, &str)]) -> Catalogue {
    Catalogue {
        documents: files.iter().map(|(file, text)| rules(*file, text)).collect(),
        ..catalogue()
    }
}

/// The plan of an available apartment.
fn plan(kiosk: &Kiosk) -> Option<CostPlan> {
    kiosk
        .plan("P-0", "P-0-G0-0", Lang::Fr, &Means::default())
        .unwrap()
}

/// Whether the registration duty of the plan is this part of the price, in basis points.
fn registration_is(kiosk: &Kiosk, basis_points: i64) -> bool {
    let plan = plan(kiosk).unwrap();
    let [price, registration] = [0, 1].map(|line: usize| plan.lines[line].amount.low);
    registration == price.basis_points(basis_points)
}

fn aid_of(kiosk: &Kiosk) -> AidProgress {
    let request = AidRequest {
        people: vec![Vec::new()],
        couple: false,
        units: Vec::new(),
        lang: Lang::Fr,
    };
    kiosk.aid(&request).unwrap()
}

fn stay_of(kiosk: &Kiosk, off_plan: bool, aid: bool) -> SummerAnswer {
    let request = SummerRequest {
        arrival: "2026-07-01".to_owned(),
        departure: "2026-08-31".to_owned(),
        off_plan,
        aid,
        loan: false,
        lang: Lang::Fr,
    };
    kiosk.summer(&request).unwrap()
}

#[test]
fn file_of_the_catalogue_replaces_the_built_in_one() {
    let costs = changed(COSTS, "built_bp = 400", "built_bp = 600");
    let (_folder, kiosk) = kiosk_with(&with_rules(&[(RuleFile::Costs, &costs)]));
    assert!(registration_is(&kiosk, 600));
    let AidProgress::Question { commitment_years, .. } = aid_of(&kiosk) else {
        panic!("the built-in rule of the aid applies")
    };
    assert_eq!(commitment_years, 5);
    let (_folder, kiosk) = kiosk_with(&catalogue());
    assert!(registration_is(&kiosk, 400));
}

#[test]
fn source_with_rules_reaches_visitors_as_a_bundle() {
    let source = tempfile::tempdir().unwrap();
    fixtures::write_catalogue_source(source.path());
    fs::create_dir(source.path().join("rules")).unwrap();
    let rates = changed(RATES, "dirhams_e4 = 107_500", "dirhams_e4 = 110_000");
    fs::write(source.path().join("rules/rates.toml"), rates).unwrap();
    let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap();
    let file = source.path().join("out.bundle");
    let options = Options {
        version: None,
        published_at: "2026-02-13T09:00:00Z".parse().unwrap(),
        expires_at: None,
        cache: None,
    };
    expo_bundle::build(source.path(), &file, &key, &options, &mut |_| {}).unwrap();
    let bundle = Bundle::open(&file, &key.public()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    assert_eq!(bundle.checkpoint.format, 3);
    kiosk
        .supply
        .install(&bundle.catalogue, &bundle.checkpoint)
        .unwrap();
    let euro = kiosk.affordability(&Means::default()).unwrap().rate.unwrap();
    assert_eq!((euro.currency.as_str(), euro.dirhams_e4), ("EUR", 110_000));
}

#[test]
fn delta_carries_a_changed_rate() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let old = with_rules(&[(RuleFile::Rates, RATES), (RuleFile::Costs, COSTS)]);
    let rates = changed(RATES, "dirhams_e4 = 107_500", "dirhams_e4 = 112_345");
    let new = with_rules(&[(RuleFile::Rates, &rates), (RuleFile::Costs, COSTS)]);
    kiosk
        .supply
        .install(&old, &verified(&published(&old, 6).0))
        .unwrap();
    let euro = || {
        kiosk
            .affordability(&Means::default())
            .unwrap()
            .rate
            .unwrap()
            .dirhams_e4
    };
    assert_eq!(euro(), 107_500);
    let header = Header {
        delta: delta::FORMAT,
        from: 6,
        to: 7,
    };
    let packed = delta::make(&old, &new, &header).unwrap();
    let checkpoint = verified(&published(&new, 7).0);
    assert_eq!(
        kiosk.sync_port().install_delta(&checkpoint, 6, &packed).unwrap(),
        7
    );
    assert_eq!(euro(), 112_345);
    kiosk.roll_back(Some(7)).unwrap();
    assert_eq!(euro(), 107_500, "a roll back also rolls back the rules");
}

#[test]
fn delta_with_impossible_rules_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let old = with_rules(&[(RuleFile::Costs, COSTS)]);
    kiosk
        .supply
        .install(&old, &verified(&published(&old, 6).0))
        .unwrap();
    let mut new = old.clone();
    if let DocumentContent::Rules(expo_domain::RuleSet::Costs(costs)) = &mut new.documents[0].content {
        costs[0].rule.registration.built_bp = -400;
    }
    let header = Header {
        delta: delta::FORMAT,
        from: 6,
        to: 7,
    };
    let packed = delta::make(&old, &new, &header).unwrap();
    let checkpoint = verified(&published(&new, 7).0);
    assert!(kiosk.sync_port().install_delta(&checkpoint, 6, &packed).is_err());
    assert!(registration_is(&kiosk, 400));
}

/// Filters, counts, plan and price steps come from one version.
#[test]
fn all_answers_change_with_the_version() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    let answers = |kiosk: &Kiosk| {
        let reach = |dirhams| {
            let query = ExploreQuery {
                max_plan: Some(Money::dirhams(dirhams)),
                ..everything()
            };
            kiosk.explore(&query).unwrap().total
        };
        let with_aid = ExploreQuery {
            aid: true,
            ..everything()
        };
        let totals: Vec<u32> = (300..900)
            .step_by(20)
            .map(|thousands| reach(thousands * 1_000))
            .collect();
        (
            totals,
            kiosk.explore(&with_aid).unwrap().total,
            plan(kiosk),
            kiosk.boot(None).unwrap().rules,
        )
    };
    let plain = catalogue();
    kiosk
        .supply
        .install(&plain, &verified(&published(&plain, 6).0))
        .unwrap();
    let before = answers(&kiosk);
    let costs = changed(COSTS, "built_bp = 400", "built_bp = 3_000");
    let aid = changed(
        AID,
        "max_price = 70_000_000, amount = 7_000_000",
        "max_price = 30_000_001, amount = 100",
    );
    let new = with_rules(&[(RuleFile::Costs, &costs), (RuleFile::Aid, &aid)]);
    kiosk
        .supply
        .install(&new, &verified(&published(&new, 7).0))
        .unwrap();
    let after = answers(&kiosk);
    assert_ne!(before.0, after.0, "totals to plan");
    assert!(before.1 > after.1, "homes with aid");
    assert_ne!(before.2, after.2, "plan of a unit");
    assert_eq!(after.3.aid_up_to, Some(Money::dirhams(100_000)));
    kiosk.roll_back(Some(7)).unwrap();
    assert_eq!(answers(&kiosk), before);
}

#[test]
fn without_rules_in_force_their_doors_are_closed() {
    let [aid, costs, summer, rates, loan, off_plan, exchange] =
        [AID, COSTS, SUMMER, RATES, LOAN, OFF_PLAN, EXCHANGE].map(ended);
    let none = with_rules(&[
        (RuleFile::Aid, aid.split("# Reported in force").next().unwrap()),
        (RuleFile::Costs, &costs),
        (RuleFile::Summer, &summer),
        (RuleFile::Rates, &rates),
        (RuleFile::Loan, &loan),
        (RuleFile::OffPlan, &off_plan),
        (RuleFile::Exchange, &exchange),
    ]);
    let (_folder, kiosk) = kiosk_with(&none);
    let boot = kiosk.boot(None).unwrap();
    assert_eq!(boot.rules, crate::views::RulesInForce::default());
    assert!(boot.guidance.guides.is_empty() && boot.guidance.partners.is_empty());
    assert_eq!(aid_of(&kiosk), AidProgress::NoRule);
    assert_eq!(stay_of(&kiosk, false, false), SummerAnswer::NoRule);
    assert_eq!(plan(&kiosk), None);
    let afford = kiosk.affordability(&Means::default()).unwrap();
    assert!(afford.rate.is_none() && afford.banks.is_none());
    let with_aid = ExploreQuery {
        aid: true,
        ..everything()
    };
    assert_eq!(kiosk.explore(&with_aid).unwrap().total, 0);
    assert!(kiosk.project("P-0", Lang::Fr).unwrap().aid_rule.is_none());
}

#[test]
fn stay_is_planned_only_with_the_rules_that_it_needs() {
    let (aid, off_plan) = (
        ended(AID.split("# Reported in force").next().unwrap()),
        ended(OFF_PLAN),
    );
    let (_folder, kiosk) = kiosk_with(&with_rules(&[
        (RuleFile::Aid, &aid),
        (RuleFile::OffPlan, &off_plan),
    ]));
    assert!(matches!(stay_of(&kiosk, false, false), SummerAnswer::Plan { .. }));
    assert_eq!(stay_of(&kiosk, false, true), SummerAnswer::NoRule);
    assert_eq!(stay_of(&kiosk, true, false), SummerAnswer::NoRule);
}

#[test]
fn sentences_about_stages_get_the_figures_of_the_rules() {
    let off_plan = changed(OFF_PLAN, "withdrawal_months = 1", "withdrawal_months = 2");
    let (_folder, kiosk) = kiosk_with(&with_rules(&[(RuleFile::OffPlan, &off_plan)]));
    let SummerAnswer::Plan { figures, .. } = stay_of(&kiosk, true, false) else {
        panic!("a plan")
    };
    let sale = figures.off_plan.unwrap();
    assert_eq!(
        (sale.reservation_bp, sale.keys_bp, sale.reservation_months),
        (500, 2_000, 6)
    );
    assert_eq!(sale.withdrawal_months, 2);
}
