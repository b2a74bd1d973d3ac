//! Closing a day with the real program: exports of new leads, languages, and the receipt that another machine checks.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::programs::{Kiosk, PASSPHRASE, program};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const LEAD: &str =
    r#"{ "name": "Test Visiteur", "phone": "+33612345678", "language": "fr", "consents": { "call": true } }"#;

/// A demonstration kiosk with one lead, and a file with its passphrase.
fn kiosk_with_lead(folder: &Path) -> (Kiosk, PathBuf) {
    let kiosk = Kiosk::demonstration(&folder.join("kiosk")).unwrap();
    kiosk.add_lead(LEAD).unwrap();
    let phrase = folder.join("phrase.txt");
    fs::write(&phrase, PASSPHRASE).unwrap();
    (kiosk, phrase)
}

/// Runs an export that must succeed.
fn export(kiosk: &Kiosk, phrase: &Path, out: &Path, more: &[&str]) -> Value {
    kiosk.run(words(phrase, out, more)).unwrap()
}

fn words(phrase: &Path, out: &Path, more: &[&str]) -> Vec<String> {
    let (phrase, out) = (phrase.display().to_string(), out.display().to_string());
    let fixed = ["export", "--passphrase-file", &phrase, "--out", &out];
    fixed.iter().chain(more).map(ToString::to_string).collect()
}

/// Checks a receipt on a machine without a kiosk.
fn verify(receipt: &str, key: &str) -> Output {
    Command::new(program("expo-kiosk").unwrap())
        .args(["--json", "leads", "verify-receipt", receipt, "--public-key", key])
        .output()
        .unwrap()
}

#[test]
fn receipt_is_checked_on_a_machine_without_the_kiosk() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, phrase) = kiosk_with_lead(folder.path());
    let out = folder.path().join("out");
    let receipt = export(&kiosk, &phrase, &out, &["--initials", "te", "--lang", "ar"]);
    assert!(
        receipt["files"][0]["path"]
            .as_str()
            .unwrap()
            .ends_with(".csv.age")
    );
    let path = receipt["record"]["path"].as_str().unwrap();
    let key = kiosk.run(["status"]).unwrap()["closing_key"]
        .as_str()
        .unwrap()
        .to_owned();
    let checked: Value = serde_json::from_slice(&verify(path, &key).stdout).unwrap();
    assert_eq!(checked["record"]["closed"]["initials"], json!("TE"));
    assert_eq!(checked["record"]["counts"]["leads"], json!(1));
    assert_eq!(checked["files"][0]["state"], json!("same"));
    let own = kiosk.run(["leads", "verify-receipt", path]).unwrap();
    assert_eq!(own["record"], checked["record"]);
}

#[test]
fn changed_file_or_receipt_fails_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, phrase) = kiosk_with_lead(folder.path());
    let out = folder.path().join("out");
    let receipt = export(&kiosk, &phrase, &out, &[]);
    let path = receipt["record"]["path"].as_str().unwrap();
    let key = receipt["record"]["public_key"].as_str().unwrap();
    fs::write(receipt["files"][0]["path"].as_str().unwrap(), "other").unwrap();
    let checked = verify(path, key);
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        String::from_utf8(checked.stderr)
            .unwrap()
            .contains("not what the kiosk wrote")
    );
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, text.replace("\"leads\":1", "\"leads\":9")).unwrap();
    let checked = verify(path, key);
    assert_eq!(checked.status.code(), Some(1));
    let printed = [checked.stdout, checked.stderr].concat();
    assert!(
        String::from_utf8(printed)
            .unwrap()
            .contains("changed after the kiosk signed it")
    );
}

#[test]
fn second_export_can_be_of_new_leads_only() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, phrase) = kiosk_with_lead(folder.path());
    let out = folder.path().join("out");
    export(&kiosk, &phrase, &out, &["--new", "--initials", "AB"]);
    let nothing = kiosk.output(words(&phrase, &out, &["--new"]), "").unwrap();
    assert_eq!(nothing.status.code(), Some(1));
    kiosk.add_lead(LEAD).unwrap();
    let second = export(&kiosk, &phrase, &out, &["--new", "--format", "csv"]);
    assert_eq!(second["leads"], json!(1));
    assert_eq!(second["previous"][0]["initials"], json!("AB"));
    let left = fs::read_dir(&out).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|entry| entry.path().extension().unwrap() != "part")
    );
}
