//! Enrolment, heartbeats, tokens, keys, rate limits and metrics.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, folder, run};
use expo_platform::{App, KeySource, Keys, Limits, OpenError};
use expo_protocol::Heartbeat;
use expo_vault::signature::PublisherKey;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

on_both_stores!(
    kiosks_are_numbered_and_expired_codes_refused,
    parallel_enrolments_get_different_numbers,
    tokens_and_codes_are_stored_as_hashes,
    heartbeat_works_before_anything_is_published,
    several_programs_can_open_a_store_at_once,
    store_opens_only_with_its_own_keys,
    kiosk_rate_limit_is_per_kiosk,
    revoked_kiosk_is_unauthenticated,
    metrics_need_a_token_from_other_machines,
);

fn kiosks_are_numbered_and_expired_codes_refused(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (_, first) = platform.enrol().await;
        let (_, second) = platform.enrol().await;
        assert_eq!((first.kiosk.as_str(), first.stop), ("K01", None));
        assert_eq!(second.kiosk, "K02");
        assert_ne!(first.token, second.token);
        let now = Timestamp::now();
        let old = now - SignedDuration::from_secs(1);
        let old = platform.app.store.new_code(None, now, old).unwrap();
        let request = json!({"code": old, "program": "test"});
        let answer = platform.api().post("/v1/enrolments", &request).await.unwrap();
        answer.expect_problem(410, "code_expired").unwrap();
    });
}

fn parallel_enrolments_get_different_numbers(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let mut enrolling = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (api, code) = (platform.api(), platform.code());
            enrolling.spawn(async move { api.enrol(&code).await.unwrap().kiosk });
        }
        // The same code used twice at once enrols one kiosk.
        let code = platform.code();
        for _ in 0..2 {
            let (api, code) = (platform.api(), code.clone());
            enrolling.spawn(async move {
                api.enrol(&code)
                    .await
                    .map_or_else(|_| "refused".to_owned(), |e| e.kiosk)
            });
        }
        let mut kiosks = enrolling.join_all().await;
        kiosks.sort();
        kiosks.dedup();
        assert_eq!(kiosks.len(), 12);
        assert_eq!(platform.app.store.kiosks().unwrap().len(), 11);
    });
}

fn tokens_and_codes_are_stored_as_hashes(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let code = platform.code();
        let enrolled = platform.api().enrol(&code).await.unwrap();
        let overview = platform.overview_token();
        platform.stop().await;
        assert!(
            test_store.holds(enrolled.kiosk.as_bytes()),
            "the search finds stored bytes"
        );
        for secret in [&code, &enrolled.token, &overview] {
            assert!(!test_store.holds(secret.as_bytes()));
        }
    });
}

fn heartbeat_works_before_anything_is_published(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let report = Heartbeat {
            program: "test".to_owned(),
            waiting: 4,
            oldest_waiting_seconds: Some(60),
            last_exit: Some("power".to_owned()),
            ..Heartbeat::default()
        };
        let reply = kiosk.heartbeat(&report).await.unwrap();
        assert_eq!(
            (reply.catalogue_version, reply.config_version, reply.erasures),
            (None, 1, 0)
        );
        assert_eq!(kiosk.checkpoint().await.unwrap(), None);
        let kiosks = platform.app.store.kiosks().unwrap();
        assert_eq!(kiosks[0].kiosk, enrolled.kiosk);
        assert_eq!(kiosks[0].heartbeat.as_ref(), Some(&report));
    });
}

#[test]
fn keys_are_private_and_permanent() {
    let dir = folder();
    let first = Keys::open(dir.path()).unwrap();
    let second = Keys::open(dir.path()).unwrap();
    assert_eq!(first.recipient().to_string(), second.recipient().to_string());
    assert_eq!(first.publisher.to_string(), second.publisher.to_string());
    for name in ["leads.identity", "publisher.key"] {
        let mode = std::fs::metadata(dir.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let elsewhere = folder();
    let file = elsewhere.path().join("other.pub");
    let other = PublisherKey::generate().unwrap();
    std::fs::write(&file, other.public().file_text().unwrap()).unwrap();
    assert!(
        Keys::import_publisher(dir.path(), &file).is_err(),
        "kiosks trust the first key"
    );
    let fresh = folder();
    Keys::import_publisher(fresh.path(), &file).unwrap();
    let keys = Keys::open(fresh.path()).unwrap();
    assert_eq!(keys.publisher.to_string(), other.public().to_string());
    assert!(keys.signing().is_err(), "only the public half was imported");
}

fn several_programs_can_open_a_store_at_once(test_store: &TestStore) {
    let openers: Vec<_> = (0..4)
        .map(|_| {
            let config = test_store.config.clone();
            std::thread::spawn(move || {
                let app = App::open(&config, Limits::default()).unwrap();
                app.store.check().unwrap();
                app.keys.recipient().to_string()
            })
        })
        .collect();
    let recipients: std::collections::BTreeSet<_> = openers.into_iter().map(|o| o.join().unwrap()).collect();
    assert_eq!(recipients.len(), 1);
}

fn store_opens_only_with_its_own_keys(test_store: &TestStore) {
    App::open(&test_store.config, Limits::default()).unwrap();
    let elsewhere = folder();
    let mut config = test_store.config.clone();
    config.keys = KeySource::Folder(elsewhere.path().join("keys"));
    let missing = App::open(&config, Limits::default()).err().unwrap();
    assert!(matches!(missing, OpenError::KeysNotFound { .. }), "{missing}");
    assert!(
        !elsewhere.path().join("keys").exists(),
        "no keys are created for a store that has keys"
    );
    Keys::open(&elsewhere.path().join("keys")).unwrap();
    let other = App::open(&config, Limits::default()).err().unwrap();
    assert!(matches!(other, OpenError::KeyMismatch { .. }), "{other}");
}

fn kiosk_rate_limit_is_per_kiosk(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start_with(test_store, Limits::new(5, 0, false)).await;
        let (busy, _) = platform.enrol().await;
        let (calm, _) = platform.enrol().await;
        let mut answers = Vec::new();
        for _ in 0..200 {
            answers.push(busy.get("/v1/configuration").await.unwrap());
        }
        let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
        refused.expect_problem(429, "too_fast").unwrap();
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!(answers[0].status, 204);
        assert_eq!(calm.get("/v1/configuration").await.unwrap().status, 204);
    });
}

fn revoked_kiosk_is_unauthenticated(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        assert!(platform.app.store.revoke(&enrolled.kiosk).unwrap());
        assert!(!platform.app.store.revoke("K99").unwrap());
        let answer = kiosk.get("/v1/configuration").await.unwrap();
        answer.expect_problem(401, "unauthorized").unwrap();
    });
}

fn metrics_need_a_token_from_other_machines(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let batch = crate::test_platform::batch(1..=2, &enrolled.leads_recipient);
        for _ in 0..2 {
            kiosk.send_leads(&batch).await.unwrap();
        }
        let answer = platform.api().get("/metrics").await.unwrap();
        let text = String::from_utf8(answer.body).unwrap();
        for line in [
            "expo_leads_total{outcome=\"accepted\"} 2",
            "expo_leads_total{outcome=\"duplicate\"} 2",
            "expo_held{what=\"kiosks\"} 1",
            "expo_held{what=\"quarantine\"} 0",
            "expo_requests_total{method=\"POST\",route=\"/v1/leads\",status=\"200\"} 2",
            "expo_request_seconds_count{route=\"/v1/leads\"} 2",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is missing:\n{text}"
            );
        }
        let get = reqwest::Method::GET;
        for header in ["forwarded", "via", "x-real-ip"] {
            let (api, forwarded) = (platform.api(), [(header, "127.0.0.1")]);
            let anonymous = api.request(get.clone(), "/metrics", &forwarded, None).await;
            anonymous.unwrap().expect_problem(401, "unauthorized").unwrap();
        }
        let through_proxy = [("x-forwarded-for", "203.0.113.7")];
        let anonymous = platform
            .api()
            .request(get.clone(), "/metrics", &through_proxy, None)
            .await
            .unwrap();
        anonymous.expect_problem(401, "unauthorized").unwrap();
        let token = platform.overview_token();
        let reader = platform.api().with_token(&token);
        assert_eq!(
            reader
                .request(get, "/metrics", &through_proxy, None)
                .await
                .unwrap()
                .status,
            200
        );
    });
}
