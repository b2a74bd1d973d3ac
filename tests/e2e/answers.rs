//! The screens that answer a family's questions, in the real window: budget, housing aid, guides, the plan of a stay.

use acceptance::programs::{Kiosk, repository};
use acceptance::screen::{Screen, Window};
use acceptance::visit::Screenshots;

/// Questions about the budget; each can be skipped.
const BUDGET_QUESTIONS: [&str; 5] = ["cash", "monthly", "rate", "years", "origin"];

async fn touch_all(window: &Window, ids: &[&str]) {
    for id in ids {
        window.touch(id).await.unwrap();
    }
}

async fn visit_all_answers(language: &str, width: u32, height: u32) {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_event(folder.path(), |event| event).unwrap();
    let window = Screen::start(width, height).unwrap().open(&kiosk).await.unwrap();
    let pictures = repository().join("target/e2e/pictures");
    let screenshots = Screenshots::new(&pictures, &format!("answers-{language}-{width}x{height}"));
    touch_all(&window, &[&format!("begin-{language}"), "door-afford"]).await;
    for question in BUDGET_QUESTIONS {
        window.wait_for(&format!("afford-{question}")).await.unwrap();
        if question == "monthly" {
            screenshots.take(&window, "budget").await.unwrap();
        }
        window.touch("afford-skip").await.unwrap();
    }
    window.wait_for("afford-result").await.unwrap();
    screenshots.take(&window, "budget-result").await.unwrap();

    touch_all(&window, &["nav-home", "door-aid-questions", "aid-alone"]).await;
    screenshots.take(&window, "aid-question").await.unwrap();
    window.touch("aid-no").await.unwrap();
    window.wait_for("aid-unmet").await.unwrap();
    screenshots.take(&window, "aid-result").await.unwrap();

    touch_all(&window, &["nav-home", "door-guides"]).await;
    window.wait_for_screen("guides").await.unwrap();
    screenshots.take(&window, "guides").await.unwrap();
    touch_all(&window, &["guide-power-of-attorney", "guide-take"]).await;
    window.wait_for("guide-code").await.unwrap();
    screenshots.take(&window, "guide-code").await.unwrap();

    window.touch("sheet-close").await.unwrap();
    touch_all(&window, &["nav-home", "door-summer", "summer-off-plan"]).await;
    screenshots.take(&window, "stay").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn french_portrait_answers_questions() {
    visit_all_answers("fr", 1080, 1920).await;
}

#[tokio::test]
async fn arabic_landscape_answers_questions() {
    visit_all_answers("ar", 1920, 1080).await;
}
