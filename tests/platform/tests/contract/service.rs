//! Enrolment, heartbeats, keys, and that every answer says who speaks.

use crate::stand::{Stand, folder, run};
use jiff::{SignedDuration, Timestamp};
use platform::{Keys, Store};
use protocol::{EnrolmentRequest, Heartbeat};
use std::os::unix::fs::PermissionsExt;
use sync::{Platform, PlatformError, State};
use vault::signature::PublisherKey;

fn request(code: &str) -> EnrolmentRequest {
    EnrolmentRequest {
        code: code.to_owned(),
        program: "test".to_owned(),
    }
}

fn code_of(error: &PlatformError) -> &str {
    match error {
        PlatformError::Refused { code, .. } => code,
        _ => error.state().code(),
    }
}

#[test]
fn every_answer_says_who_speaks() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let cases = [
            ("GET /healthz", 200),
            ("GET /v1/probe?nonce=abc", 200),
            ("GET /v1/probe", 400),
            ("GET /v1/probe?nonce=%3Cscript%3E", 400),
            ("GET /nothing", 404),
            ("DELETE /v1/leads", 405),
            ("GET /v1/catalogue/checkpoint", 401),
            ("GET /v1/catalogue/x/snapshot", 401),
            ("POST /v1/enrolments", 400),
        ];
        for (line, status) in cases {
            let answer = stand
                .raw(format!(
                    "{line} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                ))
                .await;
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status}")),
                "{line}: {answer}"
            );
            assert!(
                answer.to_lowercase().contains("\r\nexpo-protocol: 1\r\n"),
                "{line}: {answer}"
            );
            let is_problem = answer.contains("content-type: application/problem+json");
            assert_eq!(is_problem, status >= 400, "{line}: {answer}");
        }
    });
}

#[test]
fn a_code_enrols_one_kiosk_once() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let code = stand.code();
        let client = stand.client(None);
        let first = client
            .enrol(&request(&code.to_lowercase().replace('-', " ")))
            .await
            .unwrap();
        assert_eq!((first.kiosk.as_str(), first.stop), ("K01", None));
        assert_eq!(
            code_of(&client.enrol(&request(&code)).await.unwrap_err()),
            "code_used"
        );
        let (_, second) = stand.enrol().await;
        assert_eq!(second.kiosk, "K02");
        assert_ne!(first.token, second.token);
        let now = Timestamp::now();
        let old = stand
            .app
            .store
            .new_code(None, now, now - SignedDuration::from_secs(1))
            .unwrap();
        assert_eq!(
            code_of(&client.enrol(&request(&old)).await.unwrap_err()),
            "code_expired"
        );
    });
}

#[test]
fn wrong_codes_are_limited() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let client = stand.client(None);
        for _ in 0..30 {
            let error = client.enrol(&request("0000-0000-0000")).await.unwrap_err();
            assert_eq!(code_of(&error), "code_unknown");
        }
        let error = client.enrol(&request(&stand.code())).await.unwrap_err();
        assert_eq!(error.state(), State::RateLimited);
        assert_eq!(error.retry_after().unwrap().as_secs(), 600);
    });
}

#[test]
fn tokens_and_codes_are_kept_as_hashes_only() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let code = stand.code();
        let enrolled = stand.client(None).enrol(&request(&code)).await.unwrap();
        stand.stop().await;
        for name in ["platform.db", "platform.db-wal"] {
            let Ok(bytes) = std::fs::read(dir.path().join(name)) else {
                continue;
            };
            for secret in [code.as_bytes(), enrolled.token.as_bytes()] {
                assert!(
                    !bytes.windows(secret.len()).any(|window| window == secret),
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn a_heartbeat_is_kept_and_answered_before_anything_is_published() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let report = Heartbeat {
            program: "test".to_owned(),
            catalogue_version: None,
            config_version: 1,
            waiting: 4,
            oldest_waiting_seconds: Some(60),
            disk_free_bytes: 1,
            kiosk_time: Timestamp::now(),
            boot_id: "test-boot".to_owned(),
            monotonic_ms: 1,
        };
        let reply = client.heartbeat(&report).await.unwrap();
        assert_eq!(reply.catalogue_version, None);
        assert_eq!(client.checkpoint().await.unwrap(), None);
        let kiosks = stand.app.store.kiosks().unwrap();
        assert_eq!(
            (kiosks[0].kiosk.as_str(), kiosks[0].heartbeat.as_ref()),
            (enrolled.kiosk.as_str(), Some(&report))
        );
    });
}

#[test]
fn keys_are_the_owners_alone_and_stay() {
    let dir = folder();
    let first = Keys::open(dir.path()).unwrap();
    let second = Keys::open(dir.path()).unwrap();
    assert_eq!(first.recipient().to_string(), second.recipient().to_string());
    assert_eq!(first.publisher.to_string(), second.publisher.to_string());
    for name in ["leads.identity", "publisher.key"] {
        let mode = std::fs::metadata(dir.path().join("keys").join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let stranger = folder();
    let file = stranger.path().join("other.pub");
    let other = PublisherKey::generate().unwrap();
    std::fs::write(&file, other.public().file_text().unwrap()).unwrap();
    assert!(
        Keys::import_publisher(dir.path(), &file).is_err(),
        "kiosks trust the first one"
    );
    let fresh = folder();
    Keys::import_publisher(fresh.path(), &file).unwrap();
    let keys = Keys::open(fresh.path()).unwrap();
    assert_eq!(keys.publisher.to_string(), other.public().to_string());
    assert!(keys.signing().is_err(), "only the public half was given");
}

#[test]
fn a_store_can_be_opened_by_several_programs_at_once() {
    let dir = folder();
    let openers: Vec<_> = (0..4)
        .map(|_| {
            let path = dir.path().to_owned();
            std::thread::spawn(move || {
                Store::open(&path).unwrap().check().unwrap();
                Keys::open(&path).unwrap().recipient().to_string()
            })
        })
        .collect();
    let recipients: std::collections::BTreeSet<_> = openers.into_iter().map(|o| o.join().unwrap()).collect();
    assert_eq!(recipients.len(), 1);
}
