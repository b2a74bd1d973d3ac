//! `POST /v1/heartbeat`: how a kiosk is doing. Lossy, never in the way of leads, without personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A kiosk's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// The platform's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatReply {
    /// Platform's clock.
    pub server_time: Timestamp,
    /// Newest catalogue version, if any was published.
    pub catalogue_version: Option<u64>,
    /// Newest configuration version.
    pub config_version: u64,
}
