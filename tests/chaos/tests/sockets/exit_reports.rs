//! How the kiosk reports its last exit to headquarters, with windows and without: terminated by the machine, or killed.

use acceptance::programs::program;
use acceptance::screen::Screen;
use chaos::process::{BackgroundProcess, wait_for};
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::{Value, json};
use std::process::Command;

/// Waits for a heartbeat of the run with this number of restarts, and returns its `last_exit`.
fn last_exit(testbed: &Testbed, restarts: u32) -> Value {
    wait_for("the kiosk sends no heartbeat", || {
        let kiosks = testbed.platform.run(["kiosks"]).ok()?;
        let heartbeat = kiosks[0]["heartbeat"].clone();
        (heartbeat["restarts"] == json!(restarts) && !heartbeat.is_null()).then_some(heartbeat)
    })
    .unwrap()["last_exit"]
        .take()
}

fn check_exits_are_reported(testbed: &Testbed, start: impl Fn() -> BackgroundProcess) {
    let process = start();
    assert_eq!(last_exit(testbed, 0), Value::Null);
    let status = process.terminate().unwrap();
    assert!(status.success(), "{status}");
    let process = start();
    assert_eq!(last_exit(testbed, 1), json!("clean"));
    drop(process);
    let process = start();
    assert_eq!(last_exit(testbed, 2), json!("crash"));
    assert!(process.terminate().unwrap().success());
}

#[test]
fn sync_without_windows_terminates_and_reports_exits() {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    check_exits_are_reported(&testbed, || testbed.run().unwrap());
}

#[test]
fn windows_terminate_and_report_exits() {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    check_exits_are_reported(&testbed, || {
        let mut command = Command::new(program("expo-kiosk").unwrap());
        command.arg("--data-dir").arg(&testbed.kiosk.folder);
        screen.use_for(&mut command);
        BackgroundProcess::start(&mut command).unwrap()
    });
}

#[test]
fn second_process_on_same_leads_is_refused() {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    let process = testbed.run().unwrap();
    last_exit(&testbed, 0);
    let second = testbed.kiosk.output(["sync"], "").unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("already open"));
    // A manual round is allowed while the other process runs.
    testbed.add_lead().unwrap();
    testbed.round().unwrap();
    wait_for("the lead does not arrive", || testbed.check_settled().ok()).unwrap();
    assert!(process.terminate().unwrap().success());
}
