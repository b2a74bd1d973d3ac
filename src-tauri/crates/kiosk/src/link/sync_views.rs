//! Views of reports and states of the sync. Must not know: where they come from.

use crate::views::{SyncReport, SyncState};
use expo_sync::{Lane, State};

/// The report of a round for windows and command line.
pub(super) fn report_view(report: &expo_sync::Report) -> SyncReport {
    SyncReport {
        state: state_view(report.state),
        sent: report.sent as u32,
        duplicates: report.duplicates as u32,
        waiting: report.waiting as u32,
        catalogue_version: report.catalogue_version,
        catalogue_refused: report
            .failures
            .iter()
            .find(|failure| failure.lane == Lane::Catalogue)
            .map(|failure| failure.code.to_owned()),
    }
}

/// The state for windows and command line.
pub(super) const fn state_view(state: State) -> SyncState {
    match state {
        State::NotEnrolled => SyncState::NotEnrolled,
        State::Offline => SyncState::Offline,
        State::Captive => SyncState::Captive,
        State::ClockOrTls => SyncState::ClockOrTls,
        State::Unauthorized => SyncState::Unauthorized,
        State::RateLimited => SyncState::RateLimited,
        State::Server => SyncState::Server,
        State::UpgradeRequired => SyncState::UpgradeRequired,
        State::Ok => SyncState::Ok,
    }
}
