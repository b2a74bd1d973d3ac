//! Configurations from the platform: a new one is checked and applied on trial. The reply to the next heartbeat confirms
//! it; if the platform refuses the heartbeat, the previous one applies again. Must not know: when they are fetched.

use super::platform_link::PlatformLink;
use crate::settings::{CONFIGURATIONS, STOP, SettingsError};
use expo_domain::Stop;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_protocol::Configuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Display;
use std::time::Duration;

/// Valid seconds between heartbeats.
const HEARTBEAT_SECONDS_RANGE: std::ops::RangeInclusive<u32> = 10..=3_600;
/// Valid days of retention.
const RETENTION_DAYS_RANGE: std::ops::RangeInclusive<u32> = 1..=365;

/// Values of a configuration, besides the stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Values {
    version: u64,
    heartbeat_seconds: Option<u32>,
    retention_days: Option<u32>,
}

/// State of the configurations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Configurations {
    values: Values,
    /// Newest version that the platform announced.
    #[serde(rename = "told")]
    announced: u64,
    /// Newest version that could not be applied.
    rejected: Option<u64>,
    /// The previous configuration, while `values` are on trial.
    #[serde(rename = "before")]
    previous: Option<(Values, Stop)>,
}

impl Configurations {
    /// The state after enrolment.
    pub fn enrolled(version: u64) -> Self {
        Self {
            values: Values {
                version,
                ..Values::default()
            },
            ..Self::default()
        }
    }

    /// Version in use.
    pub const fn version(&self) -> u64 {
        self.values.version
    }

    /// Version that could not be applied.
    pub const fn rejected(&self) -> Option<u64> {
        self.rejected
    }

    /// Whether the platform announced a version that was not tried.
    pub fn is_due(&self) -> bool {
        self.announced > self.last_tried()
    }

    /// Time between heartbeats.
    pub fn heartbeat_interval(&self) -> Option<Duration> {
        self.values
            .heartbeat_seconds
            .map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Days until leads are deleted that the platform holds and nobody exported.
    pub const fn retention_days(&self) -> Option<u32> {
        self.values.retention_days
    }

    fn last_tried(&self) -> u64 {
        self.values.version.max(self.rejected.unwrap_or(0))
    }
}

impl PlatformLink {
    /// The current state of the configurations.
    pub fn configurations(&self) -> Result<Configurations, SettingsError> {
        if let Some(saved) = self.leads.setting(CONFIGURATIONS)? {
            return Ok(saved);
        }
        let enrolment = self.env.settings().enrolment()?;
        Ok(Configurations::enrolled(
            enrolment.map_or(0, |enrolment| enrolment.config_version),
        ))
    }

    /// Records the newest version that a heartbeat reply announces. The reply also confirms the configuration on trial.
    pub fn on_announced_configuration(&self, newest: u64) -> Result<(), SettingsError> {
        let mut state = self.configurations()?;
        if state.announced == newest && state.previous.is_none() {
            return Ok(());
        }
        state.announced = newest;
        state.previous = None;
        Ok(self.save_guarded(&[(CONFIGURATIONS, &state)])?)
    }

    /// Applies a configuration on trial, or records why it cannot be applied.
    pub fn apply_configuration(&self, offered: Option<Value>) -> Result<(), SettingsError> {
        let mut state = self.configurations()?;
        let version = offered.as_ref().and_then(|value| value.get("version")?.as_u64());
        let Some((offered, version)) = offered.zip(version).filter(|(_, v)| *v > state.last_tried()) else {
            // Nothing new; the kiosk fetches it when the platform announces it again.
            state.announced = state.last_tried();
            return Ok(self.save_guarded(&[(CONFIGURATIONS, &state)])?);
        };
        let stop = self.env.settings().stop()?;
        match check(offered, &stop) {
            Ok(new) => {
                state.previous = Some((state.values, stop));
                state.values = Values {
                    version,
                    heartbeat_seconds: new.heartbeat_seconds,
                    retention_days: new.retention_days,
                };
                self.save_guarded(&[(CONFIGURATIONS, &state), (STOP, &new.stop)])?;
                Ok(self
                    .env
                    .audit(AuditAct::ConfigurationTaken, &[(AuditDetail::Version, &version)])?)
            }
            Err(problem) => {
                state.rejected = Some(version);
                self.save_guarded(&[(CONFIGURATIONS, &state)])?;
                self.audit_rejection(version, &problem)
            }
        }
    }

    /// Applies the previous configuration again if another one is on trial.
    pub fn revert_configuration(&self) -> Result<(), SettingsError> {
        let mut state = self.configurations()?;
        let Some((values, stop)) = state.previous.take() else {
            return Ok(());
        };
        let rejected = state.values.version;
        state.rejected = Some(rejected);
        state.values = values;
        self.save_guarded(&[(CONFIGURATIONS, &state), (STOP, &stop)])?;
        self.audit_rejection(rejected, &"heartbeat_refused")
    }

    fn audit_rejection(&self, version: u64, reason: &dyn Display) -> Result<(), SettingsError> {
        let details: [(AuditDetail, &dyn Display); 2] =
            [(AuditDetail::Version, &version), (AuditDetail::Reason, reason)];
        Ok(self.env.audit(AuditAct::ConfigurationRejected, &details)?)
    }
}

/// The configuration if this kiosk can apply it, otherwise the invalid field.
fn check(offered: Value, current: &Stop) -> Result<Configuration, &'static str> {
    let new: Configuration = serde_json::from_value(offered).map_err(|_| "unreadable")?;
    new.stop.check().map_err(|error| error.field)?;
    // The secrets of a demonstration are published: it must not become a real stop, nor a real stop a demonstration.
    if new.stop.demonstration != current.demonstration {
        return Err("demonstration");
    }
    let is_within = |value: Option<u32>, range: &std::ops::RangeInclusive<u32>| {
        value.is_none_or(|value| range.contains(&value))
    };
    if !is_within(new.heartbeat_seconds, &HEARTBEAT_SECONDS_RANGE) {
        return Err("heartbeat_seconds");
    }
    if !is_within(new.retention_days, &RETENTION_DAYS_RANGE) {
        return Err("retention_days");
    }
    Ok(new)
}
