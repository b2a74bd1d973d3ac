//! A visit drawn by the processor, as on a machine without a graphics card, with a catalogue of realistic size: list,
//! scrolling, on-screen keyboard and form. It uses the mouse and the pixels of the display only.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::catalogue::large_bundle;
use acceptance::display::Display;
use acceptance::programs::Kiosk;
use acceptance::recording::{Recorder, Recording, enter_call_back};
use acceptance::screen::Screen;
use serde_json::json;
use std::time::{Duration, Instant};

/// Time limit for a screen to appear. Generous, because the machine may be busy.
const SCREEN_TIMEOUT: Duration = Duration::from_mins(1);
/// Time limit for the display to come to rest.
const SETTLE_TIMEOUT: Duration = Duration::from_secs(5);
/// Number of screens to scroll down.
const SCREENS: usize = 12;
/// Notches of the wheel for about one screen of the list.
const NOTCHES_PER_SCREEN: i32 = 8;
/// The share of the picture that at least changes with one screen of the list.
const MIN_SCROLL_DIFFERENCE: f64 = 0.1;
/// A list of projects has at least this many colours; a blank area has few.
const MIN_COLOURS: usize = 12;

/// Lengthens the idle time: nobody touches the screen while pictures are loaded.
fn long_idle() -> impl Fn(String) -> String {
    |event: String| event.replace("idle_seconds = 60", "idle_seconds = 600")
}

async fn record(screen: &Screen, kiosk: &Kiosk) -> Recording {
    let window = screen.open(kiosk).await.unwrap();
    let mut recorder = Recorder::start(&window).await.unwrap();
    for id in ["begin-fr", "nav-explore", "search-field"] {
        recorder.touch(id).await.unwrap();
    }
    recorder.type_text("tet").await.unwrap();
    for id in ["key-close", "nav-home", "call-me"] {
        recorder.touch(id).await.unwrap();
    }
    enter_call_back(&mut recorder).await.unwrap();
    recorder.touch("thanks-done").await.unwrap();
    let recording = recorder.finish();
    window.close().await.unwrap();
    recording
}

/// Scrolls down the list and back. Every screen must show other projects, and the top must be as before.
fn scroll_list(display: &Display, recording: &Recording) {
    let middle = display.area().middle();
    let mut before = display.settled_picture(SETTLE_TIMEOUT).unwrap().thumbnail();
    for screen in 1..=SCREENS {
        let start = Instant::now();
        let now = loop {
            display.scroll(middle, NOTCHES_PER_SCREEN, &[]).unwrap();
            let now = display.settled_picture(SETTLE_TIMEOUT).unwrap().thumbnail();
            let difference = now.difference(&before);
            if difference > MIN_SCROLL_DIFFERENCE {
                break now;
            }
            // At the end of the loaded part the list may still be loading the next one.
            assert!(
                start.elapsed() < SCREEN_TIMEOUT,
                "screen {screen} differs by {difference}"
            );
        };
        assert!(now.colours() >= MIN_COLOURS, "screen {screen} is blank");
        before = now;
    }
    display
        .scroll(middle, -3 * NOTCHES_PER_SCREEN * (SCREENS as i32 + 1), &[])
        .unwrap();
    let list = recording.view_after("nav-explore").unwrap();
    list.wait(display, "the top of the list", SCREEN_TIMEOUT).unwrap();
}

async fn visit(width: u32, height: u32) {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_catalogue(folder.path(), long_idle(), &large_bundle().unwrap()).unwrap();
    let screen = Screen::start(width, height)
        .unwrap()
        .with_environment("EXPO_RENDERER", "software");
    let recording = record(&screen, &kiosk).await;
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(1));

    let mut program = screen.run(&kiosk).unwrap();
    let display = screen.display();
    let explore = recording
        .steps
        .iter()
        .position(|step| step.id == "nav-explore")
        .unwrap();
    program.explain(recording.repeat(display, explore + 1)).unwrap();
    scroll_list(display, &recording);
    program
        .explain(recording.repeat_from(display, explore + 1))
        .unwrap();
    program.check().unwrap();
    drop(program);
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(2));
}

#[tokio::test]
async fn visit_in_portrait_without_graphics_card() {
    visit(1080, 1920).await;
}

#[tokio::test]
async fn visit_in_landscape_without_graphics_card() {
    visit(1920, 1080).await;
}
