//! Faults of rule files, each with its place, and rules of catalogues that another tool wrote.

use super::{built_in, built_in_text, check_documents, from_text};
use expo_domain::{Document, DocumentContent, Money, RuleFile, RuleSet};
use jiff::civil::Date;

const DAY: Date = Date::constant(2026, 11, 23);

/// The shipped text of a file with one change.
fn changed(file: RuleFile, from: &str, to: &str) -> String {
    let text = built_in_text(file);
    assert!(text.contains(from), "{} has no {from}", file.name());
    text.replacen(from, to, 1)
}

/// The faults of a text as lines.
fn faults(file: RuleFile, text: &str) -> Vec<String> {
    let faults = from_text(file, "rules/x.toml", text).expect_err("the file has faults");
    faults.0.iter().map(ToString::to_string).collect()
}

/// The only fault of a shipped file with one change.
fn fault(file: RuleFile, from: &str, to: &str) -> String {
    let found = faults(file, &changed(file, from, to));
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

/// Number of the line of a shipped file that contains a text.
fn line(file: RuleFile, part: &str) -> usize {
    let found = built_in_text(file).lines().position(|line| line.contains(part));
    found.expect("the text exists") + 1
}

#[test]
fn shipped_files_are_valid() {
    let rules = built_in().unwrap();
    assert!(rules.aid(DAY).is_some() && rules.reported_aid(DAY).is_some());
    assert!(rules.costs(DAY).is_some() && rules.summer(DAY).is_some());
}

/// A file, a text in it and its replacement; the key of the fault, and what is expected.
type WrongValue = (RuleFile, &'static str, &'static str, &'static str, &'static str);

const WRONG_VALUES: &[WrongValue] = &[
    (
        RuleFile::Costs,
        "built_bp = 400",
        "built_bp = -1",
        "registration.built_bp",
        "from 0 to 3000",
    ),
    (
        RuleFile::Costs,
        "vat_bp = 2_000",
        "vat_bp = 20.5",
        "notary.vat_bp",
        "whole number",
    ),
    (
        RuleFile::Costs,
        "fixed = 10_000",
        "fixed = \"100\"",
        "land_registry.fixed",
        "whole number",
    ),
    (
        RuleFile::Exchange,
        "min_foreign_share_bp = 3_000",
        "min_foreign_share_bp = 30_000",
        "min_foreign_share_bp",
        "to 10000",
    ),
    (
        RuleFile::Loan,
        "years_low = 20",
        "years_low = 0",
        "years_low",
        "from 1 to 40",
    ),
    (
        RuleFile::Rates,
        "dirhams_e4 = 107_500",
        "dirhams_e4 = 0",
        "rates.dirhams_e4",
        "from 1000 to",
    ),
    (
        RuleFile::Rates,
        "\"EUR\"",
        "\"euro\"",
        "rates.currency",
        "three capital letters",
    ),
    (
        RuleFile::Rates,
        "[\"GB\"]",
        "[\"gb\"]",
        "rates.countries",
        "two capital letters",
    ),
    (
        RuleFile::Aid,
        "valid_from = \"2024-01-01\"",
        "valid_from = 2024-01-01",
        "valid_from",
        "quotation marks",
    ),
    (
        RuleFile::Aid,
        "permit_from = \"2023-01-01\"",
        "permit_from = \"2023-02-30\"",
        "permit_from",
        "2026-11-23",
    ),
    (
        RuleFile::Aid,
        "to_confirm = false",
        "to_confirm = \"no\"",
        "to_confirm",
        "true or false",
    ),
    (
        RuleFile::Aid,
        "\"villa\"]",
        "\"castle\"]",
        "eligible_types",
        "semi_finished_villa",
    ),
    (
        RuleFile::Aid,
        "id = \"only_home\"",
        "id = \"only_house\"",
        "procedure.questions.id",
        "only_a_share",
    ),
    (
        RuleFile::Aid,
        "https://www",
        "http://www",
        "procedure.official_page",
        "https://",
    ),
    (
        RuleFile::Summer,
        "length = { days = 30 }",
        "length = { weeks = 4 }",
        "stages.length",
        "aid_step",
    ),
    (
        RuleFile::Summer,
        "signature = \"none\"",
        "signature = \"nobody\"",
        "stages.signature",
        "in_person",
    ),
    (
        RuleFile::OffPlan,
        "withdrawal_months = 1",
        "withdrawal_months = 99",
        "withdrawal_months",
        "from 0 to 24",
    ),
];

#[test]
fn wrong_values_are_named_with_line_and_key() {
    for &(file, from, to, key, expected) in WRONG_VALUES {
        let found = fault(file, from, to);
        let place = format!("rules/x.toml, line {}, key {key}: found", line(file, from));
        assert!(found.starts_with(&place), "{found} is not at {place}");
        assert!(found.contains(expected), "{found} does not expect {expected}");
    }
}

#[test]
fn every_value_needs_source_date_reviewer_and_confidence() {
    for file in [
        RuleFile::Costs,
        RuleFile::Exchange,
        RuleFile::Loan,
        RuleFile::OffPlan,
        RuleFile::Rates,
    ] {
        for (part, key) in [
            ("checked_on = \"2026-11-23\", ", "source.checked_on"),
            ("reviewer = \"kiosk team\", ", "source.reviewer"),
        ] {
            assert!(
                fault(file, part, "").contains(&format!("{key}: found nothing")),
                "{key}"
            );
        }
        let text = built_in_text(file);
        let without_source: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("source = "))
            .collect();
        let found = faults(file, &without_source.join("\n"));
        assert!(
            found.iter().all(|line| line.contains("source: found nothing")),
            "{found:?}"
        );
    }
    let found = fault(
        RuleFile::Aid,
        "{ id = \"only_home\", confidence = \"high\" }",
        "{ id = \"only_home\" }",
    );
    assert!(
        found.contains("procedure.questions.confidence: found nothing"),
        "{found}"
    );
    let found = fault(
        RuleFile::Costs,
        "confidence = \"high\"",
        "confidence = \"certain\"",
    );
    assert!(found.contains("one of high, medium, low"), "{found}");
    let found = fault(
        RuleFile::Rates,
        "reference = \"Démonstration, taux indicatif\"",
        "reference = \" \"",
    );
    assert!(found.contains("key source.reference"), "{found}");
}

#[test]
fn unknown_and_missing_keys_are_named() {
    let found = faults(RuleFile::Costs, &changed(RuleFile::Costs, "built_bp", "build_bp"));
    assert_eq!(found.len(), 2, "{found:?}");
    let place = format!(
        "line {}, key registration.build_bp: found “build_bp”",
        line(RuleFile::Costs, "built_bp")
    );
    assert!(found.iter().any(|fault| fault.contains(&place)), "{found:?}");
    let missing = "key registration.built_bp: found nothing, expected a whole number";
    assert!(found.iter().any(|fault| fault.contains(missing)), "{found:?}");
}

#[test]
fn text_that_is_not_toml_is_named_with_its_line() {
    let found = fault(RuleFile::Loan, "years_low = 20", "years_low 20");
    let place = format!("rules/x.toml, line {}", line(RuleFile::Loan, "years_low = 20"));
    assert!(found.starts_with(&place) && found.contains("TOML"), "{found}");
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = changed(RuleFile::Costs, "built_bp = 400", "built_bp = -1")
        .replace("certificate = 10_000", "certificate = 0.5")
        .replace("high_minimum = 400_000", "high_minimum = 1");
    let found = faults(RuleFile::Costs, &text);
    assert_eq!(found.len(), 3, "{found:?}");
}

/// A file of rates with these days, from and to, for each version.
fn rates(versions: &[(&str, Option<&str>)]) -> String {
    let shipped = built_in_text(RuleFile::Rates);
    let version = |(number, (from, to)): (usize, &(&str, Option<&str>))| {
        let days = to.map_or_else(
            || format!("valid_from = \"{from}\""),
            |to| format!("valid_from = \"{from}\"\nvalid_to = \"{to}\""),
        );
        shipped
            .replace("version = \"2026-11\"", &format!("version = \"{number}\""))
            .replace("valid_from = \"2025-01-01\"", &days)
    };
    versions.iter().enumerate().map(version).collect()
}

#[test]
fn versions_have_no_gap_and_no_day_in_common() {
    let read = |versions: &[(&str, Option<&str>)]| from_text(RuleFile::Rates, "rates.toml", &rates(versions));
    assert!(read(&[("2026-01-01", Some("2026-06-30")), ("2026-07-01", None)]).is_ok());
    assert!(
        read(&[("2026-07-01", None), ("2026-01-01", Some("2026-06-30"))]).is_ok(),
        "in any order"
    );
    assert!(
        read(&[("2026-01-01", Some("2026-06-30"))]).is_ok(),
        "the last one may end"
    );
    for (to, found) in [
        (Some("2026-06-29"), "found “2026-06-29”"),
        (Some("2026-07-01"), "found “2026-07-01”"),
        (None, "found nothing"),
    ] {
        let fault = read(&[("2026-01-01", to), ("2026-07-01", None)])
            .unwrap_err()
            .to_string();
        assert!(
            fault.contains(&format!("key valid_to: {found}, expected \"2026-06-30\"")),
            "{fault}"
        );
    }
    let fault = read(&[("2026-07-01", Some("2026-06-30"))])
        .unwrap_err()
        .to_string();
    assert!(fault.contains("not before valid_from, 2026-07-01"), "{fault}");
}

#[test]
fn versions_have_different_names() {
    let text = rates(&[("2026-01-01", Some("2026-06-30")), ("2026-07-01", None)]).replace("\"1\"", "\"0\"");
    assert!(
        faults(RuleFile::Rates, &text)[0]
            .contains("key version: found “0”, expected a value that is not used twice")
    );
}

#[test]
fn values_that_contradict_each_other_are_faults() {
    use RuleFile::{Aid, Costs, Loan, OffPlan, Rates, Summer};
    for (file, from, to, expected) in [
        (
            OffPlan,
            "share_bp = 2_000",
            "share_bp = 1_000",
            "found “9000”, expected shares that add up to 10000",
        ),
        (
            OffPlan,
            "stage = \"start_of_works\"",
            "stage = \"reservation\"",
            "used twice",
        ),
        (
            Costs,
            "low_bp = 100",
            "low_bp = 151",
            "at least the value of low_bp, 151",
        ),
        (
            Costs,
            "high = 300_000",
            "high = 149_999",
            "at least the value of low, 150000",
        ),
        (
            Loan,
            "years_high = 30",
            "years_high = 19",
            "at least the value of years_low, 20",
        ),
        (
            Aid,
            "max_price = 30_000_000",
            "max_price = 70_000_000",
            "a higher price than in the band before",
        ),
        (Aid, "id = \"no_letting\"", "id = \"only_home\"", "used twice"),
        (Rates, "[\"GB\"]", "[\"FR\"]", "key rates.countries: found “FR”"),
        (Rates, "\"GBP\"", "\"EUR\"", "key rates.currency: found “EUR”"),
        (
            Summer,
            "after = [\"documents\"]",
            "after = [\"visit\"]",
            "a stage that is listed above this one",
        ),
    ] {
        let found = fault(file, from, to);
        assert!(found.contains(expected), "{found} does not contain {expected}");
    }
    let question =
        "  { id = \"only_a_share\", unless = \"only_a_share\", confidence = \"high\" },\n]\n# `days`";
    let found = fault(Aid, "]\n# `days`", question);
    assert!(
        found.contains("found “8”, expected at most 7 questions"),
        "{found}"
    );
}

fn document(set: RuleSet) -> Document {
    Document {
        id: set.file().document_id(),
        content: DocumentContent::Rules(set),
    }
}

#[test]
fn rules_keep_their_text_through_a_snapshot() {
    for file in RuleFile::ALL {
        let set = from_text(file, "x", built_in_text(file)).unwrap();
        let document = document(set);
        let text = serde_json::to_string(&document).unwrap();
        let read: Document = serde_json::from_str(&text).unwrap();
        assert_eq!(read, document);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        check_documents(&[read]).unwrap();
    }
}

#[test]
fn rules_of_another_tool_pass_the_same_checks() {
    let RuleSet::Costs(mut costs) = from_text(RuleFile::Costs, "x", built_in_text(RuleFile::Costs)).unwrap()
    else {
        panic!("other rules")
    };
    costs[0].rule.notary.package = Money(-1);
    let problem = check_documents(&[document(RuleSet::Costs(costs))]).unwrap_err();
    assert!(problem.contains("notary.package: found “-1”"), "{problem}");
    let empty = check_documents(&[document(RuleSet::Aid(Vec::new()))]).unwrap_err();
    assert!(empty.contains("a list in square brackets"), "{empty}");
    let misplaced = Document {
        id: "rules/aid".to_owned(),
        ..document(from_text(RuleFile::Loan, "x", built_in_text(RuleFile::Loan)).unwrap())
    };
    let problem = check_documents(&[misplaced]).unwrap_err();
    assert!(problem.contains("rules/aid contains the rules loan"), "{problem}");
}

#[test]
fn aid_without_a_deadline_that_a_stage_uses_is_refused() {
    let RuleSet::Aid(mut versions) = from_text(RuleFile::Aid, "x", built_in_text(RuleFile::Aid)).unwrap()
    else {
        panic!("other rules")
    };
    for step in &mut versions[0].procedure.steps {
        step.days = None;
    }
    let problem = check_documents(&[document(RuleSet::Aid(versions))]).unwrap_err();
    assert!(
        problem.contains("rules/summer uses the deadline of the step \""),
        "{problem}"
    );
}
