//! Data folders, platform stores and bundles written by an earlier version still open.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::catalogue::copy_folder;
use acceptance::programs::{Kiosk, PASSPHRASE, Platform, repository};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const CATALOGUE_VERSION: u64 = 1_790_000_000;

fn formats() -> PathBuf {
    repository().join("tests/faults/formats")
}

/// A copy of the data folder, which the programs may migrate.
fn kiosk(folder: &Path) -> Kiosk {
    let kiosk = Kiosk {
        folder: folder.join("kiosk"),
    };
    copy_folder(&formats().join("kiosk"), &kiosk.folder).unwrap();
    kiosk
}

/// A copy of the platform's store.
fn platform(folder: &Path) -> Platform {
    copy_folder(&formats().join("platform"), &folder.join("platform")).unwrap();
    Platform::new(&folder.join("platform")).unwrap()
}

fn names(leads: &[Value]) -> Vec<&str> {
    leads.iter().filter_map(|lead| lead["name"].as_str()).collect()
}

#[test]
fn an_old_data_folder_keeps_its_leads_and_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = kiosk(folder.path());
    let status = kiosk.run(["status"]).unwrap();
    assert_eq!(
        (&status["leads"], &status["waiting"], &status["kiosk"]),
        (&json!(3), &json!(1), &json!("K01"))
    );
    let found = kiosk.run(["catalogue", "search", "dersa"]).unwrap();
    assert!(found.to_string().contains("TET-DERSA"), "{found}");
    let log = kiosk.run(["audit"]).unwrap();
    assert_eq!(log[0]["act"], json!("exported"), "{log}");
}

#[test]
fn leads_of_an_old_data_folder_can_be_exported() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = kiosk(folder.path());
    let phrase = folder.path().join("phrase.txt");
    fs::write(&phrase, PASSPHRASE).unwrap();
    let out = folder.path().join("exports");
    let arguments = [
        "export",
        "--format",
        "csv",
        "--passphrase-file",
        phrase.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let receipt = kiosk.run(arguments).unwrap();
    assert_eq!((&receipt["leads"], &receipt["unopened"]), (&json!(3), &json!(0)));
    let text = fs::read_to_string(receipt["files"][0]["path"].as_str().unwrap()).unwrap();
    for name in [
        "Test Before Enrolment",
        "Test Sent",
        "زائر تجريبي",
        "+33612345672",
        // The former form of an interest.
        "TET-DERSA",
    ] {
        assert!(text.contains(name), "{name} is missing");
    }
}

#[test]
fn a_lead_waiting_in_an_old_data_folder_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = kiosk(folder.path());
    let mut platform = platform(folder.path());
    assert_eq!(
        names(&platform.leads().unwrap()),
        ["Test Before Enrolment", "Test Sent"]
    );
    // Their records hold the former form of an interest.
    for lead in platform.leads().unwrap() {
        assert_eq!(lead["interests"], json!([{"project": "TET-DERSA"}]));
    }
    // The data folder knows the port of a platform that no longer runs.
    platform.start().unwrap();
    kiosk.enrol(&platform).unwrap();
    let report = kiosk.run(["sync", "--once"]).unwrap();
    assert_eq!(
        (&report["state"], &report["sent"], &report["waiting"]),
        (&json!("ok"), &json!(1), &json!(0)),
        "{report}"
    );
    assert_eq!(
        names(&platform.leads().unwrap()),
        ["Test Before Enrolment", "Test Sent", "زائر تجريبي"]
    );
}

#[test]
fn an_old_bundle_verifies_and_can_be_installed() {
    let folder = tempfile::tempdir().unwrap();
    let bundle = formats().join("catalogue.bundle");
    let kiosk = Kiosk::with_catalogue(folder.path(), |event| event, &bundle).unwrap();
    let status = kiosk.run(["status"]).unwrap();
    assert!(
        status.to_string().contains(&CATALOGUE_VERSION.to_string()),
        "{status}"
    );
}
