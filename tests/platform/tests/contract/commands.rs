//! The program itself: what it prints and how it ends.

use crate::stand::folder;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_expo-platform"))
}

fn output(args: &[&str]) -> Output {
    program().args(args).output().unwrap()
}

#[test]
fn serves_says_where_and_stops_when_told() {
    let dir = folder();
    let store = format!("sqlite:{}", dir.path().display());
    let mut serving = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--store", &store])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap();
    let address = url.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    // Other commands work meanwhile.
    let code = output(&["enrolment-code", "--store", &store, "--json"]);
    assert!(code.status.success());
    let code: serde_json::Value = serde_json::from_slice(&code.stdout).unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 14);
    assert_eq!(output(&["leads", "--store", &store, "--json"]).stdout, b"[]\n");
    let pid = serving.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert!(serving.wait().unwrap().success());
}

#[test]
fn ends_with_the_agreed_codes_and_a_sentence() {
    let dir = folder();
    let store = dir.path().to_str().unwrap();
    assert_eq!(output(&["dance"]).status.code(), Some(2));
    assert_eq!(
        output(&["leads", "--store", "postgres://x/y"]).status.code(),
        Some(2)
    );
    let missing = output(&["publish", "/nowhere.expo-bundle", "--store", store]);
    assert_eq!(missing.status.code(), Some(1));
    let sentence = String::from_utf8(missing.stderr).unwrap();
    assert!(
        sentence.starts_with("expo-platform: ") && sentence.contains("check that"),
        "{sentence}"
    );
    let keys = output(&["keygen", "--store", store, "--json"]);
    let keys: serde_json::Value = serde_json::from_slice(&keys.stdout).unwrap();
    assert!(keys["leads_recipient"].as_str().unwrap().starts_with("age1"));
    let help = String::from_utf8(output(&["--help"]).stdout).unwrap();
    assert!(help.contains("Examples:") && help.contains("enrolment-code"));
}

#[test]
fn an_event_file_travels_with_the_code() {
    let dir = folder();
    let store = dir.path().to_str().unwrap();
    let file = dir.path().join("stop.toml");
    let event = "id = \"test-2026\"\ncode = \"TST\"\nname = { fr = \"Essai\" }\ncity = { fr = \"Paris\" }\n\
                 starts_on = \"2026-02-13\"\nends_on = \"2026-02-15\"\ntime_zone = \"Europe/Paris\"\nlanguages = [\"fr\", \"ar\"]\n";
    std::fs::write(&file, event).unwrap();
    let good = output(&[
        "enrolment-code",
        "--stop",
        file.to_str().unwrap(),
        "--store",
        store,
    ]);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let whole = format!("pin = \"000000\"\n[stop]\n{event}");
    std::fs::write(&file, whole).unwrap();
    assert!(
        output(&[
            "enrolment-code",
            "--stop",
            file.to_str().unwrap(),
            "--store",
            store
        ])
        .status
        .success()
    );
    std::fs::write(&file, event.replace("Europe/Paris", "Nowhere")).unwrap();
    let wrong = output(&[
        "enrolment-code",
        "--stop",
        file.to_str().unwrap(),
        "--store",
        store,
    ]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("time_zone"));
}
