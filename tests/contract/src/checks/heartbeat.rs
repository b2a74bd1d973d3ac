//! Heartbeats and the configuration they announce.

use super::{Check, CheckResult, Context, checks};
use crate::api::CheckError;
use crate::ensure;
use expo_protocol::{CHECKPOINT_FORMAT, Checkpoint, Heartbeat, HeartbeatReply, LeadsCheck, VisitCounts};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

pub const CHECKS: &[Check] = checks![
    "the answer to a heartbeat has the time and the newest versions" => heartbeat,
    "heartbeats of older and newer kiosks are accepted" => other_kiosk_versions,
    "the configuration is valid and has the version that heartbeats announce, or is 204" => configuration,
];

async fn heartbeat(context: &Context) -> CheckResult {
    let report = Heartbeat {
        program: "contract".to_owned(),
        catalogue_version: Some(1),
        config_version: context.enrolment.config_version,
        waiting: u64::from(u32::MAX),
        oldest_waiting_seconds: Some(60),
        disk_free_bytes: 1 << 40,
        kiosk_time: Timestamp::MAX,
        boot_id: "contract-test".to_owned(),
        monotonic_ms: 1,
        config_rejected: Some(7),
        clock_offset_ms: Some(-5_000_000_000),
        rejected: 3,
        restarts: 9,
        page_restarts: 4,
        last_exit: Some("power".to_owned()),
        missing_pictures: 12,
        catalogue_refused: Some("damaged".to_owned()),
        catalogue_format: CHECKPOINT_FORMAT,
        machine: Some("0".repeat(64)),
        report_id: Some("contract-2".to_owned()),
        previous_report_id: Some("contract-1".to_owned()),
        unreadable_leads: 5,
        leads_check: Some(LeadsCheck {
            checked_at: Timestamp::UNIX_EPOCH,
            damaged: true,
        }),
        audit_head: Some("0".repeat(64)),
        visits: vec![VisitCounts {
            stop: "contract-test".to_owned(),
            day: Date::MAX,
            counts: [("visits".to_owned(), u32::MAX), ("a.later.name".to_owned(), 1)].into(),
        }],
    };
    let reply = context.kiosk.heartbeat(&report).await?;
    let off = reply.server_time.duration_since(Timestamp::now()).as_secs().abs();
    ensure!(
        off < 300,
        "server_time differs by {off} s from this machine's clock"
    );
    let newest = match &context.published {
        Some(signed) => serde_json::from_str(&signed.checkpoint)
            .map(|checkpoint: Checkpoint| Some(checkpoint.version))
            .map_err(|e| CheckError(e.to_string()))?,
        None => None,
    };
    ensure!(
        reply.catalogue_version == newest,
        "it announces version {:?}, the checkpoint has {newest:?}",
        reply.catalogue_version
    );
    ensure!(
        reply.config_version >= context.enrolment.config_version,
        "the configuration version went back from {} to {}",
        context.enrolment.config_version,
        reply.config_version
    );
    Ok(None)
}

async fn other_kiosk_versions(context: &Context) -> CheckResult {
    let older = json!({
        "program": "0.1.0", "catalogue_version": null, "config_version": 1, "waiting": 0,
        "oldest_waiting_seconds": null, "disk_free_bytes": 0, "kiosk_time": "1970-01-01T00:00:00Z",
        "boot_id": "", "monotonic_ms": 0
    });
    let mut newer = older.clone();
    newer["novelty"] = json!({"of": ["a", "newer", "kiosk"]});
    for report in [older, newer] {
        context
            .kiosk
            .post("/v1/heartbeat", &report)
            .await?
            .document::<HeartbeatReply>(200)?;
    }
    Ok(None)
}

async fn configuration(context: &Context) -> CheckResult {
    let announced = context
        .kiosk
        .heartbeat(&Heartbeat::default())
        .await?
        .config_version;
    let Some(configuration) = context.kiosk.configuration().await? else {
        ensure!(
            announced <= context.enrolment.config_version,
            "heartbeats announce version {announced}, but there is no configuration"
        );
        return Ok(None);
    };
    ensure!(
        configuration.version == announced,
        "heartbeats announce version {announced}, the configuration has {}",
        configuration.version
    );
    configuration
        .stop
        .check()
        .map_err(|e| CheckError(format!("its stop is invalid: {e}")))?;
    Ok(None)
}
