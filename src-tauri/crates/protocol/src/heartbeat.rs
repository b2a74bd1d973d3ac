//! `POST /v1/heartbeat`: status report of a kiosk. Best effort, without personal data; leads have priority.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Status report of a kiosk, without personal data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Heartbeat {
    /// Version of the program.
    pub program: String,
    /// Catalogue version that is shown.
    pub catalogue_version: Option<u64>,
    /// Version of the configuration in use, 0 before any.
    pub config_version: u64,
    /// Number of waiting leads.
    pub waiting: u64,
    /// Age of the oldest waiting lead, seconds.
    pub oldest_waiting_seconds: Option<u64>,
    /// Free bytes on the disk of the data folder.
    pub disk_free_bytes: u64,
    /// Time by the kiosk's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub kiosk_time: Timestamp,
    /// Identifier of the current boot of the machine.
    pub boot_id: String,
    /// Milliseconds since that boot.
    pub monotonic_ms: u64,
    /// Version of a configuration that the kiosk cannot use; the previous one is in use again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_rejected: Option<u64>,
    /// Platform's clock minus the kiosk's at the last response, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// Number of rejected leads; people must look at them.
    #[serde(default, rename = "set_aside")]
    pub rejected: u64,
    /// Starts of the program since the kiosk was set up.
    #[serde(default)]
    pub restarts: u32,
    /// Times that the page of a window ended or hung and was started again, since the kiosk was set up.
    #[serde(default)]
    pub page_restarts: u32,
    /// How the previous run of the program ended: `clean`, `crash`, `update` or `power`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_exit: Option<String>,
    /// Number of picture files of the catalogue that are missing on the kiosk.
    #[serde(default)]
    pub missing_pictures: u64,
    /// Why the kiosk refuses the newest catalogue version: a code such as `damaged`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue_refused: Option<String>,
    /// Hash of the machine's identifier and host name. It says whether two reports come from one machine, and nothing
    /// else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<String>,
    /// Random identifier of this report; each attempt to send one has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_id: Option<String>,
    /// Identifier of the last report whose answer arrived; absent before the first. Two copies of a data folder name
    /// the same one and then go on separately.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_report_id: Option<String>,
    /// Number of leads whose bytes cannot be read on the kiosk.
    #[serde(default)]
    pub unreadable_leads: u64,
    /// The last check of the leads file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads_check: Option<LeadsCheck>,
    /// Highest format of a checkpoint that the kiosk reads; earlier programs leave it out and read 1.
    #[serde(default)]
    pub catalogue_format: u32,
    /// SHA-256 over the audit log up to its newest entry, lower-case hex. It only moves forward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_head: Option<String>,
    /// Counts of visits of the newest days. Absent if there are none, or if the stop does not count visits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<VisitCounts>,
}

/// Anonymous counts of the visits of one day at one stop: totals since the start of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VisitCounts {
    /// Identifier of the stop.
    pub stop: String,
    /// Day at the stop.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub day: Date,
    /// Counts by name, such as `visits` and `screen.explore`. Each counts one property of visits, never two together.
    pub counts: BTreeMap<String, u32>,
}

/// Result of a check of the leads file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeadsCheck {
    /// Time of the check by the kiosk's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub checked_at: Timestamp,
    /// Whether the file was damaged, or a damaged file that was replaced waits for the operator.
    pub damaged: bool,
}

/// Response of the platform to a heartbeat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HeartbeatReply {
    /// Time by the platform's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub server_time: Timestamp,
    /// Newest catalogue version, if one is published.
    #[cfg_attr(feature = "schema", schema(required))]
    pub catalogue_version: Option<u64>,
    /// Newest configuration version for this kiosk.
    pub config_version: u64,
    /// Highest sequence number of an erasure that this kiosk has not confirmed, or 0.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub erasures: u64,
}
