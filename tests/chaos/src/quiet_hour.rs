//! Measures the traffic of a kiosk without work: all bytes at its socket, TLS included, TCP and IP headers not
//! included.

use acceptance::Failure;
use chaos::process::wait_for;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// Limit of the bytes per hour.
const TARGET_BYTES_PER_HOUR: u64 = 50_000;
/// After this time without work a kiosk sends heartbeats less often.
const QUIET_AFTER: Duration = Duration::from_mins(10);

/// Measures for this many minutes. Returns whether the target holds.
pub fn measure(minutes: u64, idle: Option<u64>) -> Result<bool, Failure> {
    let testbed = Testbed::new(TestbedOptions {
        published: 2,
        tls: true,
        ..TestbedOptions::default()
    })?;
    testbed.round()?;
    testbed.proxy.set_idle_timeout(idle.map(Duration::from_secs));
    let _process = testbed.run()?;
    let first_heartbeat = || {
        let requests = testbed.proxy.requests();
        requests
            .iter()
            .any(|request| request.target.contains("heartbeat"))
            .then_some(())
    };
    wait_for("the kiosk sends no heartbeat", first_heartbeat)?;
    // Sleeping is right here: time itself is what is measured.
    thread::sleep(QUIET_AFTER);
    testbed.proxy.clear_requests();
    let (before, start) = (testbed.proxy.totals(), Instant::now());
    thread::sleep(Duration::from_secs(minutes * 60));
    let (after, elapsed) = (testbed.proxy.totals(), start.elapsed());
    let (up, down) = (after.0 - before.0, after.1 - before.1);
    let mut by_target: BTreeMap<String, (u64, usize, usize)> = BTreeMap::new();
    for request in testbed.proxy.requests() {
        let target = request.target.split('?').next().unwrap_or_default().to_owned();
        let row = by_target.entry(target).or_default();
        *row = (row.0 + 1, row.1 + request.bytes.0, row.2 + request.bytes.1);
    }
    let by_target: BTreeMap<String, Value> = by_target
        .into_iter()
        .map(|(target, (times, up, down))| (target, json!({"times": times, "up": up, "down": down})))
        .collect();
    let per_hour = (up + down) * 3600 / elapsed.as_secs().max(1);
    let result = json!({
        "minutes": minutes, "idle_connections_closed_after_seconds": idle,
        "bytes": {"up": up, "down": down, "an_hour": per_hour, "target": TARGET_BYTES_PER_HOUR},
        "connections": after.2 - before.2, "asked_in_clear": by_target, "holds": per_hour <= TARGET_BYTES_PER_HOUR,
    });
    let name = if idle.is_some() {
        "quiet-hour-closing"
    } else {
        "quiet-hour"
    };
    crate::write_result(name, &result)?;
    Ok(per_hour <= TARGET_BYTES_PER_HOUR)
}
