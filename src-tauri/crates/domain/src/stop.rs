//! A stop of the tour: where and when the kiosk stands, what it offers there. Must not know keys or the network.

use crate::lang::{Lang, Texts};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One stop of the tour, as its event file describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Identifier, such as `paris-2026`.
    pub id: String,
    /// Two to four capital letters that begin every ticket, such as `PAR`.
    pub code: String,
    /// Name of the event.
    pub name: Texts,
    /// City.
    pub city: Texts,
    /// Hall and stand.
    #[serde(default)]
    pub venue: Texts,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// IANA time zone of the hall, such as `Europe/Paris`: days and hours of the figures are counted in it.
    pub time_zone: String,
    /// Languages offered, in order; at least one.
    pub languages: Vec<Lang>,
    /// Seconds without touch before the countdown.
    #[serde(default = "default_idle")]
    pub idle_seconds: u32,
    /// Seconds of the countdown before everything is wiped.
    #[serde(default = "default_countdown")]
    pub countdown_seconds: u32,
    /// Names of the partner banks present; a visitor may consent to transmission to one of them.
    #[serde(default)]
    pub banks: Vec<String>,
    /// Whether this is a demonstration with made-up data and published secrets.
    #[serde(default)]
    pub demonstration: bool,
}

const fn default_idle() -> u32 {
    60
}

const fn default_countdown() -> u32 {
    20
}

/// What is wrong with an event description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct StopError {
    /// The field at fault.
    pub field: &'static str,
    /// What was expected.
    pub problem: String,
}

impl Stop {
    /// Checks what the types cannot: codes, order of dates, the time zone, at least one language.
    pub fn check(&self) -> Result<(), StopError> {
        let fail = |field, problem: &str| {
            Err(StopError {
                field,
                problem: problem.to_owned(),
            })
        };
        let code_ok = (2..=4).contains(&self.code.len()) && self.code.bytes().all(|b| b.is_ascii_uppercase());
        if !code_ok {
            return fail("code", "expected two to four capital letters, such as PAR");
        }
        if self.id.is_empty() || !self.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return fail("id", "expected letters, digits and hyphens, such as paris-2026");
        }
        if self.ends_on < self.starts_on {
            return fail("ends_on", "expected a day not before starts_on");
        }
        if self.languages.is_empty() {
            return fail(
                "languages",
                "expected at least one of fr, ar, zgh, en, es, nl, de, it",
            );
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return fail("time_zone", "expected an IANA time zone, such as Europe/Paris");
        }
        if !(10..=600).contains(&self.idle_seconds) || !(5..=120).contains(&self.countdown_seconds) {
            return fail(
                "idle_seconds",
                "expected 10 to 600 seconds, and a countdown of 5 to 120",
            );
        }
        Ok(())
    }
}
