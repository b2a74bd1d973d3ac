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
    /// How far it is confirmed.
    pub confidence: Confidence,
}

/// One version of a rule and the first day it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated<T> {
    /// Name of the version.
    pub version: String,
    /// First day it applies.
    pub valid_from: Date,
    /// Its values.
    #[serde(flatten)]
    pub rule: T,
}

impl<T> Dated<T> {
    /// The version in force on a day: the latest one that applies by then.
    pub fn current(versions: &[Self], day: Date) -> Option<&T> {
        let started = versions.iter().filter(|version| version.valid_from <= day);
        started
            .max_by_key(|version| version.valid_from)
            .map(|version| &version.rule)
    }
}
