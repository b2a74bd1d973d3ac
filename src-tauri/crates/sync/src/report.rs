//! What a round did, for staff and for the command line.

use crate::state::State;
use serde::Serialize;

/// Why a lane did not do its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// `probe`, or the code of a [`Lane`].
    pub lane: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// One sentence, never with personal data.
    pub detail: String,
}

/// What one round did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How things stand after it.
    pub state: State,
    /// Leads newly held by the platform.
    pub sent: u64,
    /// Leads it held before.
    pub duplicates: u64,
    /// Leads it holds with other bytes.
    pub conflicts: u64,
    /// Leads it refuses for good.
    pub set_aside: u64,
    /// Leads still to be sent.
    pub waiting: u64,
    /// Version of the catalogue shown.
    pub catalogue_version: Option<u64>,
    /// Picture files received.
    pub pictures: u64,
    /// Picture files still missing.
    pub missing_pictures: u64,
    /// What stood in the way, oldest first.
    pub troubles: Vec<Trouble>,
}
