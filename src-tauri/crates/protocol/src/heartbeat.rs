//! `POST /v1/heartbeat`: how a kiosk is doing. Lossy, never in the way of leads, without personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A kiosk's report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// Version of the program.
    pub program: String,
    /// Version of the catalogue shown.
    pub catalogue_version: Option<u64>,
    /// Version of the configuration in use.
    pub config_version: u64,
    /// Leads not yet acknowledged.
    pub waiting: u64,
    /// Age of the oldest of them, seconds.
    pub oldest_waiting_seconds: Option<u64>,
    /// Free bytes where the databases lie.
    pub disk_free_bytes: u64,
    /// Kiosk's clock.
    pub kiosk_time: Timestamp,
    /// Identifies the start of the machine.
    pub boot_id: String,
    /// Milliseconds since that start.
    pub monotonic_ms: u64,
    /// Version of a configuration that could not be used; the one before is in use again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_rejected: Option<u64>,
    /// Platform's clock minus the kiosk's when it was last seen, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// Leads that people must look at.
    #[serde(default)]
    pub set_aside: u64,
    /// Starts of the program since the kiosk was set up.
    #[serde(default)]
    pub restarts: u32,
    /// How the program ended before its last start: `clean`, `crash`, `update` or `power`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_exit: Option<String>,
    /// Picture files of the catalogue that are not there yet.
    #[serde(default)]
    pub missing_pictures: u64,
    /// Why the newest catalogue published is not taken, a code such as `damaged`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue_refused: Option<String>,
}

/// The platform's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatReply {
    /// Platform's clock.
    pub server_time: Timestamp,
    /// Newest catalogue version, if any was published.
    pub catalogue_version: Option<u64>,
    /// Newest configuration version.
    pub config_version: u64,
    /// Highest number of an erasure that this kiosk has still to do, 0 when there is none.
    #[serde(default)]
    pub erasures: u64,
}
