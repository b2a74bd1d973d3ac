//! Heartbeats, and the configuration they tell of.

use super::{Check, Seen, Visit, checks};
use crate::api::Fault;
use crate::demand;
use jiff::Timestamp;
use protocol::{Checkpoint, Heartbeat, HeartbeatReply};
use serde_json::json;

pub const CHECKS: &[Check] = checks![
    "a heartbeat is answered with the time and the newest versions" => heartbeat,
    "reports of older and of newer kiosks are taken" => other_kiosks,
    "the configuration is usable and of the version that heartbeats tell, or 204" => configuration,
];

async fn heartbeat(visit: &Visit) -> Seen {
    let report = Heartbeat {
        program: "contract".to_owned(),
        catalogue_version: Some(1),
        config_version: visit.enrolled.config_version,
        waiting: u64::from(u32::MAX),
        oldest_waiting_seconds: Some(60),
        disk_free_bytes: 1 << 40,
        kiosk_time: Timestamp::MAX,
        boot_id: "contract-test".to_owned(),
        monotonic_ms: 1,
        config_rejected: Some(7),
        clock_offset_ms: Some(-5_000_000_000),
        set_aside: 3,
        restarts: 9,
        last_exit: Some("power".to_owned()),
        missing_pictures: 12,
        catalogue_refused: Some("damaged".to_owned()),
    };
    let reply = visit.kiosk.heartbeat(&report).await?;
    let off = reply.server_time.duration_since(Timestamp::now()).as_secs().abs();
    demand!(off < 300, "server_time is {off} s off this machine's clock");
    let newest = match &visit.published {
        Some(signed) => serde_json::from_str(&signed.checkpoint)
            .map(|checkpoint: Checkpoint| Some(checkpoint.version))
            .map_err(|e| Fault(e.to_string()))?,
        None => None,
    };
    demand!(
        reply.catalogue_version == newest,
        "it tells version {:?}, the checkpoint {newest:?}",
        reply.catalogue_version
    );
    demand!(
        reply.config_version >= visit.enrolled.config_version,
        "the configuration went back from {} to {}",
        visit.enrolled.config_version,
        reply.config_version
    );
    Ok(None)
}

async fn other_kiosks(visit: &Visit) -> Seen {
    let older = json!({
        "program": "0.1.0", "catalogue_version": null, "config_version": 1, "waiting": 0,
        "oldest_waiting_seconds": null, "disk_free_bytes": 0, "kiosk_time": "1970-01-01T00:00:00Z",
        "boot_id": "", "monotonic_ms": 0
    });
    let mut newer = older.clone();
    newer["novelty"] = json!({"of": ["a", "newer", "kiosk"]});
    for report in [older, newer] {
        visit
            .kiosk
            .post("/v1/heartbeat", &report)
            .await?
            .document::<HeartbeatReply>(200)?;
    }
    Ok(None)
}

async fn configuration(visit: &Visit) -> Seen {
    let told = visit.kiosk.heartbeat(&Heartbeat::default()).await?.config_version;
    let Some(configuration) = visit.kiosk.configuration().await? else {
        demand!(
            told <= visit.enrolled.config_version,
            "heartbeats tell version {told}, and there is none"
        );
        return Ok(None);
    };
    demand!(
        configuration.version == told,
        "heartbeats tell version {told}, it is {}",
        configuration.version
    );
    configuration
        .stop
        .check()
        .map_err(|e| Fault(format!("its stop cannot be used: {e}")))?;
    Ok(None)
}
