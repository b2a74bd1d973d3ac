//! Families that plan a purchase, in the real window, from the question to the code that a telephone reads: a couple with a
//! flat just above a threshold of the aid, a father and his daughter, a builder.

use acceptance::programs::{Kiosk, repository};
use acceptance::screen::{Screen, Window, eventually};
use std::path::Path;

/// Script that returns everything a person sees of a question about the aid, except whose turn it is.
const QUESTION_SCRIPT: &str = "(() => {
    const parts = document.querySelectorAll('[data-testid=\"aid\"] :is(h1, .lead, .choices)');
    return [...parts].map((part) => part.innerHTML).join();
})()";

/// Opens the window of a kiosk at a stop of the demonstration. Without a stop, it is the one in Paris.
async fn open(folder: &Path, stop: Option<&str>, width: u32, height: u32) -> Window {
    let event = |paris: String| {
        stop.map_or(paris, |stop| {
            std::fs::read_to_string(repository().join(format!("assets/demo/stops/{stop}.toml"))).unwrap()
        })
    };
    let kiosk = Kiosk::with_event(folder, event).unwrap();
    let window = Screen::start(width, height).unwrap().open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    window
}

async fn touch_all(window: &Window, ids: &[&str]) {
    for id in ids {
        window.touch(id).await.unwrap();
    }
}

/// The text of the only QR code on the screen, as a telephone reads it, with plain spaces.
async fn scan(window: &Window) -> String {
    let screenshot = window.screenshot_png().await.unwrap();
    let screenshot = image::load_from_memory(&screenshot).unwrap().to_luma8();
    let (width, height) = (screenshot.width() as usize, screenshot.height() as usize);
    let grey = |x: usize, y: usize| screenshot.get_pixel(x as u32, y as u32).0[0];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = prepared.detect_grids();
    assert_eq!(codes.len(), 1, "number of QR codes on the screen");
    let (_, read) = codes[0].decode().unwrap();
    read.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The first amount in dirhams of a text.
fn dirhams(text: &str) -> u64 {
    let (before, _) = text.split_once("DH").unwrap();
    let tail = before
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_digit() && !c.is_whitespace());
    let digits: String = tail
        .take(1)
        .flat_map(str::chars)
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap()
}

async fn question(window: &Window) -> String {
    let parts = window.evaluate(QUESTION_SCRIPT).await.unwrap();
    parts["value"].as_str().unwrap_or_default().to_owned()
}

/// Replies, and waits until the next question is shown.
async fn reply(window: &Window, id: &str) {
    let before = question(window).await;
    window.touch(id).await.unwrap();
    eventually("the question stays", || async {
        (question(window).await != before).then_some(())
    })
    .await
    .unwrap();
}

/// At 310,000 dirhams the flat has less aid than one of 300,000: the couple reads why, opens the nearest unit below, keeps it
/// and takes it away.
#[tokio::test]
async fn couple_at_brussels_takes_the_flat_below_the_threshold() {
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), Some("brussels"), 1080, 1920).await;
    touch_all(&window, &["begin-fr", "nav-explore"]).await;
    window.write_text("search-field", "faience").await.unwrap();
    touch_all(&window, &["card-SAF-FAIENCE", "unit-SAF-FAIENCE-G1-08"]).await;
    let warning = window.text_of("threshold").await.unwrap();
    assert_eq!(dirhams(&warning), 10_000, "{warning}");
    assert!(
        warning
            .replace(['\u{a0}', '\u{202f}'], " ")
            .contains("30 000 DH d’aide"),
        "{warning}"
    );
    let nearest = window.text_of("threshold-nearest").await.unwrap();
    assert!(dirhams(&nearest) <= 300_000, "{nearest}");

    window.touch("threshold-nearest").await.unwrap();
    let price = dirhams(&nearest);
    eventually("the unit below is not shown", || async {
        let sheet = window.text_of("unit-sheet").await.ok()?;
        (dirhams(&sheet) == price).then_some(())
    })
    .await
    .unwrap();
    touch_all(&window, &["save-unit", "sheet-close", "nav-selection"]).await;
    let plan = window.text_of("shortlist-plan").await.unwrap();
    assert!(dirhams(&plan) > price, "{plan}");
    window.touch("shortlist-take").await.unwrap();
    window.wait_for("takeaway-code").await.unwrap();
    let code = scan(&window).await;
    assert!(code.starts_with("BEGIN:VCARD"), "{code}");
    for part in ["Total à prévoir\\, frais compris", "Si l’aide est accordée"] {
        assert!(code.contains(part), "{part}: {code}");
    }
    window.close().await.unwrap();
}

/// Two buyers answer apart. The second one sees the screens of somebody who begins, and both get one result.
#[tokio::test]
async fn father_and_daughter_answer_apart_and_get_one_result() {
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), None, 1080, 1920).await;
    touch_all(&window, &["begin-fr", "door-aid-questions", "aid-couple"]).await;
    window.wait_for("aid-question").await.unwrap();
    let first = question(&window).await;
    for answer in [
        "aid-yes",
        "aid-unsure",
        "aid-yes",
        "aid-yes",
        "aid-yes",
        "aid-yes",
    ] {
        reply(&window, answer).await;
    }
    window.wait_for("aid-hand-over").await.unwrap();
    assert!(!window.has_element("aid-question").await);
    window.touch("aid-ready").await.unwrap();
    window.wait_for("aid-question").await.unwrap();
    assert_eq!(question(&window).await, first);
    // The way back ends at the hand-over.
    window.touch("aid-back").await.unwrap();
    window.wait_for("aid-hand-over").await.unwrap();
    window.touch("aid-ready").await.unwrap();
    window.wait_for("aid-question").await.unwrap();
    for _ in 0..6 {
        reply(&window, "aid-yes").await;
    }
    window.wait_for_css(".verdict.to_confirm").await.unwrap();
    window.wait_for("aid-code").await.unwrap();
    let code = eventually("the code is not on the screen", || async {
        let scroll =
            "document.querySelector('[data-testid=\"aid-code\"]').scrollIntoView({ block: 'center' })";
        window.evaluate(&format!("({scroll}, true)")).await.ok()?;
        Some(scan(&window).await)
    });
    assert_eq!(code.await.unwrap(), "https://www.daamsakane.ma");
    window.close().await.unwrap();
}

/// A plot leads to the guide on building, and the stop in Canada to its own guide on the power of attorney.
#[tokio::test]
async fn builder_at_montreal_takes_the_checklists_away() {
    let folder = tempfile::tempdir().unwrap();
    let window = open(folder.path(), Some("montreal"), 1920, 1080).await;
    touch_all(&window, &["begin-fr", "door-land", "card-BML-TASSEMIT"]).await;
    window.wait_for_screen("project").await.unwrap();
    window.touch_css("[data-testid^=\"unit-BML-\"]").await.unwrap();
    window.wait_for("unit-sheet").await.unwrap();
    window.touch("guide-plot-and-building").await.unwrap();
    window.wait_for_screen("guide").await.unwrap();
    touch_all(&window, &["paper-0", "guide-take"]).await;
    window.wait_for("guide-code").await.unwrap();
    let code = scan(&window).await;
    for part in ["Acheter un terrain et bâtir", "Déjà prêt", "À réunir"] {
        assert!(code.contains(part), "{part}: {code}");
    }
    let (missing, ready) = code.split_once("Déjà prêt").unwrap();
    assert!(missing.contains("Permis de construire"), "{code}");
    assert!(ready.contains("Plan du lot"), "{code}");

    touch_all(
        &window,
        &[
            "sheet-close",
            "nav-home",
            "door-guides",
            "guide-power-of-attorney",
        ],
    )
    .await;
    window.wait_for_css("[data-testid=\"guide\"] h1").await.unwrap();
    window.touch("guide-take").await.unwrap();
    window.wait_for("guide-code").await.unwrap();
    let code = scan(&window).await;
    assert!(code.contains("Donner procuration au Canada"), "{code}");
    window.close().await.unwrap();
}
