//! The data folder becomes read-only, as a disk does after an error.

use acceptance::programs::{Kiosk, PASSPHRASE};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

const LEAD: &str =
    r#"{"name":"Test Visiteur","phone":"+33612345678","language":"fr","consents":{"call":true}}"#;

/// A disk in memory; dropping it unmounts it.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let disk = mount(&["-t", "tmpfs", "-o", "size=96m", "tmpfs"], folder.path());
        disk.then_some(Self(folder))
    }

    fn make_read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], self.0.path()));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.0.path()).output());
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let mut mount = Command::new("mount");
    let done = mount.args(arguments).arg(folder).output();
    done.is_ok_and(|done| done.status.success())
}

/// Runs this test again in a namespace where mounting is allowed.
fn run_in_namespace(test: &str) {
    assert!(std::env::var_os("IN_NAME_SPACE").is_none());
    let again = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("IN_NAME_SPACE", "1")
        .output()
        .unwrap();
    assert!(
        again.status.success(),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
}

/// The first line of JSON that a command prints, and its exit code.
fn json_of(kiosk: &Kiosk, words: &[&str], input: &str) -> (Value, Option<i32>) {
    let output = kiosk.output(words, input).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().next().unwrap_or_default();
    (
        serde_json::from_str(line).unwrap_or_default(),
        output.status.code(),
    )
}

#[test]
fn read_only_kiosk_says_so_and_exports() {
    let Some(disk) = Disk::mount() else {
        return run_in_namespace("read_only::read_only_kiosk_says_so_and_exports");
    };
    let kiosk = Kiosk::demonstration(&disk.0.path().join("kiosk")).unwrap();
    kiosk.add_lead(LEAD).unwrap();
    disk.make_read_only();
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(1));
    let (findings, code) = json_of(&kiosk, &["doctor"], "");
    assert_eq!(code, Some(1));
    assert!(findings.to_string().contains("disk_not_writable"), "{findings}");
    let (refused, code) = json_of(&kiosk, &["lead", "add", "-"], LEAD);
    assert_eq!((&refused["error"]["code"], code), (&json!("storage"), Some(1)));

    let out = tempfile::tempdir().unwrap();
    let phrase = out.path().join("phrase");
    fs::write(&phrase, PASSPHRASE).unwrap();
    let (phrase, folder) = (phrase.display().to_string(), out.path().display().to_string());
    let words = [
        "export",
        "--format",
        "csv",
        "--passphrase-file",
        &phrase,
        "--out",
        &folder,
    ];
    let receipt = kiosk.run(words).unwrap();
    assert_eq!(receipt["leads"], json!(1));
    let text = fs::read_to_string(receipt["files"][0]["path"].as_str().unwrap()).unwrap();
    assert!(text.contains("Test Visiteur"));
}

/// The catalogue and the leads of an older version: the copy is migrated, not the file.
#[test]
fn catalogue_is_shown_on_a_read_only_disk() {
    let Some(disk) = Disk::mount() else {
        return run_in_namespace("read_only::catalogue_is_shown_on_a_read_only_disk");
    };
    let kiosk = Kiosk {
        folder: disk.0.path().join("kiosk"),
    };
    let old = acceptance::programs::repository().join("tests/faults/formats/kiosk");
    acceptance::catalogue::copy_folder(&old, &kiosk.folder).unwrap();
    acceptance::programs::own_folders(&kiosk.home()).unwrap();
    disk.make_read_only();
    let found = kiosk.run(["catalogue", "search", "dersa"]).unwrap();
    assert!(found.to_string().contains("TET-DERSA"), "{found}");
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(3));
}
