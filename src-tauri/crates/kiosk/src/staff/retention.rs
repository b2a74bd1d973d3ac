//! Retention: deletes leads that the platform holds. Must not know: when it runs.

use crate::error::KioskError;
use crate::link::platform_link::PlatformLink;
use crate::machine::environment::Environment;
use expo_store::Leads;
use jiff::ToSpan;
use std::sync::Arc;

const MS_PER_DAY: u64 = 24 * 60 * 60 * 1_000;
/// Days that exported leads are kept, because staff may need the file again.
const EXPORTED_LEADS_DAYS: i64 = 1;

/// Deletes old leads.
pub(crate) struct Retention {
    env: Environment,
    leads: Arc<Leads>,
    link: Arc<PlatformLink>,
}

impl Retention {
    pub const fn new(env: Environment, leads: Arc<Leads>, link: Arc<PlatformLink>) -> Self {
        Self { env, leads, link }
    }

    /// Deletes leads that the platform holds: exported ones from the second day after they were taken, others after the
    /// number of days in the configuration. Deletes nothing while the clock is known to be a day or more wrong. Returns
    /// the number of deleted leads.
    pub fn delete_old_leads(&self) -> Result<u32, KioskError> {
        self.leads.finish_erasures()?;
        if self.env.clock_offset_ms()?.unsigned_abs() >= MS_PER_DAY {
            return Ok(0);
        }
        let today = self.env.today()?;
        let days_ago = |days: i64| {
            let day = today.checked_sub(days.days());
            day.map(|day| day.to_string()).map_err(KioskError::internal)
        };
        let retention_days = self.link.configurations()?.retention_days();
        let held_before = retention_days.map(|days| days_ago(days.into())).transpose()?;
        let retention = expo_store::Retention {
            exported_before: &days_ago(EXPORTED_LEADS_DAYS)?,
            held_before: held_before.as_deref(),
        };
        Ok(self.leads.purge(retention, &self.env.now().to_string())?)
    }
}
