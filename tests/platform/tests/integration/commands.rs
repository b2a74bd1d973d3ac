//! The program `expo-platform`: its output and its exit codes.

use crate::test_platform::{TestStore, folder, stop};
use contract::sample_leads::{header, record};
use expo_platform::store::ReceivedEnvelope;
use expo_platform::{App, Limits};
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
fn serve_prints_its_address_and_stops_on_sigterm() {
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
    // Other commands work at the same time.
    let code = output(&["enrolment-code", "--store", &store, "--json"]);
    assert!(code.status.success());
    let code: serde_json::Value = serde_json::from_slice(&code.stdout).unwrap();
    assert_eq!(code["code"].as_str().unwrap().len(), 14);
    assert_eq!(output(&["leads", "--store", &store, "--json"]).stdout, b"[]\n");
    terminate(&mut serving);
}

/// Sends SIGTERM and expects exit code 0.
fn terminate(serving: &mut Child) {
    let pid = serving.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(sent.success());
    assert!(serving.wait().unwrap().success());
}

fn answer_of(stream: &mut TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn shutdown_finishes_open_requests() {
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
    // The platform is reading the body now.
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
    // At some point it accepts no new connections, but it finishes this request.
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
fn operator_commands_have_the_documented_output() {
    let test_store = TestStore::postgres();
    let (store, keys) = (test_store.store_argument(), test_store.dir.path().join("keys"));
    let on = |args: &[&str]| {
        let common = ["--json", "--store", &store, "--keys", keys.to_str().unwrap()];
        let output = output(&[args, &common].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), value, text)
    };
    let file = test_store.dir.path().join("stop.json");
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
    let store_of = expo_platform::Store::open_at(&test_store.config.store).unwrap();
    store_of
        .enrol(&code, "test", "127.0.0.1", jiff::Timestamp::now())
        .unwrap();
    assert_eq!(on(&["erase", lead, "--kiosk", "K01"]).1["erased_revisions"], 0);
    assert_eq!(on(&["erase", "Madame"]).0, 2);
    let named = on(&["overview-token", "--name", "ministry", "--valid-days", "7"]).1;
    assert_eq!(named["token"].as_str().unwrap().len(), 64);
    let (code, _, text) = on(&["overview-token", "--name", "ministry"]);
    assert!(code == 1 && text.contains("ministry"), "{text}");
    assert_eq!(on(&["overview-token"]).1["token"].as_str().unwrap().len(), 64);
    let tokens = on(&["overview-token", "--list"]).1;
    assert_eq!(
        (tokens.as_array().unwrap().len(), &tokens[0]["name"]),
        (2, &"ministry".into())
    );
    assert_eq!(
        tokens[0]["expires_at"].as_str().unwrap()[..10],
        named["expires_at"].as_str().unwrap()[..10]
    );
    assert_eq!(on(&["overview-token", "--revoke", "ministry"]).1["revoked"], 1);
    assert_eq!(on(&["overview-token", "--revoke", "ministry"]).0, 1);
    assert_eq!(on(&["overview-token", "--revoke"]).1["revoked"], 1);
    let (code, _, text) = on(&["withdraw", "7"]);
    assert!(code == 1 && text.contains("version 7 is not published"), "{text}");
    assert_eq!(on(&["reused-tickets"]).1, serde_json::json!([]));
    assert_eq!(on(&["leads"]).1, serde_json::json!([]));
    let entries = on(&["audit"]).1;
    let acts: Vec<&str> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["act"].as_str().unwrap())
        .collect();
    let revoke = "overview-token --revoke";
    assert_eq!(
        acts,
        ["overview-token", "overview-token", revoke, revoke, "leads"]
    );
    assert_eq!(entries[4]["detail"], "0 leads");
    assert!(!entries[4]["actor"].as_str().unwrap().is_empty());
    let out = test_store.dir.path().join("raw");
    let quarantine = on(&["quarantine", "--retry", "--out", out.to_str().unwrap()]).1;
    assert_eq!(quarantine, serde_json::json!({"read": 0, "quarantine": []}));
    assert_eq!((on(&["revoke", "K01"]).0, on(&["revoke", "K02"]).0), (0, 1));
    let document: serde_json::Value = serde_json::from_slice(&output(&["openapi"]).stdout).unwrap();
    assert_eq!(document["openapi"].as_str().unwrap(), "3.1.0");
}

#[test]
fn names_of_visitors_cannot_control_the_terminal() {
    let test_store = TestStore::sqlite();
    let app = App::open(&test_store.config, Limits::default()).unwrap();
    let header = header(uuid::Uuid::from_u128(1));
    let mut record = record(header.clone(), "+33612000001");
    record.lead.name = "Test\u{1b}[2J\u{9b}2J\u{202e}".to_owned();
    let envelope = ReceivedEnvelope {
        id: header.id,
        revision: header.revision,
        sha256: "0".repeat(64),
        header: serde_json::to_string(&header).unwrap(),
        sealed: Vec::new(),
        opened: Ok(Box::new(record.clone())),
    };
    app.store
        .insert_envelopes("K01", &[envelope], jiff::Timestamp::now())
        .unwrap();
    let store = test_store.store_argument();
    for format in [&[][..], &["--json"]] {
        let printed = output(&[&["leads", "--store", &store], format].concat()).stdout;
        let printed = String::from_utf8(printed).unwrap();
        assert!(printed.contains("Test"), "{printed}");
        let is_harmful = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
        assert!(!printed.contains(is_harmful), "{printed:?}");
    }
    let json = output(&["leads", "--store", &store, "--json"]).stdout;
    let leads: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(leads[0]["name"], record.lead.name);
}

#[test]
fn store_address_comes_from_a_file_or_the_environment() {
    let (dir, other) = (folder(), folder());
    let file = dir.path().join("store.txt");
    let address = format!("sqlite:{}\n", dir.path().join("data").display());
    std::fs::write(&file, &address).unwrap();
    let keygen = |arguments: &[&str], variable: &str| {
        let output = program()
            .args([&["keygen", "--json"], arguments].concat())
            .env("EXPO_STORE", variable)
            .current_dir(other.path())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let from_file = keygen(&["--store-file", file.to_str().unwrap()], "");
    assert_eq!(keygen(&[], address.trim()), from_file, "the same store");
    assert!(dir.path().join("data/platform.db").exists());
    let named = keygen(&["--store", "here"], address.trim());
    assert_ne!(named, from_file, "the command line decides");
    assert!(other.path().join("here/platform.db").exists());
    let secret = output(&[
        "leads",
        "--store",
        "postgres://expo:secret@/x?host=/nowhere",
        "--keys",
        "/nowhere",
    ]);
    let warning = String::from_utf8(secret.stderr).unwrap();
    assert!(
        warning.contains("--store-file") && !warning.contains("secret"),
        "{warning}"
    );
}

#[test]
fn errors_have_exit_codes_and_one_sentence() {
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
fn enrolment_code_includes_the_event_file() {
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
    let kiosk_file = format!("pin = \"000000\"\n[stop]\n{event}");
    std::fs::write(&file, kiosk_file).unwrap();
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
