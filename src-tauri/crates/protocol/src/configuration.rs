//! `GET /v1/configuration`: what the platform decides for a kiosk, versioned. A kiosk goes back to the one before when it
//! cannot work with a new one.

use domain::Stop;
use serde::{Deserialize, Serialize};

/// One version of a kiosk's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// Its version; a kiosk takes only higher ones.
    pub version: u64,
    /// The stop.
    pub stop: Stop,
    /// Seconds between two heartbeats; `None` leaves the kiosk's own 60.
    #[serde(default)]
    pub heartbeat_seconds: Option<u32>,
    /// Days that a kiosk keeps leads the platform holds but nobody exported; `None` leaves the kiosk's own.
    #[serde(default)]
    pub retention_days: Option<u32>,
}
