//! How well a value of a rule file is documented. Must not know: the rules.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How well a value is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// An official page or two independent sources.
    High,
    /// One source.
    Medium,
    /// Contradictory sources or custom: shown as "to confirm at the desk".
    Low,
}
