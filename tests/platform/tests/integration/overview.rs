//! What headquarters sees: figures and a page, without personal data, looked at by a real browser.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, batch, folder, run, stop};
use jiff::{SignedDuration, Timestamp};
use platform::store::Store;
use protocol::Heartbeat;
use serde_json::Value;
use std::process::Command;
use uuid::Uuid;

on_both_stores!(
    figures_tell_of_kiosks_and_leads,
    a_kiosk_with_another_catalogue_than_the_published_one_is_told_of,
    only_those_with_a_token_may_look
);

/// A tour: one kiosk that is well, one in trouble, one never heard.
async fn tour(stand: &Stand) -> String {
    let store: &Store = &stand.app.store;
    let code = stand.code_with(Some(&stop("paris-2026")));
    let paris = stand.api().enrol(&code).await.unwrap();
    let (troubled, _) = stand.enrol().await;
    stand.enrol().await;
    let kiosk = stand.api().with_token(&paris.token);
    kiosk
        .send_leads(&batch(1..=3, &paris.leads_recipient))
        .await
        .unwrap();
    store.erase(Uuid::from_u128(3), None, Timestamp::now()).unwrap();
    let well = Heartbeat {
        program: "1.4.0".to_owned(),
        config_version: 1,
        ..Heartbeat::default()
    };
    kiosk.heartbeat(&well).await.unwrap();
    let ill = Heartbeat {
        program: "<script>alert(1)</script>".to_owned(),
        waiting: 1234,
        oldest_waiting_seconds: Some(7500),
        set_aside: 2,
        config_rejected: Some(3),
        clock_offset_ms: Some(-3_600_000),
        catalogue_refused: Some("damaged".to_owned()),
        ..Heartbeat::default()
    };
    troubled.heartbeat(&ill).await.unwrap();
    let long_ago = Timestamp::now() - SignedDuration::from_hours(26);
    store.heard("K02", &ill, long_ago).unwrap();
    store.new_overview_token(Timestamp::now()).unwrap()
}

fn figures_tell_of_kiosks_and_leads(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let token = tour(&stand).await;
        let looker = stand.api().with_token(&token);
        let figures: Value = looker.get("/overview.json").await.unwrap().document(200).unwrap();
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

fn a_kiosk_with_another_catalogue_than_the_published_one_is_told_of(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, _) = stand.enrol().await;
        let store = &stand.app.store;
        let signed = protocol::SignedCheckpoint {
            checkpoint: "{}".to_owned(),
            signature: String::new(),
        };
        store.publish(5, &signed, b"snapshot", Timestamp::now()).unwrap();
        let token = store.new_overview_token(Timestamp::now()).unwrap();
        let looker = stand.api().with_token(&token);
        for (shows, refused, concerns) in [
            (Some(4), None, &["old_catalogue"][..]),
            (Some(4), Some("damaged"), &["catalogue_refused"]),
            (Some(5), None, &[]),
            (Some(6), None, &["unpublished_catalogue"]),
            (None, None, &["old_catalogue"]),
        ] {
            let report = Heartbeat {
                catalogue_version: shows,
                catalogue_refused: refused.map(str::to_owned),
                ..Heartbeat::default()
            };
            kiosk.heartbeat(&report).await.unwrap();
            let figures: Value = looker.get("/overview.json").await.unwrap().document(200).unwrap();
            assert_eq!(figures["kiosks"][0]["concerns"], serde_json::json!(concerns));
        }
    });
}

fn only_those_with_a_token_may_look(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (kiosk, _) = stand.enrol().await;
        let token = stand.app.store.new_overview_token(Timestamp::now()).unwrap();
        for path in ["/overview", "/overview.json"] {
            for stranger in [&stand.api(), &kiosk, &stand.api().with_token("wrong")] {
                let answer = stranger.get(path).await.unwrap();
                answer.refused(401, "unauthorized").unwrap();
                assert!(answer.header("www-authenticate").starts_with("Basic realm="));
            }
            assert_eq!(
                stand.api().with_token(&token).get(path).await.unwrap().status,
                200
            );
        }
        assert_eq!(stand.app.store.revoke_overview_tokens().unwrap(), 1);
        let answer = stand.api().with_token(&token).get("/overview").await.unwrap();
        answer.refused(401, "unauthorized").unwrap();
    });
}

#[test]
fn a_browser_shows_the_page() {
    run(async {
        let (ground, work) = (Ground::sqlite(), folder());
        let stand = Stand::start(&ground).await;
        let token = tour(&stand).await;
        let url = stand.url.replace("http://", &format!("http://hq:{token}@")) + "/overview";
        let profile = work.path().join("profile");
        // Kept where a person can look at them.
        let pictures = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        for (name, size) in [("overview.png", "1280,1000"), ("overview-narrow.png", "420,1400")] {
            let picture = pictures.join(name);
            std::fs::remove_file(&picture).ok();
            let shown = tokio::task::spawn_blocking({
                let (url, profile, picture) = (url.clone(), profile.clone(), picture.clone());
                move || browser(&url, &profile, &picture, size)
            });
            let dom = shown.await.unwrap();
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
            assert!(!dom.contains("<script"), "what a kiosk says is text");
        }
    });
}

/// What a browser makes of a page: its elements as they are in the end, and a picture.
fn browser(url: &str, profile: &std::path::Path, picture: &std::path::Path, size: &str) -> String {
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
