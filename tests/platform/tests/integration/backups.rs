//! Backups of a store in SQLite, with the program.

use crate::test_platform::{TestPlatform, TestStore, batch, folder, run};
use expo_platform::{App, Limits, StorageConfig};
use expo_protocol::{LeadBatch, Outcome};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use uuid::Uuid;

/// Exit code, JSON and error of a command.
fn command(store: &str, words: &[&str]) -> (Option<i32>, Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_expo-platform"))
        .args(["--json", "--store", store])
        .args(words)
        .output()
        .unwrap();
    let value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), value, error)
}

fn copy_keys(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn backup_of_a_serving_platform_is_restored() {
    run(async {
        let test_store = TestStore::sqlite();
        let platform = TestPlatform::start(&test_store).await;
        let (client, enrolled) = platform.enrol().await;
        let key = &enrolled.leads_recipient;
        let (first, later) = (batch([1, 2], key), batch([3], key));
        client.send_leads(&first).await.unwrap();
        let place = folder();
        let (file, restored) = (place.path().join("2026-02-13.db"), place.path().join("restored"));
        let name = file.to_str().unwrap();
        let (code, value, error) = command(&test_store.store_argument(), &["backup", "--out", name]);
        assert_eq!((code, &value["leads"]), (Some(0), &json!(2)), "{error}");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let left = fs::read_dir(place.path()).unwrap().count();
        assert_eq!(left, 1, "no partial file");
        // This lead comes after the backup. Its receipt is lost, so the kiosk sends it again to the restored platform.
        client.send_leads(&later).await.unwrap();
        let acts = command(&test_store.store_argument(), &["audit"]).1;
        assert_eq!(
            (&acts[0]["act"], &acts[0]["detail"]),
            (&json!("backup"), &json!("2 leads"))
        );
        platform.stop().await;

        let (code, value, error) = command(restored.to_str().unwrap(), &["restore", name]);
        assert_eq!((code, &value["leads"]), (Some(0), &json!(2)), "{error}");
        let (code, _, error) = command(restored.to_str().unwrap(), &["leads"]);
        assert!(code == Some(1) && error.contains("--keys"), "{error}");
        copy_keys(&test_store.dir.path().join("keys"), &restored.join("keys"));
        let restored_store = TestStore {
            config: StorageConfig::folder(&restored),
            dir: place,
        };
        let again = TestPlatform::start(&restored_store).await;
        let client = again.api().with_token(&enrolled.token);
        let items = vec![first.items[1].clone(), later.items[0].clone()];
        let receipts = client.send_leads(&LeadBatch { items }).await.unwrap().receipts;
        let outcomes: Vec<Outcome> = receipts.iter().map(|receipt| receipt.outcome).collect();
        assert_eq!(outcomes, [Outcome::Duplicate, Outcome::Accepted]);
        assert_eq!(again.app.store.leads().unwrap().len(), 3);
        again.stop().await;
    });
}

#[test]
fn restored_store_never_repeats_an_erasure_number() {
    run(async {
        let test_store = TestStore::sqlite();
        let platform = TestPlatform::start(&test_store).await;
        let (client, enrolled) = platform.enrol().await;
        client
            .send_leads(&batch([1, 2, 3], &enrolled.leads_recipient))
            .await
            .unwrap();
        let erase = |app: &App, number| {
            let id = Uuid::from_u128(number);
            app.store.erase(id, None, Timestamp::now()).unwrap()
        };
        erase(&platform.app, 1);
        let place = folder();
        let file = place.path().join("copy.db");
        platform.app.store.back_up(&file).unwrap();
        erase(&platform.app, 2);
        let received = client.erasures(0).await.unwrap().newest;
        platform.stop().await;

        let restored = place.path().join("restored");
        let (code, _, error) = command(restored.to_str().unwrap(), &["restore", file.to_str().unwrap()]);
        assert_eq!(code, Some(0), "{error}");
        copy_keys(&test_store.dir.path().join("keys"), &restored.join("keys"));
        let restored_store = TestStore {
            config: StorageConfig::folder(&restored),
            dir: place,
        };
        let again = TestPlatform::start(&restored_store).await;
        erase(&again.app, 3);
        let newest = again
            .api()
            .with_token(&enrolled.token)
            .erasures(0)
            .await
            .unwrap()
            .newest;
        assert!(newest > received, "{newest} after {received}");
        again.stop().await;
    });
}

#[test]
fn backups_overwrite_nothing_and_damaged_ones_are_refused() {
    let test_store = TestStore::sqlite();
    App::open(&test_store.config, Limits::default()).unwrap();
    let store = test_store.store_argument();
    let place = folder();
    let file = place.path().join("copy.db");
    let name = file.to_str().unwrap();
    assert_eq!(command(&store, &["backup", "--out", name]).0, Some(0));
    let intact = fs::read(&file).unwrap();
    let (code, _, error) = command(&store, &["backup", "--out", name]);
    assert!(code == Some(1) && error.contains("never overwritten"), "{error}");
    assert!(fs::read(&file).unwrap() == intact);
    let (code, _, error) = command(&store, &["restore", name]);
    assert!(code == Some(1) && error.contains("never overwritten"), "{error}");
    let restored = place.path().join("restored");
    let mut overwritten = intact.clone();
    overwritten[4_096..8_192].fill(0xff);
    let damaged: [&[u8]; 4] = [&intact[..intact.len() / 2], &overwritten, b"", b"no database"];
    for bytes in damaged {
        fs::write(&file, bytes).unwrap();
        let (code, _, error) = command(restored.to_str().unwrap(), &["restore", name]);
        assert!(
            code == Some(1) && error.contains("not a complete backup"),
            "{error}"
        );
        assert!(!restored.exists());
    }
    let (code, _, error) = command(restored.to_str().unwrap(), &["restore", "/nowhere/copy.db"]);
    assert!(code == Some(1) && error.contains("no such file"), "{error}");
}

#[test]
fn restore_refuses_files_left_from_another_database() {
    let test_store = TestStore::sqlite();
    App::open(&test_store.config, Limits::default()).unwrap();
    let place = folder();
    let (file, restored) = (place.path().join("copy.db"), place.path().join("restored"));
    let name = file.to_str().unwrap();
    let written = command(&test_store.store_argument(), &["backup", "--out", name]);
    assert_eq!(written.0, Some(0), "{}", written.2);
    fs::create_dir(&restored).unwrap();
    for left_over in ["platform.db-wal", "platform.db-shm", "platform.db-journal"] {
        let left_over = restored.join(left_over);
        fs::write(&left_over, "of another database").unwrap();
        let (code, _, error) = command(restored.to_str().unwrap(), &["restore", name]);
        assert!(
            code == Some(1) && error.contains(left_over.to_str().unwrap()),
            "{error}"
        );
        let files = fs::read_dir(&restored).unwrap().count();
        assert_eq!(files, 1, "nothing is written");
        fs::remove_file(left_over).unwrap();
    }
    let (code, _, error) = command(restored.to_str().unwrap(), &["restore", name]);
    assert_eq!(code, Some(0), "{error}");
}

#[test]
fn postgres_store_names_its_own_tool() {
    let test_store = TestStore::postgres();
    App::open(&test_store.config, Limits::default()).unwrap();
    let keys = test_store.dir.path().join("keys");
    let out = test_store.dir.path().join("copy.db");
    let words = [
        "--keys",
        keys.to_str().unwrap(),
        "backup",
        "--out",
        out.to_str().unwrap(),
    ];
    let (code, _, error) = command(&test_store.store_argument(), &words);
    assert!(
        code == Some(1) && error.contains("pg_dump") && !out.exists(),
        "{error}"
    );
}

#[test]
fn script_backs_a_postgres_store_up() {
    let test_store = TestStore::postgres();
    let app = App::open(&test_store.config, Limits::default()).unwrap();
    let expires_at = Timestamp::now() + jiff::SignedDuration::from_hours(1);
    app.store.new_code(None, Timestamp::now(), expires_at).unwrap();
    let place = folder();
    let file = place.path().join("expo.dump");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = |address: &str| {
        let script = root.join("scripts/package/platform/postgres-backup.sh");
        let mut command = Command::new(script);
        let output = command.arg(&file).env("EXPO_STORE", address).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), error)
    };
    let address = test_store.store_argument();
    let (code, error) = run(&address);
    assert_eq!(code, Some(0), "{error}");
    let dump = fs::read(&file).unwrap();
    assert!(dump.starts_with(b"PGDMP"), "the format of pg_dump");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (code, error) = run(&address);
    assert!(code == Some(1) && error.contains("exists"), "{error}");
    fs::remove_file(&file).unwrap();
    let (code, error) = run("sqlite:platform");
    assert!(
        code == Some(2) && error.contains("expo-platform backup"),
        "{error}"
    );
    let (code, error) = run("postgres://expo@/no%20such%20database?host=/nowhere");
    assert!(code == Some(1) && !error.is_empty(), "{error}");
    assert_eq!(
        fs::read_dir(place.path()).unwrap().count(),
        0,
        "complete or not at all"
    );
}
