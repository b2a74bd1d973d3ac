//! The first start of a packaged kiosk: the set-up without a keyboard, the screen and the opening hours, with stand-ins for
//! the screen.

use crate::package::{script, search_path, stand_in, text};
use acceptance::programs::{Kiosk, PASSPHRASE, PIN, program, repository};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn user() -> String {
    let id = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_owned()
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
        self.set_up_with(&program("expo-kiosk").unwrap())
    }

    /// The set-up in a process group of its own.
    fn set_up_with(&self, program: &Path) -> Output {
        Command::new(script("kiosk/setup"))
            .process_group(0)
            .env("EXPO_PROGRAM", program)
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
    let bundle = program("expo-kiosk")
        .unwrap()
        .with_file_name("demo-catalogue.bundle");
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
    assert!(
        machine
            .screen()
            .contains("Plug in a USB stick with the file event.toml")
    );
    let file = machine.path("etc/event.toml");
    let wrong = event().replace("starts_on", "start_on");
    fs::write(&file, &wrong).unwrap();
    let refused = machine.set_up();
    assert_eq!(refused.status.code(), Some(1));
    for shown in [machine.screen(), text(&refused.stderr)] {
        assert!(
            shown.contains("start_on") && shown.contains("Nothing was changed"),
            "{shown}"
        );
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
    let bundle = program("expo-kiosk")
        .unwrap()
        .with_file_name("demo-catalogue.bundle");
    fs::copy(bundle, stick.join("catalogue.bundle")).unwrap();
    let done = machine.set_up();
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(
        machine.screen().contains("delete event.toml"),
        "{}",
        machine.screen()
    );
    assert!(machine.status().unwrap()["catalogue"]["projects"].as_u64() > Some(0));
    // The set-up of a kiosk that an operator has set up by hand changes nothing.
    fs::remove_file(machine.path("state/ready")).unwrap();
    let before = machine.status().unwrap()["stop"].clone();
    assert!(machine.set_up().status.success());
    assert_eq!(machine.status().unwrap()["stop"], before);
    assert!(machine.path("state/ready").exists());
}

/// The power is cut right after a step: the set-up is killed with all its processes.
#[test]
fn interrupted_set_up_is_finished_by_the_next_one() {
    for (folder, step) in [
        ("etc", "provision"),
        ("etc", "catalogue import"),
        ("media/USB-sdb1", "provision"),
    ] {
        let machine = NewMachine::new();
        let event_file = machine.path(folder).join("event.toml");
        fs::write(&event_file, event()).unwrap();
        let bundle = program("expo-kiosk")
            .unwrap()
            .with_file_name("demo-catalogue.bundle");
        symlink(bundle, machine.path(folder).join("catalogue.bundle")).unwrap();
        let killed = machine.path("killed");
        let real = program("expo-kiosk").unwrap();
        let kill = format!("case \"$*\" in *' {step} '*) kill -KILL 0 ;; esac");
        stand_in(&killed, &format!("'{}' \"$@\" || exit\n{kill}", real.display()));
        assert_eq!(machine.set_up_with(&killed).status.code(), None, "{step}");
        assert!(!machine.path("state/ready").exists());

        let finished = machine.set_up();
        assert!(finished.status.success(), "{}", text(&finished.stderr));
        assert!(machine.path("state/ready").exists());
        let secrets_are_left = machine.path("etc/event.toml").exists();
        assert!(!secrets_are_left, "killed after {step}");
        let status = machine.status().unwrap();
        assert!(status["catalogue"]["projects"].as_u64() > Some(0), "{status}");
    }
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
    let output = Command::new(script("kiosk/session"))
        .env("PATH", search_path(&at("bin")))
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
        for settings in [
            &[][..],
            &[("EXPO_OUTPUT", ""), ("EXPO_ROTATION", "0"), ("EXPO_MODE", "")],
        ] {
            assert_eq!(session(usage, settings), (plain.clone(), String::new()));
        }
    }
    let settings = [("EXPO_OUTPUT", "HDMI-A-1"), ("EXPO_ROTATION", "270")];
    let (calls, _) = session(OLD_CAGE, &settings);
    assert_eq!(
        calls,
        format!("cage -d -r -r -r -- SESSION --inside\n{KIOSK_CALL}")
    );
    let settings = [settings[0], settings[1], ("EXPO_MODE", "1080x1920")];
    let (calls, _) = session(NEW_CAGE, &settings);
    let turned = "wlr-randr --output HDMI-A-1 --mode 1080x1920 --transform 270\n";
    assert_eq!(
        calls,
        format!("cage -d -- SESSION --inside\n{turned}{KIOSK_CALL}")
    );
}

#[test]
fn kiosk_starts_although_the_settings_of_the_screen_are_wrong() {
    for (usage, settings, problem) in [
        (
            OLD_CAGE,
            [("EXPO_OUTPUT", ""), ("EXPO_ROTATION", "45")],
            "EXPO_ROTATION=45",
        ),
        (
            NEW_CAGE,
            [("EXPO_OUTPUT", ""), ("EXPO_ROTATION", "90")],
            "EXPO_OUTPUT is missing",
        ),
        (
            NEW_CAGE,
            [("EXPO_OUTPUT", "WRONG-1"), ("EXPO_ROTATION", "90")],
            "--output WRONG-1",
        ),
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
    for (hours, closes, opens) in [
        ("09:30-19:00", "19:00:00", "09:30:00"),
        ("\"20:00-02:00\"", "02:00:00", "20:00:00"),
    ] {
        let (timers, errors) = timers(hours);
        assert_eq!(errors, "");
        let [(close, closing), (open, opening)] = timers.as_slice() else {
            panic!("{timers:?}")
        };
        assert_eq!(
            (close.as_str(), open.as_str()),
            ("expo-kiosk-close.timer", "expo-kiosk-open.timer")
        );
        assert!(
            closing.contains(&format!("OnCalendar=*-*-* {closes}\n")),
            "{closing}"
        );
        assert!(closing.contains("Unit=expo-kiosk-closed.service\n"), "{closing}");
        assert!(
            opening.contains(&format!("OnCalendar=*-*-* {opens}\n")),
            "{opening}"
        );
        assert!(opening.contains("Unit=expo-kiosk.service\n"), "{opening}");
        // A restart of the kiosk starts them, as kiosk.conf says.
        let unit = fs::read_to_string(script("kiosk/50-package.conf")).unwrap();
        assert!(unit.contains(&format!("\nWants={open} {close}\n")), "{unit}");
    }
    assert_eq!(timers(""), (vec![], String::new()));
    for wrong in [
        "9-19",
        "09:30",
        "24:00-10:00",
        "09:00-09:00",
        "09:30-19:00;reboot",
    ] {
        let (timers, errors) = timers(wrong);
        assert!(
            timers.is_empty() && errors.contains("expected two times"),
            "{wrong}: {errors}"
        );
    }
}
