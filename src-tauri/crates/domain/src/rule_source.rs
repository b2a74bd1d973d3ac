//! Where a value of a rule comes from, and which version of a rule is in force. Must not know: what rules calculate.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a value is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// An official page or two independent sources.
    High,
    /// One source.
    Medium,
    /// To confirm at the desk; never applied as a rule.
    Low,
}

/// Source of a value, with the day it was last compared with the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleSource {
    /// Legal text, tariff or custom.
    pub reference: String,
    /// Day of the comparison.
    #[ts(type = "string")]
    pub checked_on: Date,
    /// Team that compared it; never the name of a person.
    pub reviewer: String,
    /// How far it is confirmed.
    pub confidence: Confidence,
}

/// One version of a rule and the days on which it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated<T> {
    /// Name of the version.
    pub version: String,
    /// First day it applies.
    pub valid_from: Date,
    /// Last day it applies, included; `None` is open-ended.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Its values.
    #[serde(flatten)]
    pub rule: T,
}

impl<T> Dated<T> {
    /// The version in force on a day.
    pub fn current(versions: &[Self], day: Date) -> Option<&T> {
        let in_force = versions
            .iter()
            .filter(|version| is_in_force(version.valid_from, version.valid_to, day));
        in_force
            .max_by_key(|version| version.valid_from)
            .map(|version| &version.rule)
    }
}

/// Whether a version with these first and last days is in force on a day.
pub fn is_in_force(valid_from: Date, valid_to: Option<Date>, day: Date) -> bool {
    valid_from <= day && valid_to.is_none_or(|to| day <= to)
}
