//! Rules of a source.

use super::{faults, folder, read_valid};
use crate::checkpoint::format_for;
use crate::rules::built_in_text;
use crate::tests::sample;
use crate::{Bundle, Options, Warnings, build, build_for_format};
use expo_domain::{DocumentContent, RuleFile, RuleSet};
use expo_texts::TemplateLanguage;
use expo_vault::signature::PublisherKey;
use jiff::Timestamp;
use std::fs;
use tempfile::TempDir;

const OPTIONS: Options<'static> = Options {
    version: None,
    published_at: Timestamp::constant(1_795_000_000, 0),
    expires_at: None,
    cache: None,
};

/// A source with this rule file.
fn with_rules(file: &str, text: &str) -> TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::write(folder.path().join("rules").join(file), text).unwrap();
    folder
}

#[test]
fn rules_of_a_source_are_a_document_of_format_3() {
    let folder = with_rules("costs.toml", built_in_text(RuleFile::Costs));
    let catalogue = read_valid(&folder).catalogue;
    assert_eq!(format_for(&catalogue), 3);
    let [document] = &catalogue.documents[..] else {
        panic!("{:?}", catalogue.documents)
    };
    assert_eq!(document.id, "rules/costs");
    assert!(matches!(
        &document.content,
        DocumentContent::Rules(RuleSet::Costs(_))
    ));
}

#[test]
fn source_with_an_empty_rules_folder_keeps_format_1() {
    let folder = folder();
    fs::create_dir(folder.path().join("Rules")).unwrap();
    assert_eq!(format_for(&read_valid(&folder).catalogue), 1);
}

#[test]
fn faults_of_rule_files_and_tables_are_reported_together() {
    let folder = with_rules(
        "costs.toml",
        &built_in_text(RuleFile::Costs).replace("built_bp = 400", "built_bp = -400"),
    );
    fs::write(folder.path().join("rules/taxes.toml"), "").unwrap();
    fs::write(folder.path().join("rules/loan.toml"), "rule = []").unwrap();
    sample::replace(folder.path(), "units.csv", "288000", "x");
    let found = faults(&folder);
    let expected = [
        "rules/costs.toml, line 13, key registration.built_bp: found “-400”",
        "rules/loan.toml, line 1, key rule: found “[…]”",
        "rules/taxes.toml: found “taxes.toml”",
        "units.csv, row 2, column price_dh: found “x”",
    ];
    assert_eq!(found, expected);
}

#[test]
fn faults_of_rules_exist_in_french() {
    let text = built_in_text(RuleFile::Loan).replace("years_low = 20", "years_low = 90");
    let problem = super::read(with_rules("loan.toml", &text).path()).unwrap_err();
    let french = problem.text(TemplateLanguage::French);
    assert!(
        french.contains("clé years_low: trouvé « 90 », attendu : un nombre entier de 1 à 40"),
        "{french}"
    );
}

/// The content for kiosks of a former format is the same, without what they do not know.
#[test]
fn bundle_for_a_former_format_leaves_later_content_out() {
    let folder = with_rules("rates.toml", built_in_text(RuleFile::Rates));
    let partner =
        "id;kind;name_fr;desk_fr;text_fr;languages;topics\nBANK-A;bank;Banque A;Comptoir 4;Essai;fr;credit\n";
    fs::write(folder.path().join("partners.csv"), partner).unwrap();
    let outline = "unit;points\nU-03;0 0|100 0|100 100\n";
    fs::write(folder.path().join("parcels.csv"), outline).unwrap();
    let (key, out) = (
        PublisherKey::generate().unwrap(),
        folder.path().join("out/x.bundle"),
    );
    for (format, documents, outlines) in [(1, 0, 0), (2, 1, 1), (3, 2, 1)] {
        let confirmed = (Warnings::Accept, format);
        let built = build_for_format(folder.path(), &out, &key, &OPTIONS, confirmed, &mut |_| {}).unwrap();
        assert_eq!(built.checkpoint.format, format);
        let catalogue = Bundle::open(&out, &key.public()).unwrap().catalogue;
        assert_eq!(catalogue.documents.len(), documents, "format {format}");
        let outlined = catalogue.units.iter().filter(|unit| unit.outline.is_some());
        assert_eq!(
            (outlined.count(), catalogue.units.len()),
            (outlines, 3),
            "format {format}"
        );
    }
}

#[test]
fn rules_arrive_in_the_bundle_unchanged() {
    let folder = with_rules("rates.toml", built_in_text(RuleFile::Rates));
    let (key, out) = (
        PublisherKey::generate().unwrap(),
        folder.path().join("out/x.bundle"),
    );
    let built = build(folder.path(), &out, &key, &OPTIONS, &mut |_| {}).unwrap();
    assert_eq!(built.checkpoint.format, 3);
    let bundle = Bundle::open(&out, &key.public()).unwrap();
    assert_eq!(
        bundle.catalogue.documents,
        read_valid(&folder).catalogue.documents
    );
}
