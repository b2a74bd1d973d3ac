//! Result of a round, for staff and the command line. Must not know: how a round works.

use crate::lane::Lane;
use crate::state::State;
use serde::Serialize;

/// A problem that a round met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncFailure {
    /// Lane that met it.
    pub lane: Lane,
    /// Stable code.
    pub code: &'static str,
    /// One sentence without personal data.
    pub detail: String,
}

/// Result of one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// State of the sync after the round.
    pub state: State,
    /// Leads that the platform holds since this round.
    pub sent: u64,
    /// Leads that the platform already held.
    pub duplicates: u64,
    /// Leads that the platform holds with other bytes.
    pub conflicts: u64,
    /// Leads that the platform refuses for good.
    #[serde(rename = "set_aside")]
    pub rejected: u64,
    /// Leads still to send.
    pub waiting: u64,
    /// Installed catalogue version.
    pub catalogue_version: Option<u64>,
    /// Picture files downloaded.
    pub pictures: u64,
    /// Picture files still missing.
    pub missing_pictures: u64,
    /// Problems, oldest first.
    #[serde(rename = "troubles")]
    pub failures: Vec<SyncFailure>,
}
