//! `GET /v1/configuration`: versioned settings that headquarters send to a kiosk. A kiosk restores the previous version
//! when it cannot work with a new one.

use expo_domain::Stop;
use serde::{Deserialize, Serialize};

/// One version of a kiosk's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Configuration {
    /// Configuration version; a kiosk applies only higher ones.
    pub version: u64,
    /// The stop.
    pub stop: Stop,
    /// Seconds between two heartbeats; null or missing keeps the kiosk's default of 60.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(minimum = 10, maximum = 3600))]
    pub heartbeat_seconds: Option<u32>,
    /// Days that a kiosk keeps settled leads that were not exported; null or missing keeps the kiosk's default.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 365))]
    pub retention_days: Option<u32>,
}
