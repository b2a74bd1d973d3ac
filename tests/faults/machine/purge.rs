//! What removal, purge and a new installation of the kiosk's package do with leads, whatever the machine went through.

use crate::package::{Installed, script, search_path, stand_in, text};
use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// The status of a kiosk without unsent leads.
const ALL_SENT: &str = r#"{"waiting":0,"staff_only":0,"set_aside":0,"quarantined":0,"unreadable":0}"#;

/// An installed package whose program prints this status.
fn with_status(status: &str) -> Installed {
    let installed = Installed::new();
    let program = installed.root.path().join("usr/bin/expo-kiosk");
    fs::remove_file(&program).unwrap();
    stand_in(&program, &format!("echo '{status}'"));
    installed
}

/// Whether the leads and the settings are left.
fn is_kept(installed: &Installed) -> bool {
    let left = ["var/lib/expo-kiosk/data/leads.db", "etc/expo-kiosk"].map(|path| {
        let path = installed.root.path().join(path);
        path.exists()
    });
    assert_eq!(left[0], left[1]);
    left[0]
}

#[test]
fn purge_keeps_leads_the_platform_could_not_read() {
    let installed = with_status(ALL_SENT);
    installed.remove_and_purge();
    assert!(!is_kept(&installed));

    let installed = with_status(&ALL_SENT.replace(r#""quarantined":0"#, r#""quarantined":1"#));
    let printed = installed.remove_and_purge();
    assert!(
        printed.contains("1 that the platform could not read"),
        "{printed}"
    );
    assert!(is_kept(&installed));

    // The status of an earlier program.
    let installed = with_status(&ALL_SENT.replace(r#""quarantined":0,"#, ""));
    let printed = installed.remove_and_purge();
    assert!(printed.contains("it is not known"), "{printed}");
    assert!(is_kept(&installed));
}

#[test]
fn purge_keeps_leads_taken_after_the_removal() {
    for file in ["leads.db", "leads.db-wal"] {
        let installed = with_status(ALL_SENT);
        installed.run("prerm", "remove");
        // Another installation uses the same folder.
        let file = installed.kiosk.folder.join(file);
        let leads = File::options().append(true).create(true).open(&file).unwrap();
        let later = SystemTime::now() + Duration::from_mins(1);
        leads.set_modified(later).unwrap();
        let printed = installed.run("postrm", "purge");
        assert!(printed.contains("was changed after the removal"), "{printed}");
        assert!(is_kept(&installed));
    }
}

#[test]
fn purge_trusts_no_record_of_an_earlier_removal() {
    let installed = with_status(ALL_SENT);
    installed.run("prerm", "remove");
    // The shell that writes the record does not start.
    stand_in(&installed.root.path().join("stand-ins/sh"), "exit 1");
    let printed = installed.remove_and_purge();
    assert!(printed.contains("it is not known"), "{printed}");
    assert!(is_kept(&installed));
}

#[test]
fn purge_knows_a_kiosk_without_set_up_by_its_missing_leads() {
    let refused = r#"{"error":{"code":"not_provisioned","message":"this kiosk is not set up"}}"#;
    let installed = with_status(refused);
    let printed = installed.remove_and_purge();
    assert!(printed.contains("it is not known"), "{printed}");
    assert!(is_kept(&installed));

    let installed = Installed::new();
    fs::remove_dir_all(&installed.kiosk.folder).unwrap();
    fs::create_dir(&installed.kiosk.folder).unwrap();
    installed.remove_and_purge();
    assert!(!installed.kiosk.folder.exists() && !is_kept(&installed));
}

/// What the configuration of a package, installed before, asks of systemd.
fn configured(active: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for program in ["systemd-sysusers", "systemd-tmpfiles", "install", "udevadm"] {
        stand_in(&at("stand-ins").join(program), "");
    }
    let record = format!("echo \"$*\" >>'{}'", at("calls").display());
    let answer = format!("case \"$*\" in *'is-active {active}') ;; *is-active*) exit 3 ;; esac");
    stand_in(&at("stand-ins/systemctl"), &format!("{record}\n{answer}"));
    let output = Command::new(script("kiosk/postinst"))
        .args(["configure", "0.1.0"])
        .env_remove("DPKG_ROOT")
        .env("EXPO_SYSTEMD", folder.path())
        .env("PATH", search_path(&at("stand-ins")))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    fs::read_to_string(at("calls")).unwrap()
}

#[test]
fn kiosk_that_was_removed_starts_when_it_is_installed_again() {
    let start = "--no-block start expo-kiosk-setup.service expo-kiosk.service\n";
    assert!(configured("nothing").ends_with(start));
    // An update leaves the open kiosk alone, and does not open a closed one.
    for active in ["expo-kiosk.service", "expo-kiosk-closed.service"] {
        let calls = configured(active);
        assert!(!calls.contains(" start "), "{calls}");
    }
}
