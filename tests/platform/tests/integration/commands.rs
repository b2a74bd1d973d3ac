//! The program itself: what it prints and how it ends.

use crate::stand::{Ground, folder, stop};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

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
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        .unwrap();
    let answer = answer_of(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    // Other commands work meanwhile.
    let code = output(&["enrolment-code", "--store", &store, "--json"]);
    assert!(code.status.success());
    let code: serde_json::Value = serde_json::from_slice(&code.stdout).unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 14);
    assert_eq!(output(&["leads", "--store", &store, "--json"]).stdout, b"[]\n");
    terminate(&mut serving);
}

/// Tells a program to stop, and expects that it ends well.
fn terminate(serving: &mut Child) {
    let pid = serving.id().to_string();
    let told = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(told.success());
    assert!(serving.wait().unwrap().success());
}

fn answer_of(stream: &mut TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn what_is_under_way_is_finished_before_it_stops() {
    let dir = folder();
    let store = dir.path().to_str().unwrap();
    let mut serving = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--store", store])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap();
    let address = url.strip_prefix("http://").unwrap();
    let mut busy = TcpStream::connect(address).unwrap();
    let body = "{\"code\":\"0000-0000-0000\",\"program\":\"test\"}";
    let head = format!(
        "POST /v1/enrolments HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    busy.write_all(head.as_bytes()).unwrap();
    // The platform reads the body by now.
    let mut expected = [0; 25];
    busy.read_exact(&mut expected).unwrap();
    assert_eq!(&expected, b"HTTP/1.1 100 Continue\r\n\r\n");
    let pid = serving.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    // New ones are no longer taken from some moment on; this one is finished.
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
    busy.write_all(body.as_bytes()).unwrap();
    let answer = answer_of(&mut busy);
    assert!(
        answer.starts_with("HTTP/1.1 404") && answer.contains("code_unknown"),
        "{answer}"
    );
    assert!(serving.wait().unwrap().success());
}

#[test]
fn operators_forget_look_and_configure() {
    let ground = Ground::postgres();
    let (store, keys) = (ground.store(), ground.dir.path().join("keys"));
    let on = |args: &[&str]| {
        let place = ["--json", "--store", &store, "--keys", keys.to_str().unwrap()];
        let output = output(&[args, &place].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), value, text)
    };
    let file = ground.dir.path().join("stop.json");
    std::fs::write(&file, serde_json::to_string(&stop("lyon")).unwrap()).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(on(&["configure", "--stop", file]).1["config_version"], 2);
    let (code, _, text) = on(&["configure", "--stop", file, "--kiosk", "K07"]);
    assert!(code == 1 && text.contains("K07"), "{text}");
    let lead = "0198a000-0000-7000-8000-000000000001";
    let (code, _, text) = on(&["erase", lead]);
    assert!(code == 1 && text.contains("--kiosk"), "{text}");
    let (code, _, text) = on(&["erase", lead, "--kiosk", "K01"]);
    assert!(
        code == 1 && text.contains("no kiosk \"K01\"") && text.contains("'kiosks'"),
        "{text}"
    );
    let code = on(&["enrolment-code"]).1["code"].as_str().unwrap().to_owned();
    let store_of = platform::Store::open_at(&ground.place.store).unwrap();
    store_of
        .enrol(&code, "test", "127.0.0.1", jiff::Timestamp::now())
        .unwrap();
    assert_eq!(on(&["erase", lead, "--kiosk", "K01"]).1["erased_revisions"], 0);
    assert_eq!(on(&["erase", "Madame"]).0, 2);
    assert_eq!(on(&["overview-token"]).1["token"].as_str().unwrap().len(), 64);
    assert_eq!(on(&["overview-token", "--revoke"]).1["revoked"], 1);
    let out = ground.dir.path().join("raw");
    let quarantine = on(&["quarantine", "--retry", "--out", out.to_str().unwrap()]).1;
    assert_eq!(quarantine, serde_json::json!({"read": 0, "quarantine": []}));
    assert_eq!((on(&["revoke", "K01"]).0, on(&["revoke", "K02"]).0), (0, 1));
    let document: serde_json::Value = serde_json::from_slice(&output(&["openapi"]).stdout).unwrap();
    assert_eq!(document["openapi"].as_str().unwrap(), "3.1.0");
}

#[test]
fn ends_with_the_agreed_codes_and_a_sentence() {
    let dir = folder();
    let store = dir.path().to_str().unwrap();
    assert_eq!(output(&["dance"]).status.code(), Some(2));
    assert_eq!(
        output(&["leads", "--store", "mysql://x/y"]).status.code(),
        Some(2)
    );
    let no_keys = output(&["leads", "--store", "postgres://x/y"]);
    assert_eq!(no_keys.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&no_keys.stderr).contains("--keys"));
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
