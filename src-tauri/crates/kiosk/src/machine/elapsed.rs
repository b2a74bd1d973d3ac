//! How long something has been so, when the wall clock may be wrong and may jump: by the clock that only goes forward where
//! that is known, else by the platform's.

use crate::{Kiosk, KioskError};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use protocol::Checkpoint;
use store::Installed;
use store::leads::OutboxCounts;

impl Kiosk {
    /// The time by the platform's clock as far as it is known, else by this machine's.
    pub(crate) fn best_now(&self) -> Result<Timestamp, KioskError> {
        let offset = self.sync_status()?.1.clock_offset_ms.unwrap_or(0);
        let now = self.now();
        Ok(now
            .checked_add(SignedDuration::from_millis(offset))
            .unwrap_or(now))
    }

    /// Seconds since the oldest unsent lead was taken.
    pub(crate) fn age_of_oldest(&self, counts: &OutboxCounts) -> Result<Option<u64>, KioskError> {
        let Some(taken) = &counts.oldest else {
            return Ok(None);
        };
        let since_boot = self.machine.monotonic_ms();
        if taken.boot_id == self.machine.boot_id() {
            return Ok(Some(since_boot.saturating_sub(taken.monotonic_ms) / 1_000));
        }
        // Taken before the machine was started: at least as long ago as that.
        let by_clock = self.best_now()?.duration_since(taken.at).as_secs();
        Ok(Some(u64::try_from(by_clock).unwrap_or(0).max(since_boot / 1_000)))
    }

    /// The day at the stop when a version was published.
    pub(crate) fn published_on(&self, installed: &Installed) -> Result<Date, KioskError> {
        // It was checked when it was installed.
        let at: Timestamp = installed
            .published_at
            .parse()
            .map_err(|e: jiff::Error| KioskError::Internal(e.to_string()))?;
        Ok(at.to_zoned_datetime(self.zone()?).date())
    }

    /// The day at the stop by which the catalogue shown was to be replaced, once it has passed.
    pub(crate) fn overdue_since(&self) -> Result<Option<String>, KioskError> {
        let Some(shown) = self.catalogues.current()? else {
            return Ok(None);
        };
        // It was checked when it was installed.
        let checkpoint: Option<Checkpoint> = serde_json::from_str(&shown.installed().checkpoint).ok();
        let Some(until) = checkpoint.and_then(|checkpoint| checkpoint.expires_at) else {
            return Ok(None);
        };
        let is_over = until <= self.best_now()?;
        let zone = self.zone()?;
        Ok(is_over.then(|| until.to_zoned_datetime(zone).date().to_string()))
    }
}
