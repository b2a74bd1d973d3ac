//! What a kiosk costs that has nothing to say: every byte at its socket, with what TLS adds. What TCP and IP add is
//! not seen from here.

use acceptance::Failure;
use chaos::running::until;
use chaos::stand::{Plan, Stand};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// Most bytes an hour.
const TARGET: u64 = 50_000;
/// After so long without anything to do a kiosk speaks less.
const QUIET_AFTER: Duration = Duration::from_mins(10);

/// Measures for so many minutes and says whether the target holds.
pub fn measure(minutes: u64, idle: Option<u64>) -> Result<bool, Failure> {
    let stand = Stand::new(Plan {
        published: 2,
        tls: true,
        ..Plan::default()
    })?;
    stand.round()?;
    stand.line.idle(idle.map(Duration::from_secs));
    let _running = stand.run()?;
    let heard = || {
        stand
            .line
            .seen()
            .iter()
            .any(|seen| seen.asked.contains("heartbeat"))
            .then_some(())
    };
    until("the kiosk does not run", heard)?;
    // The length of a measurement is what it is about; nothing else says that it is over.
    thread::sleep(QUIET_AFTER);
    stand.line.forget();
    let (before, start) = (stand.line.bytes(), Instant::now());
    thread::sleep(Duration::from_secs(minutes * 60));
    let (after, took) = (stand.line.bytes(), start.elapsed());
    let (up, down) = (after.0 - before.0, after.1 - before.1);
    let mut asked: BTreeMap<String, (u64, usize, usize)> = BTreeMap::new();
    for seen in stand.line.seen() {
        let kind = seen.asked.split('?').next().unwrap_or_default().to_owned();
        let row = asked.entry(kind).or_default();
        *row = (row.0 + 1, row.1 + seen.bytes.0, row.2 + seen.bytes.1);
    }
    let asked: BTreeMap<String, Value> = asked
        .into_iter()
        .map(|(kind, (times, up, down))| (kind, json!({"times": times, "up": up, "down": down})))
        .collect();
    let hour = (up + down) * 3600 / took.as_secs().max(1);
    let result = json!({
        "minutes": minutes, "idle_connections_closed_after_seconds": idle,
        "bytes": {"up": up, "down": down, "an_hour": hour, "target": TARGET},
        "connections": after.2 - before.2, "asked_in_clear": asked, "holds": hour <= TARGET,
    });
    let name = if idle.is_some() {
        "quiet-hour-closing"
    } else {
        "quiet-hour"
    };
    crate::tell(name, &result)?;
    Ok(hour <= TARGET)
}
