//! The Debian packages: their files, and what removal and purge delete.

use crate::service::is_root;
use acceptance::programs::{Kiosk, program, repository};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub fn script(name: &str) -> PathBuf {
    repository().join("scripts/package").join(name)
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An executable shell script.
pub fn stand_in(path: &Path, body: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The search path of programs, with a folder of stand-ins before it.
pub fn search_path(stand_ins: &Path) -> String {
    format!("{}:{}", stand_ins.display(), std::env::var("PATH").unwrap())
}

/// An installed package in a folder, with the data folder of a kiosk.
pub struct Installed {
    pub root: TempDir,
    pub kiosk: Kiosk,
}

impl Installed {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let kiosk = Kiosk {
            folder: root.path().join("var/lib/expo-kiosk/data"),
        };
        fs::create_dir_all(kiosk.folder.parent().unwrap()).unwrap();
        fs::create_dir_all(root.path().join("etc/expo-kiosk")).unwrap();
        fs::create_dir_all(root.path().join("usr/bin")).unwrap();
        symlink(
            program("expo-kiosk").unwrap(),
            root.path().join("usr/bin/expo-kiosk"),
        )
        .unwrap();
        kiosk.run(["provision", "--demo"]).unwrap();
        Self { root, kiosk }
    }

    /// Runs a script as dpkg does and returns what it prints. Programs in the folder `stand-ins` replace those of the
    /// machine.
    pub fn run(&self, name: &str, argument: &str) -> String {
        let output = Command::new(script("kiosk").join(name))
            .arg(argument)
            .env("DPKG_ROOT", self.root.path())
            .env("PATH", search_path(&self.root.path().join("stand-ins")))
            .output()
            .unwrap();
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{printed}");
        printed
    }

    pub fn remove_and_purge(&self) -> String {
        self.run("prerm", "remove");
        self.run("postrm", "remove");
        assert!(self.kiosk.folder.exists(), "removal keeps the data");
        self.run("postrm", "purge")
    }
}

#[test]
fn purge_deletes_data_only_without_unsent_leads() {
    let installed = Installed::new();
    installed.remove_and_purge();
    assert!(!installed.root.path().join("var/lib/expo-kiosk").exists());
    assert!(!installed.root.path().join("etc/expo-kiosk").exists());

    let installed = Installed::new();
    let lead = r#"{"name":"Test Visiteur","phone":"+33612345678","language":"fr","country":"FR","interests":[],"consents":{"call":true}}"#;
    installed.kiosk.add_lead(lead).unwrap();
    let printed = installed.remove_and_purge();
    assert!(printed.contains("1 from before the enrolment"), "{printed}");
    assert!(printed.contains("nothing was deleted"), "{printed}");
    let status = installed.kiosk.run(["status"]).unwrap();
    assert_eq!(status["leads"], 1);
}

#[test]
fn purge_keeps_data_of_unknown_state() {
    let installed = Installed::new();
    let leads = installed.kiosk.folder.join("leads.db");
    fs::remove_file(installed.root.path().join("usr/bin/expo-kiosk")).unwrap();
    let printed = installed.remove_and_purge();
    assert!(
        printed.contains("not known whether all leads were sent"),
        "{printed}"
    );
    assert!(leads.exists());

    let installed = Installed::new();
    let damaged = installed.kiosk.folder.join("leads.damaged-20260213T090000Z.db");
    fs::write(&damaged, "a damaged file of leads").unwrap();
    let printed = installed.remove_and_purge();
    assert!(printed.contains("may hold leads"), "{printed}");
    assert!(damaged.exists());
}

#[test]
fn update_changes_no_data_and_no_settings() {
    let installed = Installed::new();
    for action in ["upgrade", "failed-upgrade", "deconfigure"] {
        installed.run("prerm", action);
        installed.run("postrm", action);
    }
    assert!(installed.kiosk.run(["status"]).is_ok());
    assert!(installed.root.path().join("etc/expo-kiosk").exists());
}

/// Needs root, because only root can give files to another user.
#[test]
fn package_creates_the_user_and_keeps_settings_at_an_update() {
    if !is_root() {
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path.trim_start_matches('/'));
    fs::create_dir_all(at("etc")).unwrap();
    for (target, source) in packaged_files() {
        fs::create_dir_all(at(&target).parent().unwrap()).unwrap();
        fs::copy(repository().join(source), at(&target)).unwrap();
    }
    let configure = || {
        let output = Command::new(script("kiosk/postinst"))
            .args(["configure", "0.1.0"])
            .env("DPKG_ROOT", root.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    configure();
    let users = fs::read_to_string(at("etc/passwd")).unwrap();
    assert!(
        users.contains(":/var/lib/expo-kiosk:/usr/sbin/nologin"),
        "{users}"
    );
    let mode = |path: &str| fs::metadata(at(path)).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode("var/lib/expo-kiosk"), 0o700);
    let wants = "etc/systemd/system/multi-user.target.wants";
    for unit in ["expo-kiosk.service", "expo-kiosk-setup.service"] {
        assert!(fs::symlink_metadata(at(wants).join(unit)).is_ok(), "{unit}");
    }
    let settings = at("etc/expo-kiosk/kiosk.conf");
    fs::write(&settings, "EXPO_ROTATION=90\n").unwrap();
    configure();
    assert_eq!(fs::read_to_string(&settings).unwrap(), "EXPO_ROTATION=90\n");
}

#[test]
fn purge_keeps_the_store_of_the_platform() {
    let root = tempfile::tempdir().unwrap();
    let store = root.path().join("var/lib/expo-platform/store");
    fs::create_dir_all(&store).unwrap();
    let purged = Command::new(script("platform/postrm"))
        .arg("purge")
        .env("DPKG_ROOT", root.path())
        .output()
        .unwrap();
    assert!(purged.status.success() && store.exists());
    assert!(text(&purged.stderr).contains("nothing was deleted"));
}

/// Path in the package and in the repository of each file that is not made by a command.
fn packaged_files() -> Vec<(String, String)> {
    let conf = fs::read_to_string(repository().join("tauri.conf.json")).unwrap();
    let conf: Value = serde_json::from_str(&conf).unwrap();
    let files = conf["bundle"]["linux"]["deb"]["files"].as_object().unwrap();
    let files = files.iter().map(|(target, source)| {
        let source = source.as_str().unwrap().to_owned();
        (target.clone(), source)
    });
    files
        .filter(|(_, source)| !source.starts_with("target/"))
        .collect()
}

#[test]
fn every_file_of_the_package_exists() {
    let conf = fs::read_to_string(repository().join("tauri.conf.json")).unwrap();
    let conf: Value = serde_json::from_str(&conf).unwrap();
    let deb = &conf["bundle"]["linux"]["deb"];
    for (target, source) in packaged_files() {
        let metadata = fs::metadata(repository().join(&source)).unwrap_or_else(|e| panic!("{source}: {e}"));
        let is_program = target.starts_with("/usr/lib/expo-kiosk/") || target.contains("-generators/");
        assert_eq!(metadata.permissions().mode() & 0o111 != 0, is_program, "{source}");
        assert!(
            target.starts_with("/usr/"),
            "{target}: files in /etc would be overwritten by an update"
        );
    }
    for name in ["postInstallScript", "preRemoveScript", "postRemoveScript"] {
        let source = repository().join(deb[name].as_str().unwrap());
        assert_ne!(
            fs::metadata(&source).unwrap().permissions().mode() & 0o111,
            0,
            "{name}"
        );
    }
}

/// As in `service.rs`: systemd knows all settings.
#[test]
fn units_of_the_packages_have_no_unknown_setting() {
    for unit in [
        "kiosk/expo-kiosk-setup.service",
        "kiosk/expo-kiosk-closed.service",
        "platform/expo-platform.service",
    ] {
        let unit = script(unit);
        let verified = Command::new("systemd-analyze")
            .arg("verify")
            .arg(&unit)
            .output()
            .unwrap();
        let name = unit.file_name().unwrap().to_str().unwrap();
        let stderr = text(&verified.stderr);
        let problems: Vec<&str> = stderr
            .lines()
            .filter(|line| line.contains(name) && !line.contains("is not executable"))
            .collect();
        assert!(problems.is_empty(), "{problems:?}");
    }
    let analysed = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--threshold=20"])
        .arg(script("platform/expo-platform.service"))
        .output()
        .unwrap();
    assert!(analysed.status.success(), "{}", text(&analysed.stdout));
}

#[test]
fn platform_package_has_its_files_and_protects_its_settings() {
    let folder = tempfile::tempdir().unwrap();
    let built = Command::new(script("platform.sh"))
        .arg("--program")
        .arg(program("expo-platform").unwrap())
        .arg("--out")
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", text(&built.stderr));
    let package = PathBuf::from(text(&built.stdout).trim());
    let of_package = |option: &str| {
        let output = Command::new("dpkg-deb")
            .arg(option)
            .arg(&package)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let listed = of_package("--contents");
    for (mode, file) in [
        ("-rwxr-xr-x root/root", "./usr/bin/expo-platform"),
        (
            "-rw-r--r-- root/root",
            "./usr/lib/systemd/system/expo-platform.service",
        ),
        ("-rw-r----- root/root", "./etc/expo-platform/platform.env"),
        (
            "-rw-r--r-- root/root",
            "./usr/share/doc/expo-platform/examples/nginx.conf",
        ),
    ] {
        let line = listed.lines().find(|line| line.ends_with(file));
        assert!(
            line.is_some_and(|line| line.starts_with(mode)),
            "{file}\n{listed}"
        );
    }
    let control = of_package("--info");
    assert!(
        control.contains("Package: expo-platform") && control.contains("conffiles"),
        "{control}"
    );
}

#[test]
fn scripts_of_the_packages_have_no_syntax_error() {
    let mut checked = 0;
    for folder in ["kiosk", "platform"] {
        for entry in fs::read_dir(script(folder)).unwrap().flatten() {
            let content = fs::read_to_string(entry.path()).unwrap();
            let shell = match content.lines().next() {
                Some("#!/bin/sh") => "sh",
                Some("#!/usr/bin/env bash") => "bash",
                _ => continue,
            };
            let parsed = Command::new(shell).arg("-n").arg(entry.path()).output().unwrap();
            assert!(parsed.status.success(), "{}", text(&parsed.stderr));
            assert!(
                content.lines().any(|line| line.starts_with("set -e")),
                "{:?}",
                entry.path()
            );
            checked += 1;
        }
    }
    assert_eq!(checked, 10);
}
