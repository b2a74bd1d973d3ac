//! The overview for headquarters: JSON and a page, without personal data. A real browser renders the page.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, batch, folder, run, stop};
use expo_platform::store::Store;
use expo_protocol::{Heartbeat, VisitCounts};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::process::Command;
use uuid::Uuid;

on_both_stores!(
    figures_contain_kiosks_and_leads,
    catalogue_version_mismatch_is_a_concern,
    visits_are_totals_per_kiosk_and_day,
    overview_requires_a_token,
    overview_tokens_have_names_and_expire,
);

/// A tour with three kiosks: one healthy, one with many concerns, one without a heartbeat. Returns an overview token.
async fn tour(platform: &TestPlatform) -> String {
    let store: &Store = &platform.app.store;
    let code = platform.code_with(Some(&stop("paris-2026")));
    let paris = platform.api().enrol(&code).await.unwrap();
    let (concerning, _) = platform.enrol().await;
    platform.enrol().await;
    let kiosk = platform.api().with_token(&paris.token);
    kiosk
        .send_leads(&batch(1..=3, &paris.leads_recipient))
        .await
        .unwrap();
    store.erase(Uuid::from_u128(3), None, Timestamp::now()).unwrap();
    let healthy = Heartbeat {
        program: "1.4.0".to_owned(),
        config_version: 1,
        ..Heartbeat::default()
    };
    kiosk.heartbeat(&healthy).await.unwrap();
    let unhealthy = Heartbeat {
        program: "<script>alert(1)</script>".to_owned(),
        waiting: 1234,
        oldest_waiting_seconds: Some(7500),
        rejected: 2,
        config_rejected: Some(3),
        clock_offset_ms: Some(-3_600_000),
        catalogue_refused: Some("damaged".to_owned()),
        ..Heartbeat::default()
    };
    concerning.heartbeat(&unhealthy).await.unwrap();
    let long_ago = Timestamp::now() - SignedDuration::from_hours(26);
    store.record_heartbeat("K02", &unhealthy, long_ago).unwrap();
    platform.overview_token()
}

fn figures_contain_kiosks_and_leads(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let token = tour(&platform).await;
        let reader = platform.api().with_token(&token);
        let figures: Value = reader.get("/overview.json").await.unwrap().document(200).unwrap();
        let totals = &figures["totals"];
        assert_eq!(
            (&totals["leads"], &totals["waiting"], &totals["erased"]),
            (&2.into(), &1234.into(), &1.into())
        );
        let kiosks = figures["kiosks"].as_array().unwrap();
        assert_eq!(kiosks.len(), 3);
        assert_eq!(
            (&kiosks[0]["kiosk"], &kiosks[0]["stop"]),
            (&"K01".into(), &"paris-2026".into())
        );
        assert_eq!(kiosks[0]["concerns"], Value::Array(vec![]));
        let concerns = [
            "silent",
            "long_wait",
            "set_aside",
            "config_rejected",
            "clock",
            "catalogue_refused",
        ];
        assert_eq!(kiosks[1]["concerns"], serde_json::json!(concerns));
        assert_eq!(kiosks[2]["concerns"], serde_json::json!(["never_heard"]));
        assert_eq!(
            (&figures["days"][0]["stop"], &figures["days"][0]["leads"]),
            (&"contract-test".into(), &3.into())
        );
        let text = figures.to_string();
        assert!(!text.contains("Visiteur") && !text.contains("+336"), "{text}");
    });
}

fn catalogue_version_mismatch_is_a_concern(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let store = &platform.app.store;
        let signed = expo_protocol::SignedCheckpoint {
            checkpoint: "{}".to_owned(),
            signature: String::new(),
        };
        store.publish(5, &signed, b"snapshot", Timestamp::now()).unwrap();
        let token = platform.overview_token();
        let reader = platform.api().with_token(&token);
        for (installed, refused, concerns) in [
            (Some(4), None, &["old_catalogue"][..]),
            (Some(4), Some("damaged"), &["catalogue_refused"]),
            (Some(5), None, &[]),
            (Some(6), None, &["unpublished_catalogue"]),
            (None, None, &["old_catalogue"]),
        ] {
            let report = Heartbeat {
                catalogue_version: installed,
                catalogue_refused: refused.map(str::to_owned),
                ..Heartbeat::default()
            };
            kiosk.heartbeat(&report).await.unwrap();
            let figures: Value = reader.get("/overview.json").await.unwrap().document(200).unwrap();
            assert_eq!(figures["kiosks"][0]["concerns"], serde_json::json!(concerns));
        }
        // A kiosk is behind only the versions that it reads.
        let newer = expo_protocol::SignedCheckpoint {
            checkpoint: r#"{"format": 2}"#.to_owned(),
            signature: String::new(),
        };
        store.publish(7, &newer, b"snapshot", Timestamp::now()).unwrap();
        for (catalogue_format, concerns) in [(0, &[][..]), (2, &["old_catalogue"])] {
            let report = Heartbeat {
                catalogue_version: Some(5),
                catalogue_format,
                ..Heartbeat::default()
            };
            kiosk.heartbeat(&report).await.unwrap();
            let figures: Value = reader.get("/overview.json").await.unwrap().document(200).unwrap();
            assert_eq!(figures["kiosks"][0]["concerns"], serde_json::json!(concerns));
        }
    });
}

fn visits_are_totals_per_kiosk_and_day(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (first, _) = platform.enrol().await;
        let (second, _) = platform.enrol().await;
        let report = |visits: &[(&str, &str, u32)]| Heartbeat {
            visits: visits
                .iter()
                .map(|(stop, name, count)| VisitCounts {
                    stop: (*stop).to_owned(),
                    day: "2026-02-13".parse().unwrap(),
                    counts: [((*name).to_owned(), *count)].into(),
                })
                .collect(),
            ..Heartbeat::default()
        };
        let late = report(&[("paris", "visits", 4)]);
        first.heartbeat(&report(&[("paris", "visits", 7)])).await.unwrap();
        first.heartbeat(&late).await.unwrap();
        second
            .heartbeat(&report(&[("paris", "visits", 2), ("lyon", "visits", 1)]))
            .await
            .unwrap();
        // Text of a visitor must not get in, whatever program sends it.
        second
            .heartbeat(&report(&[("Test Visiteur", "visits", 9)]))
            .await
            .unwrap();
        second
            .heartbeat(&report(&[("nantes", "search.Martil +336", 9)]))
            .await
            .unwrap();
        for kiosk in platform.app.store.kiosks().unwrap() {
            assert_eq!(kiosk.heartbeat.unwrap().visits, [], "also not in its last report");
        }
        // A program without visits changes nothing.
        first.heartbeat(&Heartbeat::default()).await.unwrap();
        let reader = platform.api().with_token(&platform.overview_token());
        let figures: Value = reader.get("/overview.json").await.unwrap().document(200).unwrap();
        let visits = figures["visits"].as_array().unwrap();
        let day = |at: usize| (&visits[at]["stop"], &visits[at]["visits"], &visits[at]["kiosks"]);
        assert_eq!(visits.len(), 2, "{visits:?}");
        assert_eq!(day(0), (&"lyon".into(), &1.into(), &1.into()));
        assert_eq!(day(1), (&"paris".into(), &9.into(), &2.into()));
        let page = reader.get("/overview").await.unwrap();
        let page = String::from_utf8(page.body).unwrap();
        assert!(page.contains("Visites par jour"), "{page}");
    });
}

fn overview_requires_a_token(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let token = platform.overview_token();
        for path in ["/overview", "/overview.json"] {
            for caller in [&platform.api(), &kiosk, &platform.api().with_token("wrong")] {
                let answer = caller.get(path).await.unwrap();
                answer.expect_problem(401, "unauthorized").unwrap();
                assert!(answer.header("www-authenticate").starts_with("Basic realm="));
            }
            assert_eq!(
                platform.api().with_token(&token).get(path).await.unwrap().status,
                200
            );
        }
        assert_eq!(platform.app.store.revoke_overview_tokens(None).unwrap(), 1);
        let answer = platform.api().with_token(&token).get("/overview").await.unwrap();
        answer.expect_problem(401, "unauthorized").unwrap();
    });
}

fn overview_tokens_have_names_and_expire(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let store = &platform.app.store;
        let now = Timestamp::now();
        let (soon, later) = (
            now + SignedDuration::from_mins(1),
            now + SignedDuration::from_hours(24),
        );
        let ministry = store.new_overview_token(Some("ministry"), now, later).unwrap();
        let short = store.new_overview_token(Some("visit"), now, soon).unwrap();
        let is_valid = |token: &str, at| store.is_overview_token(token, at).unwrap();
        assert!(is_valid(&ministry, now) && is_valid(&short, now));
        assert!(!is_valid(&short, soon) && is_valid(&ministry, soon));
        let taken = store
            .new_overview_token(Some("ministry"), now, later)
            .unwrap_err();
        assert!(taken.to_string().contains("ministry"), "{taken}");
        store.new_overview_token(Some("visit"), soon, later).unwrap();
        assert!(!is_valid(&short, now), "its name has another token now");
        store.new_overview_token(None, now, later).unwrap();
        let tokens = store.overview_tokens().unwrap();
        assert_eq!(tokens.len(), 3);
        assert!(tokens.iter().all(|token| token.expires_at.is_some()));
        assert_eq!(store.revoke_overview_tokens(Some("ministry")).unwrap(), 1);
        assert!(!is_valid(&ministry, now));
        assert_eq!(store.revoke_overview_tokens(Some("nobody")).unwrap(), 0);
        assert_eq!(store.revoke_overview_tokens(None).unwrap(), 2);
        let expired = store.new_overview_token(Some("old"), now, now).unwrap();
        let reader = platform.api().with_token(&expired);
        let answer = reader.get("/overview.json").await.unwrap();
        answer.expect_problem(401, "unauthorized").unwrap();
    });
}

#[test]
fn browser_shows_the_page() {
    run(async {
        let (test_store, work) = (TestStore::sqlite(), folder());
        let platform = TestPlatform::start(&test_store).await;
        let token = tour(&platform).await;
        let url = platform.url.replace("http://", &format!("http://hq:{token}@")) + "/overview";
        let profile = work.path().join("profile");
        // The screenshots stay for people to inspect.
        let pictures = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        for (name, size) in [("overview.png", "1280,1000"), ("overview-narrow.png", "420,1400")] {
            let picture = pictures.join(name);
            std::fs::remove_file(&picture).ok();
            let rendering = tokio::task::spawn_blocking({
                let (url, profile, picture) = (url.clone(), profile.clone(), picture.clone());
                move || render(&url, &profile, &picture, size)
            });
            let dom = rendering.await.unwrap();
            assert!(std::fs::metadata(&picture).unwrap().len() > 10_000);
            let texts = [
                "Bornes de la tournée",
                "paris-2026",
                "1\u{202f}234",
                "2 h 05 min",
                "configuration 3 refusée",
                "jamais vue depuis son enregistrement",
            ];
            for text in texts {
                assert!(dom.contains(text), "{text} is not shown");
            }
            assert!(!dom.contains("<script"), "text of a kiosk is escaped");
        }
    });
}

/// Renders a page with Chromium, writes a screenshot, and returns the final DOM.
fn render(url: &str, profile: &std::path::Path, picture: &std::path::Path, size: &str) -> String {
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(format!("--window-size={size}"))
        .arg(url)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
