//! The report that a heartbeat sends. Must not know: when heartbeats are sent.

use super::sync_port::SyncPort;
use crate::error::KioskError;
use expo_protocol::Heartbeat;

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
        Ok(Heartbeat {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            catalogue_version,
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
        })
    }
}
