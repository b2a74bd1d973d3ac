//! Enrolment, heartbeats, tokens, keys and limits, as the store has them.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, folder, run};
use jiff::{SignedDuration, Timestamp};
use platform::{App, KeySource, Keys, Limits, OpenError};
use protocol::Heartbeat;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use vault::signature::PublisherKey;

on_both_stores!(
    kiosks_are_numbered_and_old_codes_refused,
    many_enrolled_at_once_have_different_numbers,
    tokens_and_codes_are_kept_as_hashes_only,
    a_heartbeat_is_kept_and_answered_before_anything_is_published,
    a_store_can_be_opened_by_several_programs_at_once,
    a_store_is_opened_with_its_own_keys_only,
    those_who_ask_too_much_wait_and_others_do_not,
    a_revoked_kiosk_is_a_stranger,
    figures_are_told_to_this_machine_and_to_those_with_a_token,
);

fn kiosks_are_numbered_and_old_codes_refused(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (_, first) = stand.enrol().await;
        let (_, second) = stand.enrol().await;
        assert_eq!((first.kiosk.as_str(), first.stop), ("K01", None));
        assert_eq!(second.kiosk, "K02");
        assert_ne!(first.token, second.token);
        let now = Timestamp::now();
        let old = now - SignedDuration::from_secs(1);
        let old = stand.app.store.new_code(None, now, old).unwrap();
        let request = json!({"code": old, "program": "test"});
        let answer = stand.api().post("/v1/enrolments", &request).await.unwrap();
        answer.refused(410, "code_expired").unwrap();
    });
}

fn many_enrolled_at_once_have_different_numbers(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let mut enrolling = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (api, code) = (stand.api(), stand.code());
            enrolling.spawn(async move { api.enrol(&code).await.unwrap().kiosk });
        }
        // The same code twice at once is one kiosk.
        let code = stand.code();
        for _ in 0..2 {
            let (api, code) = (stand.api(), code.clone());
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
        assert_eq!(stand.app.store.kiosks().unwrap().len(), 11);
    });
}

fn tokens_and_codes_are_kept_as_hashes_only(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let code = stand.code();
        let enrolled = stand.api().enrol(&code).await.unwrap();
        let overview = stand.app.store.new_overview_token(Timestamp::now()).unwrap();
        stand.stop().await;
        assert!(
            ground.holds(enrolled.kiosk.as_bytes()),
            "the search finds what is there"
        );
        for secret in [&code, &enrolled.token, &overview] {
            assert!(!ground.holds(secret.as_bytes()));
        }
    });
}

fn a_heartbeat_is_kept_and_answered_before_anything_is_published(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
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
        let kiosks = stand.app.store.kiosks().unwrap();
        assert_eq!(kiosks[0].kiosk, enrolled.kiosk);
        assert_eq!(kiosks[0].heartbeat.as_ref(), Some(&report));
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
        let mode = std::fs::metadata(dir.path().join(name))
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

fn a_store_can_be_opened_by_several_programs_at_once(ground: &Ground) {
    let openers: Vec<_> = (0..4)
        .map(|_| {
            let place = ground.place.clone();
            std::thread::spawn(move || {
                let app = App::open(&place, Limits::default()).unwrap();
                app.store.check().unwrap();
                app.keys.recipient().to_string()
            })
        })
        .collect();
    let recipients: std::collections::BTreeSet<_> = openers.into_iter().map(|o| o.join().unwrap()).collect();
    assert_eq!(recipients.len(), 1);
}

fn a_store_is_opened_with_its_own_keys_only(ground: &Ground) {
    App::open(&ground.place, Limits::default()).unwrap();
    let elsewhere = folder();
    let mut place = ground.place.clone();
    place.keys = KeySource::Folder(elsewhere.path().join("keys"));
    let missing = App::open(&place, Limits::default()).err().unwrap();
    assert!(matches!(missing, OpenError::NoKeys { .. }), "{missing}");
    assert!(
        !elsewhere.path().join("keys").exists(),
        "no keys are made for a store that has some"
    );
    Keys::open(&elsewhere.path().join("keys")).unwrap();
    let other = App::open(&place, Limits::default()).err().unwrap();
    assert!(matches!(other, OpenError::OtherKeys { .. }), "{other}");
}

fn those_who_ask_too_much_wait_and_others_do_not(ground: &Ground) {
    run(async {
        let stand = Stand::start_with(ground, Limits::new(5, 0, false)).await;
        let (busy, _) = stand.enrol().await;
        let (calm, _) = stand.enrol().await;
        let mut answers = Vec::new();
        for _ in 0..200 {
            answers.push(busy.get("/v1/configuration").await.unwrap());
        }
        let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
        refused.refused(429, "too_fast").unwrap();
        assert_eq!(refused.header("retry-after"), "1");
        assert_eq!(answers[0].status, 204);
        assert_eq!(calm.get("/v1/configuration").await.unwrap().status, 204);
    });
}

fn a_revoked_kiosk_is_a_stranger(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        assert!(stand.app.store.revoke(&enrolled.kiosk).unwrap());
        assert!(!stand.app.store.revoke("K99").unwrap());
        let answer = kiosk.get("/v1/configuration").await.unwrap();
        answer.refused(401, "unauthorized").unwrap();
    });
}

fn figures_are_told_to_this_machine_and_to_those_with_a_token(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let batch = crate::stand::batch(1..=2, &enrolled.leads_recipient);
        for _ in 0..2 {
            kiosk.send_leads(&batch).await.unwrap();
        }
        let answer = stand.api().get("/metrics").await.unwrap();
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
        let through_proxy = [("x-forwarded-for", "203.0.113.7")];
        let get = reqwest::Method::GET;
        let stranger = stand
            .api()
            .ask(get.clone(), "/metrics", &through_proxy, None)
            .await
            .unwrap();
        stranger.refused(401, "unauthorized").unwrap();
        let token = stand.app.store.new_overview_token(Timestamp::now()).unwrap();
        let looker = stand.api().with_token(&token);
        assert_eq!(
            looker
                .ask(get, "/metrics", &through_proxy, None)
                .await
                .unwrap()
                .status,
            200
        );
    });
}
