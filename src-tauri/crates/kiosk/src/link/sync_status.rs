//! The sync state for windows and command line. Must not know: the windows.

use super::platform_link::PlatformLink;
use super::sync_views::state_view;
use crate::settings::{SENT_TOTAL, SettingsError};
use crate::views::{SyncState, SyncStatus};

impl PlatformLink {
    /// State of the sync. `installed_version` may resolve a refused catalogue.
    pub fn sync_status(&self, installed_version: Option<u64>) -> Result<SyncStatus, SettingsError> {
        let settings = self.env.settings();
        let saved = settings.sync_state()?;
        let state = match (&saved, settings.enrolment()?) {
            (_, None) => SyncState::NotEnrolled,
            (None, Some(_)) => SyncState::Never,
            (Some(saved), Some(_)) => state_view(saved.state),
        };
        let saved = saved.unwrap_or_default();
        // A version from a stick may have resolved the refusal.
        let refused = saved
            .catalogue_refused
            .filter(|refused| !refused.is_over(installed_version));
        Ok(SyncStatus {
            state,
            last_contact_at: saved.last_contact_at.map(|at| self.env.local_time(at)),
            next_attempt_at: saved.next_attempt_at.map(|at| self.env.local_time(at)),
            sent_total: self.leads.setting(SENT_TOTAL)?.unwrap_or(0),
            catalogue_refused: refused.map(|refused| refused.code),
        })
    }
}
