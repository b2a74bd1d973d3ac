//! A whole visit in the real windows, by touch, in French and in Arabic, with a power cut and a login page in between.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use acceptance::catalogue::bundle_of_one;
use acceptance::programs::{Kiosk, LoginPage, Platform, repository};
use acceptance::screen::{Screen, eventually};
use acceptance::stick::Stick;
use acceptance::visit::{Album, Visitor, ask_to_be_called, close_the_day, sync_state, unlock_staff};
use serde_json::json;
use std::path::Path;
use tokio::sync::Mutex;

/// A stick that is plugged in is there for every kiosk on the machine, which then offers it to write to.
static STICKS: Mutex<()> = Mutex::const_new(());

fn enrolled(folder: &Path) -> (Kiosk, Platform) {
    let kiosk = Kiosk::demonstration(&folder.join("kiosk")).unwrap();
    let mut platform = Platform::new(&folder.join("platform")).unwrap();
    platform.start().unwrap();
    kiosk.enrol(&platform).unwrap();
    platform.stop();
    (kiosk, platform)
}

async fn arrives(platform: &Platform) -> Vec<serde_json::Value> {
    eventually("the lead does not arrive by itself", || async {
        platform.leads().ok().filter(|leads| !leads.is_empty())
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn in_french_a_power_cut_right_after_thank_you_loses_nothing() {
    let _none_plugged_in = STICKS.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, mut platform) = enrolled(folder.path());
    let screen = Screen::start(1080, 1920).unwrap();
    let visitor = Visitor {
        language: "fr",
        name: "Zzcanary Visiteur",
        phone: "612345678",
        search: "tetouan",
    };

    let window = screen.open(&kiosk).await.unwrap();
    let ticket = ask_to_be_called(&window, &visitor, &Album::none()).await.unwrap();
    window.kill().unwrap();
    let _ = window.close().await;
    assert_eq!(kiosk.run(["status"]).unwrap()["waiting"], json!(1));

    let window = screen.open(&kiosk).await.unwrap();
    window.on("attract").await.unwrap();
    platform.start().unwrap();
    let leads = arrives(&platform).await;
    assert_eq!(leads.len(), 1);
    assert_eq!(leads[0]["ticket"].as_str(), Some(ticket.as_str()));
    assert_eq!(leads[0]["phone"], json!("+33612345678"));
    assert_eq!(leads[0]["name"], json!("Zzcanary Visiteur"));

    window.enter_staff().await.unwrap();
    unlock_staff(&window, &Album::none()).await.unwrap();
    let receipt = close_the_day(&window, &Album::none()).await.unwrap();
    assert_eq!(
        std::fs::read_dir(kiosk.exports()).unwrap().count(),
        3,
        "{receipt}"
    );
    window.touch("staff-leave").await.unwrap();
    window.back_to_visitors().await.unwrap();
    window.close().await.unwrap();

    let found = std::process::Command::new("grep")
        .args(["-rac", "Zzcanary\\|612345678"])
        .arg(&kiosk.folder)
        .output();
    let counts = String::from_utf8(found.unwrap().stdout).unwrap();
    let hits: Vec<&str> = counts.lines().filter(|line| !line.ends_with(":0")).collect();
    assert!(hits.is_empty() && !counts.is_empty(), "personal data in {hits:?}");
}

#[tokio::test]
async fn in_arabic_a_login_page_is_told_to_staff_and_the_lead_arrives_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, mut platform) = enrolled(folder.path());
    let page = LoginPage::on(platform.port()).unwrap();
    let screen = Screen::start(1920, 1080).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    let visitor = Visitor {
        language: "ar",
        name: "زاير تجريبي",
        phone: "612345679",
        search: "طنجة",
    };
    ask_to_be_called(&window, &visitor, &Album::none()).await.unwrap();
    assert!(window.see_css("html[dir=\"rtl\"][lang=\"ar\"]").await.is_ok());
    window.touch("thanks-done").await.unwrap();
    window.on("attract").await.unwrap();

    window.enter_staff().await.unwrap();
    unlock_staff(&window, &Album::none()).await.unwrap();
    sync_state(&window, "captive").await.unwrap();
    drop(page);
    platform.start().unwrap();
    let leads = arrives(&platform).await;
    assert_eq!((leads.len(), &leads[0]["name"]), (1, &json!("زاير تجريبي")));
    sync_state(&window, "ok").await.unwrap();
    window.close().await.unwrap();
}

/// A stick with half a catalogue, then with a whole one, then back to what was shown before.
async fn staff_use_a_stick(language: &str, width: u32, height: u32) {
    let _only_ours = STICKS.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let before = kiosk.run(["status"]).unwrap()["catalogue"]["version"].clone();
    let bytes = std::fs::read(bundle_of_one(folder.path()).unwrap()).unwrap();
    let pictures = repository().join("target/e2e/pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    let album = Album::new(&pictures, &format!("stick-{language}-{width}"));

    let screen = Screen::start(width, height).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.on("attract").await.unwrap();
    window.enter_staff().await.unwrap();
    unlock_staff(&window, &Album::none()).await.unwrap();
    window.touch(&format!("lang-{language}")).await.unwrap();
    window.touch("staff-nav-catalogue").await.unwrap();
    window.see("stick-none").await.unwrap();

    let stick = Stick::plug_in(&format!("expo-{language}")).unwrap();
    std::fs::write(stick.at("expo.bundle"), &bytes[..bytes.len() / 2]).unwrap();
    window.touch("stick-load-0").await.unwrap();
    window.see("stick-refused").await.unwrap();
    album.take(&window, "refused").await.unwrap();
    let note = std::fs::read_to_string(stick.at("expo.bundle.refused.txt")).unwrap();
    assert!(note.contains("abîmé") && note.contains("تالف"), "{note}");
    assert_eq!(kiosk.run(["status"]).unwrap()["catalogue"]["version"], before);
    window.touch("stick-understood").await.unwrap();

    std::fs::write(stick.at("expo.bundle"), &bytes).unwrap();
    window.touch("stick-load-0").await.unwrap();
    window.see("stick-loaded").await.unwrap();
    album.take(&window, "loaded").await.unwrap();
    let shown = kiosk.run(["status"]).unwrap()["catalogue"].clone();
    assert!(
        shown["version"].as_u64() > before.as_u64() && shown["projects"] == json!(1),
        "{shown}"
    );
    window.touch("stick-understood").await.unwrap();

    window.touch("catalogue-go-back").await.unwrap();
    window.touch("go-back-confirm").await.unwrap();
    window.see("catalogue-changed").await.unwrap();
    album.take(&window, "gone-back").await.unwrap();
    assert_eq!(kiosk.run(["status"]).unwrap()["catalogue"]["version"], before);
    window.close().await.unwrap();
}

#[tokio::test]
async fn in_french_a_stick_is_found_its_bad_catalogue_refused_on_it_and_a_good_one_taken() {
    staff_use_a_stick("fr", 1080, 1920).await;
}

#[tokio::test]
async fn in_arabic_a_stick_is_found_its_bad_catalogue_refused_on_it_and_a_good_one_taken() {
    staff_use_a_stick("ar", 1920, 1080).await;
}

#[tokio::test]
async fn visitors_cannot_call_staff_and_nothing_typed_outlives_them() {
    let folder = tempfile::tempdir().unwrap();
    let hurried = |event: String| {
        event
            .replace("idle_seconds = 60", "idle_seconds = 10")
            .replace("countdown_seconds = 20", "countdown_seconds = 15")
    };
    let kiosk = Kiosk::of_event(folder.path(), hurried).unwrap();
    let screen = Screen::start(1280, 800).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.on("attract").await.unwrap();
    for command in [
        "staff_state",
        "staff_unlock",
        "staff_passphrase",
        "staff_lock",
        "staff_leave",
        "staff_today",
        "staff_sync_now",
        "staff_days",
        "staff_destinations",
        "staff_close_day",
        "staff_audit",
    ] {
        let said = window
            .promise(&format!("__TAURI_INTERNALS__.invoke('{command}', {{}})"))
            .await
            .unwrap();
        let refusal = said["error"].as_str().unwrap_or_default();
        assert!(refusal.contains("not allowed"), "{command}: {said}");
    }
    let allowed = window
        .promise("__TAURI_INTERNALS__.invoke('visitor_boot', { lang: 'fr' })")
        .await
        .unwrap();
    assert_eq!(allowed["value"]["stop"]["id"], json!("demo-paris-2026"));

    window.touch("begin-en").await.unwrap();
    window.touch("call-me").await.unwrap();
    window.touch("field-name").await.unwrap();
    window.write("tester").await.unwrap();
    window.touch("lang-ar").await.unwrap();
    assert_eq!(
        typed_name(&window).await.to_lowercase(),
        "tester",
        "switching the language lost what was typed"
    );
    window.see_css("[data-idle=\"true\"]").await.unwrap();
    window.touch("im-here").await.unwrap();
    assert_eq!(typed_name(&window).await.to_lowercase(), "tester");
    window.on("attract").await.unwrap();
    window.touch("begin-fr").await.unwrap();
    window.touch("call-me").await.unwrap();
    assert_eq!(typed_name(&window).await, "");
    window.close().await.unwrap();
}

async fn typed_name(window: &acceptance::screen::Window) -> String {
    let field = window.see("field-name").await.unwrap();
    field.prop("value").await.unwrap().unwrap_or_default()
}
