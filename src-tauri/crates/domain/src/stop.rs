//! A stop of the tour: where and when the kiosk stands, what it offers there. Must not know keys or the network.

use crate::lang::{Lang, Texts};
use crate::phone;
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
    /// The group itself, for what visitors take away.
    #[serde(default)]
    pub group: Contact,
}

/// Where visitors reach the group after the event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone, E.164, given where a subsidiary has none.
    #[serde(default)]
    pub phone: Option<String>,
    /// Address of its pages, `https://` and at most [`Contact::SITE_LENGTH`] characters: it has to fit into a code.
    #[serde(default)]
    pub site: Option<String>,
}

impl Contact {
    /// Longest address, in characters.
    pub const SITE_LENGTH: usize = 64;

    fn check(&self) -> Result<(), StopError> {
        let fail = |field, problem: &str| {
            Err(StopError {
                field,
                problem: problem.to_owned(),
            })
        };
        let e164 = |phone: &String| phone::to_e164(phone, None).is_ok_and(|found| found == *phone);
        if !self.phone.as_ref().is_none_or(e164) {
            return fail(
                "group.phone",
                "expected a telephone number with + and country code and no spaces, such as +212537000000",
            );
        }
        let address = |site: &String| {
            let host = site.strip_prefix("https://").unwrap_or_default();
            !host.is_empty() && site.len() <= Self::SITE_LENGTH && site.bytes().all(|b| b.is_ascii_graphic())
        };
        if !self.site.as_ref().is_none_or(address) {
            return fail(
                "group.site",
                "expected an address that begins with https:// and has at most 64 characters",
            );
        }
        Ok(())
    }
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
        self.group.check()
    }
}

#[cfg(test)]
mod tests {
    use super::Contact;

    #[test]
    fn a_contact_is_a_number_one_can_dial_and_an_address_one_can_open() {
        let contact = |phone: Option<&str>, site: Option<&str>| Contact {
            phone: phone.map(str::to_owned),
            site: site.map(str::to_owned),
        };
        let long = format!("https://example.org/{}", "a".repeat(50));
        assert!(contact(None, None).check().is_ok());
        assert!(
            contact(Some("+212537000000"), Some("https://example.org"))
                .check()
                .is_ok()
        );
        for (phone, site, field) in [
            (Some("0537000000"), None, "group.phone"),
            (Some("+212 537 00 00 00"), None, "group.phone"),
            (None, Some("http://example.org"), "group.site"),
            (None, Some("https://"), "group.site"),
            (
                None,
                Some("https://example.org\nhttps://example.com"),
                "group.site",
            ),
            (None, Some(long.as_str()), "group.site"),
        ] {
            let found = contact(phone, site).check().map_err(|fault| fault.field);
            assert_eq!(found, Err(field), "{phone:?} {site:?}");
        }
    }
}
