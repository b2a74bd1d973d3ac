//! Command-line tests with the real programs: no lead is lost, counted twice or readable on the disk; the catalogue is
//! always one complete, signed version; exported files open with public tools.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::catalogue::write_one_project_source;
use acceptance::programs::{Kiosk, LoginPage, PASSPHRASE, Platform, program, repository};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

const NAME: &str = "Zzcanary Testvisiteur";
const ARABIC: &str = "زائر تجريبي";
const PHONE: &str = "+33612345678";

fn lead(name: &str) -> String {
    json!({ "name": name, "phone": PHONE, "language": "fr", "country": "FR", "interests": ["TET-DERSA"],
            "consents": { "call": true } })
    .to_string()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// An enrolled demonstration kiosk and its serving platform.
fn enrolled(folder: &Path) -> (Kiosk, Platform) {
    let kiosk = Kiosk::demonstration(&folder.join("kiosk")).unwrap();
    let mut platform = Platform::new(&folder.join("platform")).unwrap();
    platform.start().unwrap();
    kiosk.enrol(&platform).unwrap();
    (kiosk, platform)
}

/// Runs a command and returns its exit code and standard error.
fn stderr(kiosk: &Kiosk, words: &[&str], input: &str) -> (Option<i32>, String) {
    let output = kiosk.output(strings(words), input).unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn offline_lead_arrives_and_counts_once_when_resent() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, mut platform) = enrolled(folder.path());
    platform.stop();
    kiosk.add_lead(&lead(NAME)).unwrap();
    let offline = kiosk.run(["sync", "--once"]).unwrap();
    assert_eq!(
        (&offline["state"], &offline["waiting"]),
        (&json!("offline"), &json!(1))
    );
    // Simulates a lost receipt: restores the kiosk's database to the state before sending.
    let database = kiosk.folder.join("leads.db");
    let before = fs::read(&database).unwrap();
    platform.start().unwrap();
    let sent = kiosk.run(["sync", "--once"]).unwrap();
    assert_eq!((&sent["sent"], &sent["waiting"]), (&json!(1), &json!(0)));
    for file in ["leads.db-wal", "leads.db-shm"] {
        let _ = fs::remove_file(kiosk.folder.join(file));
    }
    fs::write(&database, before).unwrap();
    let again = kiosk.run(["sync", "--once"]).unwrap();
    assert_eq!(
        (&again["sent"], &again["duplicates"]),
        (&json!(0), &json!(1)),
        "{again}"
    );
    let leads = platform.leads().unwrap();
    assert_eq!(leads.len(), 1);
    assert_eq!(
        (&leads[0]["name"], &leads[0]["phone"]),
        (&json!(NAME), &json!(PHONE))
    );
}

#[test]
fn unit_of_a_lead_reaches_the_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, platform) = enrolled(folder.path());
    let mut about_unit: Value = serde_json::from_str(&lead(NAME)).unwrap();
    about_unit["interests"] = json!([{"project": "TET-DERSA", "unit": "TET-DERSA-G1-01"}]);
    kiosk.add_lead(&about_unit.to_string()).unwrap();
    kiosk.run(["sync", "--once"]).unwrap();
    let leads = platform.leads().unwrap();
    let interest = &leads[0]["interests"][0];
    assert_eq!(
        (&interest["unit"], &interest["unit_number"]),
        (&json!("TET-DERSA-G1-01"), &json!("A-002")),
        "{interest}"
    );
    assert_eq!(interest["unit_surface_dm2"], json!(5_210));
}

#[test]
fn refused_enrolment_code_names_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let mut platform = Platform::new(&folder.path().join("platform")).unwrap();
    platform.start().unwrap();
    let code = platform.run(["enrolment-code"]).unwrap()["code"].clone();
    let code = code.as_str().unwrap();
    let address = platform.address();
    let enrol = |code: &str| {
        kiosk
            .output(["enrol", "--platform", &address, "--code", code], "")
            .unwrap()
    };
    assert!(enrol(code).status.success());
    for (code, reason) in [
        (code, "used before"),
        ("AAAA-BBBB-CCCC", "does not know this code"),
    ] {
        let refused = enrol(code);
        let sentence = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{sentence}");
        assert!(
            sentence.contains(reason) && !sentence.contains("automatically"),
            "{sentence}"
        );
    }
}

#[test]
fn leads_taken_before_enrolment_reach_the_platform() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    kiosk.add_lead(&lead(NAME)).unwrap();
    assert_eq!(kiosk.run(["status"]).unwrap()["staff_only"], json!(1));
    let mut platform = Platform::new(&folder.path().join("platform")).unwrap();
    platform.start().unwrap();
    assert_eq!(kiosk.enrol(&platform).unwrap()["resealed"], json!(1));
    assert_eq!(kiosk.run(["sync", "--once"]).unwrap()["sent"], json!(1));
    assert_eq!(platform.leads().unwrap()[0]["name"], json!(NAME));
}

#[test]
fn login_page_is_detected_and_the_lead_waits() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, mut platform) = enrolled(folder.path());
    platform.stop();
    kiosk.add_lead(&lead(NAME)).unwrap();
    let page = LoginPage::serve(platform.port()).unwrap();
    let report = kiosk.run(["sync", "--once"]).unwrap();
    assert_eq!(
        (&report["state"], &report["waiting"]),
        (&json!("captive"), &json!(1))
    );
    drop(page);
    platform.start().unwrap();
    assert_eq!(kiosk.run(["sync", "--once"]).unwrap()["sent"], json!(1));
}

#[test]
fn invalid_lead_is_reported_by_field_and_not_stored() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let wrong = r#"{"name":"Test","phone":"061","email":"x@y","country":"FR","language":"fr","consents":{"call":true}}"#;
    let (code, output) = stderr(&kiosk, &["lead", "add", "-"], wrong);
    assert_eq!(code, Some(1));
    assert!(
        output.contains("phone has too few digits") && output.contains("email is not"),
        "{output}"
    );
    let (code, output) = stderr(&kiosk, &["lead", "add", "-"], r#"{"name":"Test","cin":"AB1"}"#);
    assert_eq!(code, Some(1));
    assert!(
        output.contains("unknown field `cin`") && !output.contains("AB1"),
        "{output}"
    );
    for personal in [
        r#"{"name":"Test","phone":33612345678}"#,
        r#"{"name":"Test","channel":"+33612345678"}"#,
        r#"{"name":["33612345678"]}"#,
        r#"{"+33612345678":1}"#,
    ] {
        let (code, output) = stderr(&kiosk, &["lead", "add", "-"], personal);
        assert_eq!(code, Some(1));
        assert!(!output.contains("612345678"), "{output}");
    }
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(0));
    assert_eq!(stderr(&kiosk, &["lead", "frobnicate"], "").0, Some(2));
}

#[test]
fn no_folder_of_the_program_contains_personal_data() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _platform) = enrolled(folder.path());
    for number in 0..20 {
        kiosk
            .add_lead(&lead(&format!(
                "{NAME} {}",
                "abcdefghijklmnopqrst".get(number..=number).unwrap()
            )))
            .unwrap();
    }
    kiosk.run(["sync", "--once"]).unwrap();
    export(&kiosk, "age", folder.path());
    let needles: Vec<Vec<u8>> = ["Zzcanary", "612345678"]
        .iter()
        .flat_map(|text| {
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [text.as_bytes().to_vec(), utf16]
        })
        .collect();
    let mut bytes_searched = 0;
    let home = kiosk.home();
    assert!(home.join("tmpdir").is_dir() && home.join("xdg_cache_home").is_dir());
    for file in [files(&kiosk.folder), files(&home)].concat() {
        let bytes = fs::read(&file).unwrap();
        bytes_searched += bytes.len();
        for needle in &needles {
            let found = bytes
                .windows(needle.len())
                .any(|window| window == needle.as_slice());
            assert!(!found, "personal data in {}", file.display());
        }
    }
    assert!(bytes_searched > 1_000_000);
}

/// All files in a folder and its subfolders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

/// Exports all leads in one format and returns the path of the file.
fn export(kiosk: &Kiosk, format: &str, folder: &Path) -> PathBuf {
    let phrase = folder.join("phrase.txt");
    fs::write(&phrase, format!("{PASSPHRASE}\n")).unwrap();
    let out = folder.join(format!("out-{format}"));
    let arguments: [&OsStr; 7] = [
        OsStr::new("export"),
        OsStr::new("--format"),
        OsStr::new(format),
        OsStr::new("--passphrase-file"),
        phrase.as_os_str(),
        OsStr::new("--out"),
        out.as_os_str(),
    ];
    let receipt: Value = kiosk.run(arguments).unwrap();
    receipt["files"][0]["path"].as_str().unwrap().into()
}

#[test]
fn exports_open_in_common_programs() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    kiosk.add_lead(&lead(ARABIC)).unwrap();
    kiosk.add_lead(&lead("=HYPERLINK(test)")).unwrap();
    let mut with_digits: Value = serde_json::from_str(&lead("")).unwrap();
    with_digits["city"] = json!("01200");
    with_digits["note"] = json!("1E5");
    kiosk.add_lead(&with_digits.to_string()).unwrap();

    let csv = fs::read(export(&kiosk, "csv", folder.path())).unwrap();
    let text = String::from_utf8(csv).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains(ARABIC));
    assert!(
        !text.contains(";=HYPERLINK") && !text.contains("\"=HYPERLINK"),
        "the export contains a formula"
    );
    assert!(text.contains(";'01200;") && text.contains(";'1E5;"), "{text}");

    // LibreOffice converts the workbook to text. A phone number read as a number would lose its +.
    let xlsx = export(&kiosk, "xlsx", folder.path());
    let converted = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.path().join("office").display()
        ))
        .args([
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):59,34,76,1",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(&xlsx)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(converted.success());
    let text = fs::read_to_string(
        folder
            .path()
            .join(xlsx.with_extension("csv").file_name().unwrap()),
    )
    .unwrap();
    assert!(text.contains(ARABIC) && text.contains(PHONE), "{text}");
    assert!(
        text.contains(";\"01200\";") && text.contains(";\"1E5\";"),
        "{text}"
    );

    // age reads its passphrase from a terminal; `script` provides one.
    let sealed = export(&kiosk, "age", folder.path());
    let opened = folder.path().join("opened.csv");
    let decrypt = format!("age -d -o '{}' '{}'", opened.display(), sealed.display());
    let mut terminal = Command::new("script")
        .args(["-qec", &decrypt, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut keyboard = terminal.stdin.take().unwrap();
    std::io::Write::write_all(&mut keyboard, format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    assert!(terminal.wait().unwrap().success());
    drop(keyboard);
    assert!(fs::read_to_string(opened).unwrap().contains(ARABIC));
}

/// Also checks that `minisign` verifies a bundle, and that a rollback restores the catalogue version shown before.
#[test]
fn invalid_bundles_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let shown = kiosk.run(["status"]).unwrap()["catalogue"]["version"].clone();
    let source = folder.path().join("source");
    write_one_project_source(&source).unwrap();
    let at = |name: &str| folder.path().join(name);
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    kiosk
        .run(["bundle", "keygen", "--out", &path(&at("key"))])
        .unwrap();
    let demo_key = path(&repository().join("assets/demo/publisher.key"));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let build = |out: &str, key: &str, version: &str| {
        let out = path(&at(out));
        kiosk
            .run([
                "bundle",
                "build",
                &path(&source),
                "--out",
                &out,
                "--key",
                key,
                "--version",
                version,
            ])
            .unwrap();
        out
    };

    let foreign = build("foreign.bundle", &path(&at("key")), &now.to_string());
    let minisign = Command::new("minisign")
        .args(["-Vm", &foreign, "-p", &path(&at("key.pub"))])
        .output()
        .unwrap();
    assert!(
        minisign.status.success(),
        "{}",
        String::from_utf8_lossy(&minisign.stderr)
    );

    let refused = |file: &str, words: &str| {
        let (code, output) = stderr(&kiosk, &["catalogue", "import", file], "");
        assert_eq!(code, Some(1), "{output}");
        assert!(output.contains(words), "{output}");
        assert_eq!(
            kiosk.run(["status"]).unwrap()["catalogue"]["version"],
            shown,
            "the installed catalogue must not change"
        );
    };
    let future = [
        "bundle",
        "build",
        &path(&source),
        "--out",
        &path(&at("future.bundle")),
        "--key",
        &demo_key,
        "--version",
        "9999999999",
    ];
    let (code, output) = stderr(&kiosk, &future, "");
    assert!(code == Some(1) && output.contains("from the future"), "{output}");
    assert!(!at("future.bundle").exists());
    refused(&foreign, "another key");
    refused(&build("old.bundle", &demo_key, "5"), "not newer");
    let version = now + 1;
    let good = build("good.bundle", &demo_key, &version.to_string());
    let bytes = fs::read(&good).unwrap();
    let damaged = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.clone();
        change(&mut bytes);
        fs::write(at(name), bytes).unwrap();
        path(&at(name))
    };
    refused(&damaged("cut.bundle", &|b| b.truncate(b.len() / 2)), "damaged");
    let picture = bytes.windows(9).rposition(|w| w == b"pictures/").unwrap();
    refused(
        &damaged("picture.bundle", &|b| b[picture + 2_000] ^= 1),
        "damaged",
    );
    refused(
        &damaged("missing.bundle", &|b| drop(b.splice(picture.., vec![0; 1_024]))),
        "is missing",
    );
    refused(&damaged("signed.bundle", &|b| b[600] ^= 1), "signature");
    refused(&path(&source.join("projects.csv")), "not a catalogue bundle");

    kiosk.run(["catalogue", "import", &good]).unwrap();
    assert_eq!(
        kiosk.run(["catalogue", "verify"]).unwrap()["version"],
        json!(version)
    );
    assert_eq!(kiosk.run(["catalogue", "rollback"]).unwrap()["version"], shown);
}

#[test]
fn bundle_build_reports_all_wrong_cells_and_builds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    write_one_project_source(&source).unwrap();
    let units = fs::read_to_string(source.join("units.csv")).unwrap();
    let mut lines: Vec<String> = units.lines().map(str::to_owned).collect();
    let header: Vec<String> = lines[0].split(';').map(str::to_owned).collect();
    let with_cell = |line: &str, column: &str, value: &str| {
        let index = header.iter().position(|h| h == column).unwrap();
        let mut cells: Vec<&str> = line.split(';').collect();
        cells[index] = value;
        cells.join(";")
    };
    lines[1] = with_cell(&lines[1], "price_dh", "cheap");
    lines[2] = with_cell(&lines[2], "status", "gone");
    fs::write(source.join("units.csv"), lines.join("\n")).unwrap();
    let kiosk = Kiosk {
        folder: folder.path().join("kiosk"),
    };
    let out = folder.path().join("out.bundle");
    let key = repository().join("assets/demo/publisher.key");
    let (code, output) = stderr(
        &kiosk,
        &[
            "bundle",
            "build",
            source.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--key",
            key.to_str().unwrap(),
        ],
        "",
    );
    assert_eq!(code, Some(1));
    assert!(output.contains("units.csv, row 2, column price_dh"), "{output}");
    assert!(
        output.contains("units.csv, row 3, column status") && output.contains("available"),
        "{output}"
    );
    assert!(!out.exists());
}

#[test]
fn help_texts_contain_examples() {
    for name in ["expo-kiosk", "expo-platform"] {
        let help = Command::new(program(name).unwrap())
            .arg("--help")
            .output()
            .unwrap();
        assert!(String::from_utf8(help.stdout).unwrap().contains("Examples:"));
    }
}
