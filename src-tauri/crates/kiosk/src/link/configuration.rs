//! Configurations of the platform: checked, taken on trial, kept when the next heartbeat is answered, given up for the one
//! before when it is refused.

use crate::settings::{CONFIGURATIONS, ENROLMENT, Enrolment, STOP};
use crate::{Kiosk, KioskError};
use domain::Stop;
use protocol::Configuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// Seconds between heartbeats that a configuration may ask for.
const HEARTBEATS: std::ops::RangeInclusive<u32> = 10..=3_600;
/// Days a configuration may have leads kept.
const RETENTION: std::ops::RangeInclusive<u32> = 1..=365;

/// What configurations decide beside the stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Values {
    version: u64,
    heartbeat_seconds: Option<u32>,
    retention_days: Option<u32>,
}

/// What is known of configurations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Configurations {
    values: Values,
    /// The newest version the platform told of.
    told: u64,
    /// The newest version that could not be used.
    rejected: Option<u64>,
    /// The last good one, while `values` are on trial.
    before: Option<(Values, Stop)>,
}

impl Configurations {
    /// Those of a kiosk that was just enrolled.
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

    /// Version that was tried and could not be used.
    pub const fn rejected(&self) -> Option<u64> {
        self.rejected
    }

    /// Whether the platform told of one that was not tried.
    pub fn is_due(&self) -> bool {
        self.told > self.tried()
    }

    /// Time between heartbeats.
    pub fn heartbeat_every(&self) -> Option<Duration> {
        self.values
            .heartbeat_seconds
            .map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Days that leads are kept which the platform holds and nobody exported.
    pub const fn retention_days(&self) -> Option<u32> {
        self.values.retention_days
    }

    fn tried(&self) -> u64 {
        self.values.version.max(self.rejected.unwrap_or(0))
    }
}

impl Kiosk {
    pub(crate) fn configurations(&self) -> Result<Configurations, KioskError> {
        if let Some(known) = self.leads.setting(CONFIGURATIONS)? {
            return Ok(known);
        }
        let enrolment: Option<Enrolment> = self.leads.setting(ENROLMENT)?;
        Ok(Configurations::enrolled(
            enrolment.map_or(0, |enrolment| enrolment.config_version),
        ))
    }

    /// Notes the newest version there is. The heartbeat that brought it was answered, so what is on trial is good.
    pub(crate) fn told_of_configuration(&self, newest: u64) -> Result<(), KioskError> {
        let mut known = self.configurations()?;
        if known.told == newest && known.before.is_none() {
            return Ok(());
        }
        known.told = newest;
        known.before = None;
        self.note(&[(CONFIGURATIONS, &known)])
    }

    /// Takes a configuration on trial, or notes why not.
    pub(crate) fn try_configuration(&self, offered: Option<Value>) -> Result<(), KioskError> {
        let mut known = self.configurations()?;
        let version = offered.as_ref().and_then(|value| value.get("version")?.as_u64());
        let Some((offered, version)) = offered.zip(version).filter(|(_, v)| *v > known.tried()) else {
            // Nothing new after all: asked again when the platform tells of it again.
            known.told = known.tried();
            return self.note(&[(CONFIGURATIONS, &known)]);
        };
        let stop = self.stop()?;
        match check(offered, &stop) {
            Ok(new) => {
                known.before = Some((known.values, stop));
                known.values = Values {
                    version,
                    heartbeat_seconds: new.heartbeat_seconds,
                    retention_days: new.retention_days,
                };
                self.note(&[(CONFIGURATIONS, &known), (STOP, &new.stop)])?;
                self.audit("configuration_taken", format!("version={version}"))
            }
            Err(problem) => {
                known.rejected = Some(version);
                self.note(&[(CONFIGURATIONS, &known)])?;
                self.audit(
                    "configuration_rejected",
                    format!("version={version} reason={problem}"),
                )
            }
        }
    }

    /// Goes back to the last good configuration, if another is on trial.
    pub(crate) fn give_configuration_up(&self) -> Result<(), KioskError> {
        let mut known = self.configurations()?;
        let Some((values, stop)) = known.before.take() else {
            return Ok(());
        };
        let rejected = known.values.version;
        known.rejected = Some(rejected);
        known.values = values;
        self.note(&[(CONFIGURATIONS, &known), (STOP, &stop)])?;
        self.audit(
            "configuration_rejected",
            format!("version={rejected} reason=heartbeat_refused"),
        )
    }
}

/// The configuration, if this kiosk can work with it; else the field at fault.
fn check(offered: Value, present: &Stop) -> Result<Configuration, &'static str> {
    let new: Configuration = serde_json::from_value(offered).map_err(|_| "unreadable")?;
    new.stop.check().map_err(|fault| fault.field)?;
    // Secrets of a demonstration are published: it must never become real, nor a real stop a demonstration.
    if new.stop.demonstration != present.demonstration {
        return Err("demonstration");
    }
    let within = |value: Option<u32>, range: &std::ops::RangeInclusive<u32>| {
        value.is_none_or(|value| range.contains(&value))
    };
    if !within(new.heartbeat_seconds, &HEARTBEATS) {
        return Err("heartbeat_seconds");
    }
    if !within(new.retention_days, &RETENTION) {
        return Err("retention_days");
    }
    Ok(new)
}
