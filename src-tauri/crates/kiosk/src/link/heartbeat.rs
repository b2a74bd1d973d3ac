//! The report that a heartbeat sends, and the last one that the platform answered. Must not know: when heartbeats are sent.

use super::sync_port::{SentReport, SyncPort};
use crate::error::KioskError;
use crate::lock::lock;
use crate::settings::{LAST_REPORT, LastReport};
use expo_protocol::{CHECKPOINT_FORMAT, Heartbeat, HeartbeatReply, LeadsCheck, VisitCounts, sha256_hex};
use uuid::Uuid;

/// Number of days whose visits each report counts, so that a kiosk that was offline for a while loses none.
const REPORTED_VISIT_DAYS: u32 = 5;

impl SyncPort {
    /// The current report, without personal data.
    pub(super) fn heartbeat_report(&self) -> Result<Heartbeat, KioskError> {
        let env = &self.link.env;
        let counts = self.link.leads.outbox_counts()?;
        let catalogue_version = self.supply.shown.version_number();
        let configurations = self.link.configurations()?;
        let run = self.run_history.current()?;
        let status = self.link.sync_status(catalogue_version)?;
        let state = env.settings().sync_state()?;
        let damage = self.lead_check.known_damage()?;
        let has_damaged_files = !damage.damaged_files.is_empty();
        let sent = SentReport {
            id: Uuid::now_v7().to_string(),
            previous: env.settings().last_report()?.map(|report| report.id),
        };
        *lock(&self.sent_report) = Some(sent.clone());
        Ok(Heartbeat {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            catalogue_version,
            catalogue_format: CHECKPOINT_FORMAT,
            config_version: configurations.version(),
            waiting: u64::from(counts.waiting + counts.sealed_for_staff),
            oldest_waiting_seconds: env.oldest_unsent_seconds(&counts)?,
            disk_free_bytes: env.disk_free(),
            kiosk_time: env.now(),
            boot_id: env.machine().boot_id(),
            monotonic_ms: env.machine().monotonic_ms(),
            config_rejected: configurations.rejected(),
            clock_offset_ms: state.and_then(|state| state.clock_offset_ms),
            rejected: u64::from(counts.rejected),
            restarts: run.restarts,
            page_restarts: run.page_restarts,
            last_exit: run.last_exit.map(|exit| exit.code().to_owned()),
            missing_pictures: self
                .supply
                .pictures
                .missing()
                .map_or(0, |missing| missing.len() as u64),
            catalogue_refused: status.catalogue_refused,
            audit_head: self.link.leads.audit_head()?,
            unreadable_leads: damage.unreadable.into(),
            leads_check: damage.last_check.map(|check| LeadsCheck {
                checked_at: check.checked_at,
                damaged: check.damaged || has_damaged_files,
            }),
            machine: env.machine().machine_id().map(|id| machine_hash(&id)),
            report_id: Some(sent.id),
            previous_report_id: sent.previous,
            visits: self.visit_counts(),
        })
    }

    fn visit_counts(&self) -> Vec<VisitCounts> {
        let days = self.visits.newest_days(REPORTED_VISIT_DAYS).into_iter();
        let counts = days.filter_map(|day| {
            Some(VisitCounts {
                stop: day.stop,
                day: day.day.parse().ok()?,
                counts: day.counts,
            })
        });
        counts.collect()
    }

    /// Records that the platform answered the last report.
    pub(super) fn record_answered_report(&self, reply: &HeartbeatReply) -> Result<(), KioskError> {
        let Some(SentReport { id, previous }) = lock(&self.sent_report).take() else {
            return Ok(());
        };
        let last = self.link.env.settings().last_report()?;
        if last.map(|report| report.id) != previous {
            // A command that synced at the same time has gone on from a later report.
            return Ok(());
        }
        let machine = self.link.env.machine();
        let report = LastReport {
            id,
            server_time: reply.server_time,
            boot_id: machine.boot_id(),
            monotonic_ms: machine.monotonic_ms(),
        };
        Ok(self.link.save_guarded(&[(LAST_REPORT, &report)])?)
    }
}

/// The machine's identifier must not leave the machine, so the platform gets its hash.
fn machine_hash(id: &str) -> String {
    sha256_hex(format!("expo-kiosk machine {id}").as_bytes())
}
