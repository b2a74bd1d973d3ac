//! Journeys of visitors from the attract screen to their goal, by touch, with the demonstration catalogue. The taps are
//! counted, without typed characters.

use acceptance::programs::Kiosk;
use acceptance::screen::{Screen, Window, eventually};
use acceptance::visit::{CARDS, Screenshots, answer_by_call, complete_form};
use serde_json::json;
use std::path::Path;

const TAPS_TO_CALL_BACK: usize = 8;
const MAX_TAPS_TO_COMPARE_AND_CALL_BACK: usize = 22;
const MAX_TAPS_TO_SAVED_PLOT: usize = 10;

/// Projects of the demonstration with available flats, with such flats of at most 700,000 dirhams, and with industrial plots.
const FLATS: u64 = 28;
const AFFORDABLE_FLATS: u64 = 25;
const INDUSTRIAL_PLOTS: u64 = 7;

/// Script that returns how much of the field that has the focus can be seen: from 0 to 1, in steps of a quarter.
const VISIBLE_SHARE_SCRIPT: &str = "(() => {
    const field = document.activeElement;
    const box = field.closest('.box') ?? field;
    const { top, bottom, left, right } = box.getBoundingClientRect();
    const scroller = box.closest('.scroll').getBoundingClientRect();
    const heights = [0.05, 0.35, 0.65, 0.95].map((share) => top + (bottom - top) * share);
    const isSeen = (y) => y > scroller.top && y < scroller.bottom
        && box.contains(document.elementFromPoint((left + right) / 2, y));
    return heights.filter(isSeen).length / heights.length;
})()";

async fn open(folder: &Path, width: u32, height: u32) -> (Kiosk, Window) {
    let kiosk = Kiosk::with_event(folder, |event| event).unwrap();
    let window = Screen::start(width, height).unwrap().open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    (kiosk, window)
}

async fn touch_all(window: &Window, ids: &[&str]) {
    for id in ids {
        window.touch(id).await.unwrap();
    }
}

async fn wait_for_total(window: &Window, total: u64) {
    let count = format!("[data-testid=\"result-count\"][data-count=\"{total}\"]");
    window.wait_for_css(&count).await.unwrap();
}

async fn enter_name_and_phone(window: &Window, name: &str, phone: &str) {
    for (id, text) in [("field-name", name), ("field-phone", phone)] {
        window.touch(id).await.unwrap();
        window.type_text(text).await.unwrap();
    }
}

async fn value_of(window: &Window, id: &str) -> String {
    let field = window.wait_for(id).await.unwrap();
    field.prop("value").await.unwrap().unwrap_or_default()
}

async fn text(window: &Window, expression: &str) -> String {
    let found = window.evaluate(expression).await.unwrap();
    found["value"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn arabic_call_back_takes_eight_taps() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, window) = open(folder.path(), 1080, 1920).await;
    touch_all(&window, &["begin-ar", "call-me"]).await;
    enter_name_and_phone(&window, "زاير تجريبي", "612345678").await;
    // Without wishes.
    window.touch("lead-finish").await.unwrap();
    answer_by_call(&window, &Screenshots::none()).await.unwrap();
    assert_eq!(window.taps(), TAPS_TO_CALL_BACK);
    window
        .wait_for_css("html[dir=\"rtl\"][lang=\"ar\"]")
        .await
        .unwrap();
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(1));
    window.close().await.unwrap();
}

/// Looks for a flat of at most 700,000 dirhams, compares two projects, takes them away and asks for a call about them.
#[tokio::test]
async fn couple_compares_takes_away_and_asks_within_22_taps() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, window) = open(folder.path(), 1080, 1920).await;
    touch_all(&window, &["begin-en", "open-explore", "facet-type-apartment"]).await;
    wait_for_total(&window, FLATS).await;
    window.touch("open-ranges").await.unwrap();
    // The seventh of the 17 steps of the budget.
    let budget = "[data-testid=\"budget\"] .line";
    window.touch_at(budget, 6.0 / 16.0).await.unwrap();
    window.touch("ranges-show").await.unwrap();
    let limit = window.text_of("lift-budget").await.unwrap();
    assert_eq!(digits(&limit), "700000", "{limit}");
    wait_for_total(&window, AFFORDABLE_FLATS).await;

    let ids = format!("[...document.querySelectorAll('{CARDS}')].map((card) => card.dataset.testid)");
    let cards = text(&window, &format!("{ids}.join(' ')")).await;
    let chosen: Vec<&str> = cards.split(' ').take(2).collect();
    for (position, card) in chosen.iter().enumerate() {
        if position > 0 {
            window.touch("nav-back").await.unwrap();
        }
        window.touch(card).await.unwrap();
        window.wait_for_screen("project").await.unwrap();
        window.touch("save-project").await.unwrap();
    }
    touch_all(&window, &["nav-selection", "shortlist-compare"]).await;
    let mut titles = Vec::new();
    for card in &chosen {
        let head = card.replacen("card-", "compare-head-", 1);
        titles.push(window.text_of(&head).await.unwrap());
    }
    window.touch("compare-take").await.unwrap();
    window.wait_for("takeaway-code").await.unwrap();
    window.touch("call-me").await.unwrap();
    enter_name_and_phone(&window, "zz couple", "612345678").await;
    complete_form(&window, &Screenshots::none()).await.unwrap();
    let taps = window.taps();
    assert!(taps <= MAX_TAPS_TO_COMPARE_AND_CALL_BACK, "{taps} taps");
    let asked = window.text_of("thanks-about").await.unwrap();
    let named = titles.iter().all(|title| asked.contains(title.trim()));
    assert!(named, "{titles:?} {asked}");
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(1));
    window.close().await.unwrap();
}

#[tokio::test]
async fn investor_saves_an_industrial_plot_within_10_taps() {
    let folder = tempfile::tempdir().unwrap();
    let (_kiosk, window) = open(folder.path(), 1080, 1920).await;
    touch_all(&window, &["begin-fr", "door-land", "facet-type-industrial_plot"]).await;
    // Plots and premises begin with one kind.
    window.touch("lift-types-residential_plot").await.unwrap();
    wait_for_total(&window, INDUSTRIAL_PLOTS).await;
    let unit = "TNG-CHERGUI-G1-01";
    touch_all(
        &window,
        &["card-TNG-CHERGUI", "part-units", &format!("unit-{unit}")],
    )
    .await;
    window.wait_for("unit-sheet").await.unwrap();
    window.touch("save-unit").await.unwrap();
    let taps = window.taps();
    assert!(taps <= MAX_TAPS_TO_SAVED_PLOT, "{taps} taps");
    touch_all(&window, &["sheet-close", "nav-selection"]).await;
    let saved = window.text_of(&format!("kept-{unit}")).await.unwrap();
    assert!(saved.contains("LI-002"), "{saved}");
    window.close().await.unwrap();
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Waits until the field with the focus can be seen completely, above the keyboard.
async fn wait_for_seen_field(window: &Window, id: &str) {
    eventually(&format!("{id} is partly hidden"), || async {
        let seen = window.evaluate(VISIBLE_SHARE_SCRIPT).await.ok()?;
        (seen["value"].as_f64() == Some(1.0)).then_some(())
    })
    .await
    .unwrap();
}

async fn check(window: &Window, name: &str) {
    let mut problems = window.accessibility_violations().await.unwrap();
    problems.extend(window.overflowing_controls().await.unwrap());
    assert!(problems.is_empty(), "{name}: {}", problems.join("\n"));
}

#[tokio::test]
async fn form_with_all_comfort_settings_on_a_small_screen() {
    let folder = tempfile::tempdir().unwrap();
    let (_kiosk, window) = open(folder.path(), 1280, 800).await;
    let settings = ["text-larger", "comfort-contrast", "comfort-lowered"];
    touch_all(&window, &["begin-fr", "nav-comfort"]).await;
    touch_all(&window, &settings).await;
    window.touch("sheet-close").await.unwrap();
    check(&window, "home").await;
    window.touch("nav-explore").await.unwrap();
    window.wait_for_css(CARDS).await.unwrap();
    check(&window, "explore").await;
    window.touch("call-me").await.unwrap();
    for (id, text) in [("field-name", "zz test"), ("field-phone", "612345678")] {
        window.touch(id).await.unwrap();
        wait_for_seen_field(&window, id).await;
        window.type_text(text).await.unwrap();
        wait_for_seen_field(&window, id).await;
    }

    // In another language the answers stay, and the keyboard shows the letters of that language.
    touch_all(&window, &["key-close", "lang-ar", "field-name"]).await;
    window
        .wait_for_css("html[dir=\"rtl\"][lang=\"ar\"] [data-layout=\"arabic\"]")
        .await
        .unwrap();
    window.type_text("ا").await.unwrap();
    wait_for_seen_field(&window, "field-name").await;
    assert_eq!(value_of(&window, "field-name").await, "Zz Testا");
    assert_eq!(digits(&value_of(&window, "field-phone").await), "612345678");
    window.touch("lead-next").await.unwrap();
    window.wait_for_css("[data-step=\"what\"]").await.unwrap();
    let overflowing = window.overflowing_controls().await.unwrap();
    assert!(overflowing.is_empty(), "{overflowing:?}");
    window.touch("lang-fr").await.unwrap();
    window
        .wait_for_css(
            "html[lang=\"fr\"][data-text=\"larger\"][data-contrast=\"high\"][data-lowered=\"true\"]",
        )
        .await
        .unwrap();
    window.touch("lead-back").await.unwrap();
    assert_eq!(value_of(&window, "field-name").await, "Zz Testا");
    window.close().await.unwrap();
}
