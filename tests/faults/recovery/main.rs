//! Web processes that die or hang and scripts that fail, at different moments of a visit in the real window. The attract
//! screen must come back, and every lead that was thanked for must be stored.
//!
//! `RECOVERY_ROUNDS` sets the number of faults of each kind; the default is 2.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::Failure;
use acceptance::display::Display;
use acceptance::processes::send_signal;
use acceptance::programs::Kiosk;
use acceptance::recording::{Recording, record_call_back};
use acceptance::screen::Screen;
use acceptance::stall_meter::{StallMeter, UNMEASURED_DELAY};
use serde_json::json;
use std::time::Duration;

/// Time for the attract screen to come back.
const RECOVERY_LIMIT: Duration = Duration::from_secs(15);
/// The attract screen must come back long before this, but then the error can tell how late it was.
const RECOVERY_TIMEOUT: Duration = Duration::from_mins(1);

/// Scripts that fail in the page after they returned: an error, a rejected promise, an error of a listener.
const FAILING_SCRIPTS: [&str; 2] = [
    "setTimeout(() => { throw new Error('injected fault') })",
    "setTimeout(() => Promise.reject(new Error('injected fault')))",
];
/// A script that never ends.
const ENDLESS_SCRIPT: &str = "setTimeout(() => { for (;;); })";

fn rounds() -> usize {
    std::env::var("RECOVERY_ROUNDS").map_or(2, |rounds| rounds.parse().unwrap())
}

/// Lengthens the idle time: only the recovery may end a visit.
fn long_idle() -> impl Fn(String) -> String {
    |event: String| event.replace("idle_seconds = 60", "idle_seconds = 600")
}

/// Waits for the attract screen after a fault.
fn assert_recovers(display: &Display, recording: &Recording, fault: &str) {
    let stalls = StallMeter::start();
    let elapsed = recording
        .attract
        .wait(display, "the attract screen", RECOVERY_TIMEOUT);
    let allowed = RECOVERY_LIMIT + stalls.stop() + UNMEASURED_DELAY;
    let elapsed = elapsed.map_err(|error| format!("{fault}: {error}")).unwrap();
    assert!(
        elapsed <= allowed,
        "{fault}: the attract screen came back after {elapsed:?}"
    );
}

fn stored_leads(kiosk: &Kiosk) -> Result<u64, Failure> {
    let status = kiosk.run(["status"])?;
    status["leads"]
        .as_u64()
        .ok_or_else(|| "no number of leads".into())
}

/// The numbers of steps after which a fault is injected: spread over the visit, the last one included.
fn moments(steps: usize, rounds: usize) -> Vec<usize> {
    (1..=rounds)
        .map(|round| (steps * round).div_ceil(rounds).max(1))
        .collect()
}

/// One at a time: the time until the attract screen returns counts, and the machine may have two cores.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Web processes get a signal at different moments of a visit. The last step of a visit submits the lead.
async fn signal_web_processes(signal: &str) {
    let _turn = ONE_AT_A_TIME.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_event(folder.path(), long_idle()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    let recording = record_call_back(&window).await.unwrap();
    window.close().await.unwrap();
    let before = stored_leads(&kiosk).unwrap();
    assert_eq!(before, 1, "the recorded visit stores one lead");

    let mut program = screen.run(&kiosk).unwrap();
    let display = screen.display();
    let submit = recording
        .steps
        .iter()
        .position(|step| step.id == "lead-submit")
        .unwrap();
    let (mut thanked, mut submitted) = (0, 0);
    for (round, moment) in moments(submit + 1, rounds()).into_iter().enumerate() {
        program.explain(recording.repeat(display, moment)).unwrap();
        thanked += u64::from(moment > submit);
        submitted += u64::from(moment > submit);
        // Every other round the fault strikes while the program handles the next touch.
        if round % 2 == 1 && moment <= submit {
            recording.steps[moment].touch(display).unwrap();
            submitted += u64::from(moment == submit);
        }
        let processes = program.web_processes().unwrap();
        assert!(!processes.is_empty(), "no web process runs");
        for pid in processes {
            send_signal(pid, signal).unwrap();
        }
        assert_recovers(display, &recording, &format!("SIG{signal} after step {moment}"));
        program.check().unwrap();
    }
    // The last fault strikes at the attract screen; a complete visit follows.
    recording.repeat(display, submit + 1).unwrap();
    drop(program);
    let stored = stored_leads(&kiosk).unwrap() - before;
    assert!(thanked >= 1);
    assert!(
        (thanked + 1..=submitted + 1).contains(&stored),
        "{thanked} leads were thanked for, {submitted} submitted, and {stored} stored, without the last visit"
    );
}

#[tokio::test]
async fn attract_screen_returns_after_web_process_is_killed() {
    signal_web_processes("KILL").await;
}

#[tokio::test]
async fn attract_screen_returns_after_web_process_hangs() {
    signal_web_processes("STOP").await;
}

#[tokio::test]
async fn attract_screen_returns_after_script_errors() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_event(folder.path(), long_idle()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    let window = screen.open(&kiosk).await.unwrap();
    let recording = record_call_back(&window).await.unwrap();
    let submit = recording
        .steps
        .iter()
        .position(|step| step.id == "lead-submit")
        .unwrap();
    let mut thanked = 1;
    for (round, moment) in moments(submit + 1, rounds()).into_iter().enumerate() {
        recording.repeat(screen.display(), moment).unwrap();
        thanked += u64::from(moment > submit);
        let script = FAILING_SCRIPTS[round % FAILING_SCRIPTS.len()];
        window.evaluate(script).await.unwrap();
        assert_recovers(screen.display(), &recording, script);
    }
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(thanked));

    // The driver cannot reach a page in an endless loop, so this is the last fault.
    recording.repeat(screen.display(), 2).unwrap();
    window.evaluate(ENDLESS_SCRIPT).await.unwrap();
    assert_recovers(screen.display(), &recording, ENDLESS_SCRIPT);
    window.kill().unwrap();
    assert_eq!(kiosk.run(["status"]).unwrap()["leads"], json!(thanked));
}
