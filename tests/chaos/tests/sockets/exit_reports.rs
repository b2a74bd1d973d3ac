//! What headquarters are told of the kiosk's ends: closed as the machine asks, killed, in its windows and without them.

use acceptance::programs::program;
use acceptance::screen::Screen;
use chaos::running::{Running, until};
use chaos::stand::{Plan, Stand};
use serde_json::{Value, json};
use std::process::Command;

/// What the kiosk said of itself once it runs, and how its run before ended.
fn told(stand: &Stand, restarts: u32) -> Value {
    until("the kiosk does not say that it runs", || {
        let kiosks = stand.platform.run(["kiosks"]).ok()?;
        let heartbeat = kiosks[0]["heartbeat"].clone();
        (heartbeat["restarts"] == json!(restarts) && !heartbeat.is_null()).then_some(heartbeat)
    })
    .unwrap()["last_exit"]
        .take()
}

fn ends_are_told(stand: &Stand, start: impl Fn() -> Running) {
    let running = start();
    assert_eq!(told(stand, 0), Value::Null);
    let ended = running.end().unwrap();
    assert!(ended.success(), "{ended}");
    let running = start();
    assert_eq!(told(stand, 1), json!("clean"));
    drop(running);
    let running = start();
    assert_eq!(told(stand, 2), json!("crash"));
    assert!(running.end().unwrap().success());
}

#[test]
fn rounds_without_windows_end_when_they_are_asked_to() {
    let stand = Stand::new(Plan::default()).unwrap();
    ends_are_told(&stand, || stand.run().unwrap());
}

#[test]
fn the_windows_end_when_they_are_asked_to() {
    let stand = Stand::new(Plan::default()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    ends_are_told(&stand, || {
        let mut command = Command::new(program("expo-kiosk").unwrap());
        command.arg("--data-dir").arg(&stand.kiosk.folder);
        screen.show(&mut command);
        Running::start(&mut command).unwrap()
    });
}

#[test]
fn a_second_one_on_the_same_leads_is_refused() {
    let stand = Stand::new(Plan::default()).unwrap();
    let running = stand.run().unwrap();
    told(&stand, 0);
    let second = stand.kiosk.output(["sync"], "").unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("already open"));
    // One round by hand beside it is nothing new to it.
    stand.lead().unwrap();
    stand.round().unwrap();
    until("the lead does not arrive once", || stand.is_settled().ok()).unwrap();
    assert!(running.end().unwrap().success());
}
