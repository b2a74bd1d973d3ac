//! The Debian packages: what their scripts do to a machine, with stand-ins for the screen and the real kiosk.

use acceptance::programs::{Kiosk, PASSPHRASE, PIN, program, repository};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn script(name: &str) -> PathBuf {
    repository().join("scripts/package").join(name)
}

fn user() -> String {
    let id = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An executable shell script.
fn stand_in(path: &Path, body: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A machine before its first set-up.
struct NewMachine {
    root: TempDir,
}

impl NewMachine {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["etc", "media/USB-sdb1", "state"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn set_up(&self) -> Output {
        Command::new(script("kiosk/setup"))
            .env("EXPO_PROGRAM", program("expo-kiosk").unwrap())
            .env("EXPO_STATE", self.path("state"))
            .env("EXPO_ETC", self.path("etc"))
            .env("EXPO_MEDIA", self.path("media"))
            .env("EXPO_SCREEN", self.path("screen"))
            .env("EXPO_USER", user())
            .output()
            .unwrap()
    }

    fn screen(&self) -> String {
        fs::read_to_string(self.path("screen")).unwrap()
    }

    fn status(&self) -> Option<Value> {
        let kiosk = Kiosk {
            folder: self.path("state/data"),
        };
        kiosk.run(["status"]).ok()
    }
}

/// The event file of the demonstration with its secrets.
fn event() -> String {
    let demo = repository().join("assets/demo");
    let bundle = program("expo-kiosk").unwrap().with_file_name("demo-catalogue.bundle");
    let verified = Command::new(program("expo-kiosk").unwrap())
        .args(["bundle", "verify", "--json"])
        .arg(bundle)
        .arg("--key")
        .arg(demo.join("publisher.key"))
        .output()
        .unwrap();
    let verified: Value = serde_json::from_slice(&verified.stdout).unwrap();
    let key = verified["public_key"].as_str().unwrap();
    let stop = fs::read_to_string(demo.join("event.toml")).unwrap();
    format!("pin = \"{PIN}\"\npassphrase = \"{PASSPHRASE}\"\npublisher_key = \"{key}\"\n{stop}")
}

#[test]
fn mistake_of_an_event_file_is_shown_and_changes_nothing() {
    let machine = NewMachine::new();
    let waiting = machine.set_up();
    assert_eq!(waiting.status.code(), Some(1));
    assert!(machine.screen().contains("Plug in a USB stick with the file event.toml"));
    let file = machine.path("etc/event.toml");
    let wrong = event().replace("starts_on", "start_on");
    fs::write(&file, &wrong).unwrap();
    let refused = machine.set_up();
    assert_eq!(refused.status.code(), Some(1));
    for shown in [machine.screen(), text(&refused.stderr)] {
        assert!(shown.contains("start_on") && shown.contains("Nothing was changed"), "{shown}");
        assert!(!shown.contains(PIN) && !shown.contains(PASSPHRASE), "{shown}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), wrong);
    assert!(machine.status().is_none() && !machine.path("state/ready").exists());
    fs::write(&file, event()).unwrap();
    let done = machine.set_up();
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(machine.status().is_some() && machine.path("state/ready").exists());
    assert!(!file.exists(), "it holds the PIN and the passphrase");
}

#[test]
fn stick_sets_the_kiosk_up_with_its_catalogue() {
    let machine = NewMachine::new();
    let stick = machine.path("media/USB-sdb1");
    fs::write(stick.join("event.toml"), event()).unwrap();
    let bundle = program("expo-kiosk").unwrap().with_file_name("demo-catalogue.bundle");
    fs::copy(bundle, stick.join("catalogue.bundle")).unwrap();
    let done = machine.set_up();
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(machine.screen().contains("delete event.toml"), "{}", machine.screen());
    assert!(machine.status().unwrap()["catalogue"]["projects"].as_u64() > Some(0));
    // The set-up of a kiosk that an operator has set up by hand changes nothing.
    fs::remove_file(machine.path("state/ready")).unwrap();
    let before = machine.status().unwrap()["stop"].clone();
    assert!(machine.set_up().status.success());
    assert_eq!(machine.status().unwrap()["stop"], before);
    assert!(machine.path("state/ready").exists());
}

/// Runs the session with stand-ins for cage, which lists its options as `usage`, and wlr-randr. Returns what they and
/// the kiosk were called with, and the errors.
fn session(usage: &str, settings: &[(&str, &str)]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let calls = at("calls");
    let record = format!("echo \"${{0##*/}} $*\" >>'{}'", calls.display());
    let run_last = "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"";
    let cage = format!("[ \"$1\" != -h ] || {{ echo '{usage}'; exit 0; }}\n{record}\n{run_last}");
    stand_in(&at("bin/cage"), &cage);
    stand_in(&at("bin/wlr-randr"), &format!("{record}\n[ \"$2\" != WRONG-1 ]"));
    stand_in(&at("expo-kiosk"), &record);
    let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap());
    let output = Command::new(script("kiosk/session"))
        .env("PATH", path)
        .env("EXPO_PROGRAM", at("expo-kiosk"))
        .env("EXPO_DATA", "/data")
        .envs(settings.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let calls = fs::read_to_string(calls).unwrap();
    let session = script("kiosk/session").display().to_string();
    (calls.replace(&session, "SESSION"), text(&output.stderr))
}

const OLD_CAGE: &str = "Usage: cage [OPTIONS]\n -r\t Rotate the output 90 degrees clockwise";
const NEW_CAGE: &str = "Usage: cage [OPTIONS]\n -s\t Allow VT switching";
const KIOSK_CALL: &str = "expo-kiosk --data-dir /data\n";

#[test]
fn screen_is_turned_with_old_and_new_versions_of_cage() {
    let plain = format!("cage -d -- SESSION --inside\n{KIOSK_CALL}");
    for usage in [OLD_CAGE, NEW_CAGE] {
        assert_eq!(session(usage, &[]), (plain.clone(), String::new()));
    }
    let settings = [("EXPO_OUTPUT", "HDMI-A-1"), ("EXPO_ROTATION", "270")];
    let (calls, _) = session(OLD_CAGE, &settings);
    assert_eq!(calls, format!("cage -d -r -r -r -- SESSION --inside\n{KIOSK_CALL}"));
    let settings = [settings[0], settings[1], ("EXPO_MODE", "1080x1920")];
    let (calls, _) = session(NEW_CAGE, &settings);
    let turned = "wlr-randr --output HDMI-A-1 --mode 1080x1920 --transform 270\n";
    assert_eq!(calls, format!("cage -d -- SESSION --inside\n{turned}{KIOSK_CALL}"));
}

#[test]
fn kiosk_starts_although_the_settings_of_the_screen_are_wrong() {
    for (usage, settings, problem) in [
        (OLD_CAGE, [("EXPO_OUTPUT", ""), ("EXPO_ROTATION", "45")], "EXPO_ROTATION=45"),
        (NEW_CAGE, [("EXPO_OUTPUT", ""), ("EXPO_ROTATION", "90")], "EXPO_OUTPUT is missing"),
        (NEW_CAGE, [("EXPO_OUTPUT", "WRONG-1"), ("EXPO_ROTATION", "90")], "--output WRONG-1"),
    ] {
        let (calls, errors) = session(usage, &settings);
        assert!(calls.ends_with(KIOSK_CALL), "{calls}");
        assert!(errors.contains(problem), "{errors}");
    }
}

/// The timers that the generator makes, by name.
fn timers(hours: &str) -> (Vec<(String, String)>, String) {
    let folder = tempfile::tempdir().unwrap();
    let (conf, units) = (folder.path().join("kiosk.conf"), folder.path().join("units"));
    fs::create_dir(&units).unwrap();
    fs::write(&conf, format!("# comment\nEXPO_ROTATION=0\nEXPO_HOURS={hours}\n")).unwrap();
    let output = Command::new(script("kiosk/hours-generator"))
        .arg(&units)
        .env("EXPO_CONF", &conf)
        .output()
        .unwrap();
    assert!(output.status.success(), "a generator that fails delays the start");
    let files = fs::read_dir(&units).unwrap().flatten();
    let files = files.filter(|entry| entry.path().is_file());
    let mut timers: Vec<(String, String)> = files
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let wanted = units.join("timers.target.wants").join(&name);
            assert!(wanted.exists(), "{name} is not started");
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    timers.sort();
    (timers, text(&output.stderr))
}

#[test]
fn opening_hours_become_timers() {
    for (hours, closes, opens) in [("09:30-19:00", "19:00:00", "09:30:00"), ("\"20:00-02:00\"", "02:00:00", "20:00:00")] {
        let (timers, errors) = timers(hours);
        assert_eq!(errors, "");
        let [(close, closing), (open, opening)] = timers.as_slice() else {
            panic!("{timers:?}")
        };
        assert_eq!((close.as_str(), open.as_str()), ("expo-kiosk-close.timer", "expo-kiosk-open.timer"));
        assert!(closing.contains(&format!("OnCalendar=*-*-* {closes}\n")), "{closing}");
        assert!(closing.contains("Unit=expo-kiosk-closed.service\n"), "{closing}");
        assert!(opening.contains(&format!("OnCalendar=*-*-* {opens}\n")), "{opening}");
        assert!(opening.contains("Unit=expo-kiosk.service\n"), "{opening}");
    }
    assert_eq!(timers(""), (vec![], String::new()));
    for wrong in ["9-19", "09:30", "24:00-10:00", "09:00-09:00", "09:30-19:00;reboot"] {
        let (timers, errors) = timers(wrong);
        assert!(timers.is_empty() && errors.contains("expected two times"), "{wrong}: {errors}");
    }
}

/// An installed package in a folder, with the data folder of a kiosk.
struct Installed {
    root: TempDir,
    kiosk: Kiosk,
}

impl Installed {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let kiosk = Kiosk {
            folder: root.path().join("var/lib/expo-kiosk/data"),
        };
        fs::create_dir_all(kiosk.folder.parent().unwrap()).unwrap();
        fs::create_dir_all(root.path().join("etc/expo-kiosk")).unwrap();
        fs::create_dir_all(root.path().join("usr/bin")).unwrap();
        symlink(program("expo-kiosk").unwrap(), root.path().join("usr/bin/expo-kiosk")).unwrap();
        kiosk.run(["provision", "--demo"]).unwrap();
        Self { root, kiosk }
    }

    /// Runs a script as dpkg does and returns what it prints.
    fn run(&self, name: &str, argument: &str) -> String {
        let output = Command::new(script("kiosk").join(name))
            .arg(argument)
            .env("DPKG_ROOT", self.root.path())
            .output()
            .unwrap();
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{printed}");
        printed
    }

    fn remove_and_purge(&self) -> String {
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
    assert!(printed.contains("not known whether all leads were sent"), "{printed}");
    assert!(leads.exists());
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

#[test]
fn every_file_of_the_package_exists() {
    let conf = fs::read_to_string(repository().join("tauri.conf.json")).unwrap();
    let conf: Value = serde_json::from_str(&conf).unwrap();
    let deb = &conf["bundle"]["linux"]["deb"];
    for (target, source) in deb["files"].as_object().unwrap() {
        let source = source.as_str().unwrap();
        // 'make licences' writes this one.
        if source.starts_with("target/") {
            continue;
        }
        let metadata = fs::metadata(repository().join(source)).unwrap_or_else(|e| panic!("{source}: {e}"));
        let is_program = target.starts_with("/usr/lib/expo-kiosk/") || target.contains("-generators/");
        assert_eq!(metadata.permissions().mode() & 0o111 != 0, is_program, "{source}");
        assert!(target.starts_with("/usr/"), "{target}: files in /etc would be overwritten by an update");
    }
    for name in ["postInstallScript", "preRemoveScript", "postRemoveScript"] {
        let source = repository().join(deb[name].as_str().unwrap());
        assert_ne!(fs::metadata(&source).unwrap().permissions().mode() & 0o111, 0, "{name}");
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
        let verified = Command::new("systemd-analyze").arg("verify").arg(&unit).output().unwrap();
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
        let output = Command::new("dpkg-deb").arg(option).arg(&package).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let listed = of_package("--contents");
    for (mode, file) in [
        ("-rwxr-xr-x root/root", "./usr/bin/expo-platform"),
        ("-rw-r--r-- root/root", "./usr/lib/systemd/system/expo-platform.service"),
        ("-rw-r----- root/root", "./etc/expo-platform/platform.env"),
        ("-rw-r--r-- root/root", "./usr/share/doc/expo-platform/examples/nginx.conf"),
    ] {
        let line = listed.lines().find(|line| line.ends_with(file));
        assert!(line.is_some_and(|line| line.starts_with(mode)), "{file}\n{listed}");
    }
    let control = of_package("--info");
    assert!(control.contains("Package: expo-platform") && control.contains("conffiles"), "{control}");
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
            assert!(content.lines().any(|line| line.starts_with("set -e")), "{:?}", entry.path());
            checked += 1;
        }
    }
    assert_eq!(checked, 10);
}
