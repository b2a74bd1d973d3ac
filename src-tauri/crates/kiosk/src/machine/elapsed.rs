//! Ages and deadlines although the wall clock may be wrong and may jump: by the monotonic clock where possible, otherwise
//! by the platform's clock. Must not know: what depends on them.

use super::environment::Environment;
use crate::error::KioskError;
use crate::settings::SettingsError;
use expo_protocol::Checkpoint;
use expo_store::Installed;
use expo_store::leads::OutboxCounts;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// Largest clock offset that is not reported, in seconds.
const MAX_CLOCK_OFFSET_SECONDS: u64 = 300;

/// Whether the clock is so wrong that doctor and the staff window report it.
pub(crate) const fn clock_is_wrong(offset_seconds: i64) -> bool {
    offset_seconds.unsigned_abs() > MAX_CLOCK_OFFSET_SECONDS
}

/// Full days between two dates; `None` if `to` is before `from`.
pub(crate) fn days_between(from: Date, to: Date) -> Option<u32> {
    let days = from.until(to).ok()?.get_days();
    u32::try_from(days).ok()
}

impl Environment {
    /// The platform's clock minus this machine's, in milliseconds; 0 if unknown.
    pub fn clock_offset_ms(&self) -> Result<i64, SettingsError> {
        let state = self.settings().sync_state()?;
        Ok(state.and_then(|state| state.clock_offset_ms).unwrap_or(0))
    }

    /// Seconds since the oldest unsent lead was taken.
    pub fn oldest_unsent_seconds(&self, counts: &OutboxCounts) -> Result<Option<u64>, SettingsError> {
        let Some(taken) = &counts.oldest else {
            return Ok(None);
        };
        let since_boot_ms = self.machine().monotonic_ms();
        if taken.boot_id == self.machine().boot_id() {
            return Ok(Some(since_boot_ms.saturating_sub(taken.monotonic_ms) / 1_000));
        }
        // Taken before the current boot, so at least as old as that.
        let by_clock = self.platform_time()?.duration_since(taken.at).as_secs();
        Ok(Some(
            u64::try_from(by_clock).unwrap_or(0).max(since_boot_ms / 1_000),
        ))
    }

    /// The day at the stop when a version was published.
    pub fn published_on(&self, installed: &Installed) -> Result<Date, KioskError> {
        let at: Timestamp = installed.published_at.parse().map_err(KioskError::internal)?;
        Ok(at.to_zoned_datetime(self.settings().zone()?).date())
    }

    /// The day at the stop when a version should have been replaced; `None` before that time.
    pub fn overdue_since(&self, installed: &Installed) -> Result<Option<String>, SettingsError> {
        // The checkpoint was checked when the version was installed.
        let checkpoint: Option<Checkpoint> = serde_json::from_str(&installed.checkpoint).ok();
        let Some(expires_at) = checkpoint.and_then(|checkpoint| checkpoint.expires_at) else {
            return Ok(None);
        };
        let is_overdue = expires_at <= self.platform_time()?;
        let zone = self.settings().zone()?;
        Ok(is_overdue.then(|| expires_at.to_zoned_datetime(zone).date().to_string()))
    }

    /// The time by the platform's clock if the platform answered since this machine started, whatever this machine's
    /// clock says. After a restart the clock may have lost its time, so an earlier answer says nothing.
    pub fn platform_time_since_boot(&self) -> Result<Option<Timestamp>, SettingsError> {
        let machine = self.machine();
        let report = self.settings().last_report()?;
        let Some(report) = report.filter(|report| report.boot_id == machine.boot_id()) else {
            return Ok(None);
        };
        let since = machine.monotonic_ms().saturating_sub(report.monotonic_ms);
        let since = SignedDuration::from_millis(i64::try_from(since).unwrap_or(i64::MAX));
        Ok(report.server_time.checked_add(since).ok())
    }

    /// The time by the platform's clock if its offset is known, otherwise by this machine's.
    fn platform_time(&self) -> Result<Timestamp, SettingsError> {
        let now = self.now();
        let offset = SignedDuration::from_millis(self.clock_offset_ms()?);
        Ok(now.checked_add(offset).unwrap_or(now))
    }
}
