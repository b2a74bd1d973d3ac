//! Complete visits in the real windows, by touch, in French and Arabic: power cut, login page, USB stick, idle reset.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod answers;
mod families;
mod journeys;
mod searches;

use acceptance::catalogue::one_project_bundle;
use acceptance::programs::{Kiosk, LoginPage, Platform, repository};
use acceptance::screen::{Screen, eventually};
use acceptance::usb_stick::UsbStick;
use acceptance::visit::{
    Screenshots, Visitor, close_day, request_call_back, unlock_staff, wait_for_sync_state,
};
use serde_json::json;
use std::path::Path;
use tokio::sync::Mutex;

/// Held by tests that use a USB stick or need none to be plugged in: every kiosk on the machine sees a stick and offers
/// to export to it.
static USB_STICK_LOCK: Mutex<()> = Mutex::const_new(());

/// Taps of staff after the hidden gesture: seven for the PIN, then screen, passphrase, files, and the way back. Without the
/// characters of the passphrase.
const MAX_TAPS_TO_CLOSE_DAY: usize = 14;

/// An enrolled demonstration kiosk and its platform, which is stopped.
fn enrolled(folder: &Path) -> (Kiosk, Platform) {
    let kiosk = Kiosk::demonstration(&folder.join("kiosk")).unwrap();
    let mut platform = Platform::new(&folder.join("platform")).unwrap();
    platform.start().unwrap();
    kiosk.enrol(&platform).unwrap();
    platform.stop();
    (kiosk, platform)
}

/// Waits for leads at the platform and returns them.
async fn wait_for_leads(platform: &Platform) -> Vec<serde_json::Value> {
    eventually("the lead does not reach the platform", || async {
        platform.leads().ok().filter(|leads| !leads.is_empty())
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn french_visit_survives_power_cut_after_thank_you() {
    let _no_stick = USB_STICK_LOCK.lock().await;
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
    let ticket = request_call_back(&window, &visitor, &Screenshots::none())
        .await
        .unwrap();
    window.kill().unwrap();
    let _ = window.close().await;
    assert_eq!(kiosk.run(["status"]).unwrap()["waiting"], json!(1));

    let window = screen.open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    platform.start().unwrap();
    let leads = wait_for_leads(&platform).await;
    assert_eq!(leads.len(), 1);
    assert_eq!(leads[0]["ticket"].as_str(), Some(ticket.as_str()));
    assert_eq!(leads[0]["phone"], json!("+33612345678"));
    assert_eq!(leads[0]["name"], json!("Zzcanary Visiteur"));

    window.open_staff_window().await.unwrap();
    let before = window.taps();
    unlock_staff(&window, &Screenshots::none()).await.unwrap();
    let receipt = close_day(&window, &Screenshots::none()).await.unwrap();
    assert_eq!(
        std::fs::read_dir(kiosk.export_folder()).unwrap().count(),
        4,
        "three formats and their receipt: {receipt}"
    );
    window.touch("staff-leave").await.unwrap();
    let taps = window.taps() - before;
    assert!(taps <= MAX_TAPS_TO_CLOSE_DAY, "{taps} taps");
    window.return_to_visitor_window().await.unwrap();
    window.close().await.unwrap();

    let matches = std::process::Command::new("grep")
        .args(["-rac", "Zzcanary\\|612345678"])
        .arg(&kiosk.folder)
        .output();
    let counts = String::from_utf8(matches.unwrap().stdout).unwrap();
    let files: Vec<&str> = counts.lines().filter(|line| !line.ends_with(":0")).collect();
    assert!(
        files.is_empty() && !counts.is_empty(),
        "personal data in {files:?}"
    );
}

#[tokio::test]
async fn arabic_visit_shows_login_page_to_staff_then_sends_lead() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, mut platform) = enrolled(folder.path());
    let page = LoginPage::serve(platform.port()).unwrap();
    let screen = Screen::start(1920, 1080).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    let visitor = Visitor {
        language: "ar",
        name: "زاير تجريبي",
        phone: "612345679",
        search: "طنجة",
    };
    request_call_back(&window, &visitor, &Screenshots::none())
        .await
        .unwrap();
    assert!(
        window
            .wait_for_css("html[dir=\"rtl\"][lang=\"ar\"]")
            .await
            .is_ok()
    );
    window.touch("thanks-done").await.unwrap();
    window.wait_for_screen("attract").await.unwrap();

    window.open_staff_window().await.unwrap();
    unlock_staff(&window, &Screenshots::none()).await.unwrap();
    wait_for_sync_state(&window, "captive").await.unwrap();
    drop(page);
    platform.start().unwrap();
    let leads = wait_for_leads(&platform).await;
    assert_eq!((leads.len(), &leads[0]["name"]), (1, &json!("زاير تجريبي")));
    wait_for_sync_state(&window, "ok").await.unwrap();
    window.close().await.unwrap();
}

/// Staff try a truncated bundle, import a complete one, and roll back. The kiosk writes a note about the refused bundle
/// onto the stick.
async fn staff_use_a_stick(language: &str, width: u32, height: u32) {
    let _only_stick = USB_STICK_LOCK.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let before = kiosk.run(["status"]).unwrap()["catalogue"]["version"].clone();
    let bytes = std::fs::read(one_project_bundle(folder.path()).unwrap()).unwrap();
    let pictures = repository().join("target/e2e/pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    let screenshots = Screenshots::new(&pictures, &format!("stick-{language}-{width}"));

    let screen = Screen::start(width, height).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    window.open_staff_window().await.unwrap();
    unlock_staff(&window, &Screenshots::none()).await.unwrap();
    window.touch(&format!("lang-{language}")).await.unwrap();
    window.touch("staff-nav-catalogue").await.unwrap();
    window.wait_for("stick-none").await.unwrap();

    let stick = UsbStick::plug_in(&format!("expo-{language}")).unwrap();
    std::fs::write(stick.path("expo.bundle"), &bytes[..bytes.len() / 2]).unwrap();
    window.touch("stick-load-0").await.unwrap();
    window.wait_for("stick-refused").await.unwrap();
    screenshots.take(&window, "refused").await.unwrap();
    let note = std::fs::read_to_string(stick.path("expo.bundle.refused.txt")).unwrap();
    assert!(note.contains("abîmé") && note.contains("تالف"), "{note}");
    assert_eq!(kiosk.run(["status"]).unwrap()["catalogue"]["version"], before);
    window.touch("stick-understood").await.unwrap();

    std::fs::write(stick.path("expo.bundle"), &bytes).unwrap();
    window.touch("stick-load-0").await.unwrap();
    window.wait_for("stick-loaded").await.unwrap();
    screenshots.take(&window, "loaded").await.unwrap();
    let installed = kiosk.run(["status"]).unwrap()["catalogue"].clone();
    assert!(
        installed["version"].as_u64() > before.as_u64() && installed["projects"] == json!(1),
        "{installed}"
    );
    window.touch("stick-understood").await.unwrap();

    window.touch("catalogue-go-back").await.unwrap();
    window.touch("go-back-confirm").await.unwrap();
    window.wait_for("catalogue-changed").await.unwrap();
    screenshots.take(&window, "gone-back").await.unwrap();
    assert_eq!(kiosk.run(["status"]).unwrap()["catalogue"]["version"], before);
    window.close().await.unwrap();
}

#[tokio::test]
async fn french_usb_stick_refuses_bad_and_imports_good_catalogue() {
    staff_use_a_stick("fr", 1080, 1920).await;
}

#[tokio::test]
async fn arabic_usb_stick_refuses_bad_and_imports_good_catalogue() {
    staff_use_a_stick("ar", 1920, 1080).await;
}

#[tokio::test]
async fn visitors_cannot_call_staff_commands_and_input_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let short_idle = |event: String| {
        event
            .replace("idle_seconds = 60", "idle_seconds = 10")
            .replace("countdown_seconds = 20", "countdown_seconds = 15")
    };
    let kiosk = Kiosk::with_event(folder.path(), short_idle).unwrap();
    let screen = Screen::start(1280, 800).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
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
        "staff_close_progress",
        "staff_cancel_close",
        "staff_audit",
    ] {
        let answer = window
            .evaluate(&format!("__TAURI_INTERNALS__.invoke('{command}', {{}})"))
            .await
            .unwrap();
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(error.contains("not allowed"), "{command}: {answer}");
    }
    let allowed = window
        .evaluate("__TAURI_INTERNALS__.invoke('visitor_boot', { lang: 'fr' })")
        .await
        .unwrap();
    assert_eq!(allowed["value"]["stop"]["id"], json!("demo-paris-2026"));

    window.touch("begin-en").await.unwrap();
    window.touch("call-me").await.unwrap();
    window.touch("field-name").await.unwrap();
    window.type_text("tester").await.unwrap();
    window.touch("lang-ar").await.unwrap();
    assert_eq!(
        typed_name(&window).await.to_lowercase(),
        "tester",
        "switching the language cleared the field"
    );
    window.wait_for_css("[data-idle=\"true\"]").await.unwrap();
    window.touch("im-here").await.unwrap();
    assert_eq!(typed_name(&window).await.to_lowercase(), "tester");
    window.wait_for_screen("attract").await.unwrap();
    window.touch("begin-fr").await.unwrap();
    window.touch("call-me").await.unwrap();
    assert_eq!(typed_name(&window).await, "");
    window.close().await.unwrap();
}

async fn typed_name(window: &acceptance::screen::Window) -> String {
    let field = window.wait_for("field-name").await.unwrap();
    field.prop("value").await.unwrap().unwrap_or_default()
}
