//! The means of the window tests themselves: waiting, the display, pictures and touches must not hang, and must say what is
//! wrong.

use acceptance::Failure;
use acceptance::display::{Area, Display, Picture};
use acceptance::processes::{named, send_signal, tree};
use acceptance::programs::Kiosk;
use acceptance::screen::Screen;
use acceptance::wait::{SessionLost, answered, retry};
use std::cell::Cell;
use std::time::Duration;

#[tokio::test]
async fn timeout_names_what_was_awaited_and_found() {
    let limit = Duration::from_millis(200);
    let closed = || async { Err::<(), Failure>("it is closed".into()) };
    let failure = retry("the door does not open", limit, closed)
        .await
        .unwrap_err()
        .to_string();
    assert!(failure.contains("the door does not open"), "{failure}");
    assert!(failure.contains("it is closed"), "{failure}");
}

#[tokio::test]
async fn lost_session_ends_the_waiting_at_once() {
    let attempts = Cell::new(0);
    let lost = || async {
        attempts.set(attempts.get() + 1);
        Err::<(), Failure>(SessionLost("the display is gone".to_owned()).into())
    };
    let failure = retry("nothing appears", Duration::from_mins(1), lost)
        .await
        .unwrap_err();
    assert!(failure.is::<SessionLost>());
    assert_eq!(attempts.get(), 1);
    let failure = failure.to_string();
    assert!(
        failure.contains("nothing appears") && failure.contains("the display is gone"),
        "{failure}"
    );
}

#[tokio::test]
async fn call_without_answer_loses_the_session() {
    let never = std::future::pending::<Result<(), Failure>>();
    let failure = answered("touch", Duration::from_millis(50), never)
        .await
        .unwrap_err();
    assert!(failure.is::<SessionLost>());
    assert!(failure.to_string().contains("touch"), "{failure}");
}

#[test]
fn dead_display_is_reported() {
    let display = Display::start(640, 480).unwrap();
    display.check().unwrap();
    let servers = named(&tree(std::process::id()).unwrap(), "Xvfb");
    // Other tests of this process may have displays too.
    let own = servers.into_iter().find(|pid| {
        let environment = std::fs::read_to_string(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.contains(&display.file("display").display().to_string())
    });
    send_signal(own.unwrap(), "KILL").unwrap();
    let failure = failure_of(&display);
    assert!(failure.is::<SessionLost>());
    assert!(failure.to_string().contains("has ended"), "{failure}");
}

/// The failure of a display whose server was killed a moment ago.
fn failure_of(display: &Display) -> Failure {
    loop {
        if let Err(failure) = display.check() {
            return failure;
        }
    }
}

#[test]
fn pictures_differ_only_where_pixels_do() {
    let (width, height) = (64, 32);
    let grey = |pixels: Vec<u8>| Picture {
        width,
        height,
        pixels,
    };
    let plain = grey(vec![100; width * height * 3]);
    let mut pixels = plain.pixels.clone();
    // The left half of the upper quarter turns white.
    for y in 0..height / 4 {
        pixels[y * width * 3..][..width / 2 * 3].fill(255);
    }
    let changed = grey(pixels).thumbnail();
    let plain = plain.thumbnail();
    let close = |value: f64, expected: f64| (value - expected).abs() < 0.001;
    assert!(close(plain.difference(&plain), 0.0));
    assert!(close(plain.difference(&changed), 0.125));
    let area = |x: i16, y: i16| Area {
        x,
        y,
        width: 32,
        height: 8,
    };
    assert!(close(plain.difference_in(&changed, &[area(0, 0)]), 1.0));
    assert!(close(
        plain.difference_in(&changed, &[area(32, 0), area(0, 8)]),
        0.0
    ));
    assert!(
        close(plain.difference_in(&changed, &[]), 1.0),
        "no area is compared"
    );
    assert_eq!((plain.colours(), changed.colours()), (1, 2));
}

/// A page that gets no animation frames still reacts to touch, and the check of the session says so.
#[tokio::test]
async fn page_without_frames_can_be_touched_and_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
    let screen = Screen::start(1280, 800).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    window.wait_for_screen("attract").await.unwrap();
    window
        .evaluate("{ window.requestAnimationFrame = () => 0 }")
        .await
        .unwrap();
    window.touch("begin-fr").await.unwrap();
    window.wait_for_screen("home").await.unwrap();
    let failure = window.check().await.unwrap_err();
    assert!(failure.is::<SessionLost>());
    assert!(failure.to_string().contains("draws no frame"), "{failure}");
    window.close().await.unwrap();
}
