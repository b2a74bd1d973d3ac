//! A stop of the tour: place, dates, languages and settings of its kiosks. Must not know: keys, the network.

mod country;
#[cfg(test)]
mod tests;

use crate::lang::{Lang, Texts};
use crate::phone;
use crate::zone::time_zone;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One stop of the tour, as its event file describes it. A kiosk refuses unknown fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Identifier, such as `paris-2026`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Za-z0-9-]+$"))]
    pub id: String,
    /// Prefix of every ticket: two to four capital letters, such as `PAR`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{2,4}$"))]
    pub code: String,
    /// Name of the event by language.
    pub name: Texts,
    /// City by language.
    pub city: Texts,
    /// Venue and stand by language.
    #[serde(default)]
    pub venue: Texts,
    /// First day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub starts_on: Date,
    /// Last day, not before the first.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub ends_on: Date,
    /// IANA time zone of the venue, such as `Europe/Paris`. Days and hours of the daily figures use it.
    pub time_zone: String,
    /// Country where most visitors live, ISO 3166-1 alpha-2, such as `BE`. The form starts with its telephone code.
    /// Default: the country of the time zone if it is known, else `FR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{2}$"))]
    pub country: Option<String>,
    /// Languages offered, in order; at least one.
    #[cfg_attr(feature = "schema", schema(min_items = 1))]
    pub languages: Vec<Lang>,
    /// Seconds without touch before the countdown starts.
    #[serde(default = "default_idle")]
    #[cfg_attr(feature = "schema", schema(minimum = 10, maximum = 600, default = default_idle))]
    pub idle_seconds: u32,
    /// Seconds without touch before the countdown starts in the form and on long pages, at least `idle_seconds`.
    /// Default: twice `idle_seconds`, at most 600.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 10, maximum = 600))]
    pub long_idle_seconds: Option<u32>,
    /// Seconds of the countdown before the idle reset.
    #[serde(default = "default_countdown")]
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 120, default = default_countdown))]
    pub countdown_seconds: u32,
    /// Working days within which visitors get a reply; the form promises it. Default: no promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 30))]
    pub reply_days: Option<u8>,
    /// Names of the partner banks present. A visitor may consent to transmission to one of them.
    #[serde(default)]
    pub banks: Vec<String>,
    /// Whether data are made up and secrets published. A kiosk of a demonstration accepts no other stop.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(default = false))]
    pub demonstration: bool,
    /// Whether visits are counted without names. A stop that counts them leaves it out, because earlier kiosks refuse it.
    #[serde(default = "default_statistics", skip_serializing_if = "counts_visits")]
    #[cfg_attr(feature = "schema", schema(default = default_statistics))]
    pub statistics: bool,
    /// Contact of the group, for the takeaway.
    #[serde(default)]
    pub group: Contact,
}

/// How visitors reach the group after the event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone, E.164, a valid number of its country. It is used for subsidiaries that have none.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(pattern = "^\\+[1-9][0-9]{1,14}$"))]
    pub phone: Option<String>,
    /// Address of the website, `https://` and at most 64 characters to fit into a QR code.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(pattern = "^https://[!-~]{1,56}$"))]
    pub site: Option<String>,
    /// Web page of the link in the takeaway, `https://`, without fragment and at most 64 characters. The fragment of the
    /// link carries the choice of the visitor; browsers do not send it to the server. Default: no link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(pattern = "^https://[!\"$-~]{1,56}$"))]
    pub choice_page: Option<String>,
}

impl Contact {
    /// Maximum length of the address, in characters.
    pub const MAX_SITE_CHARS: usize = 64;

    fn check(&self) -> Result<(), StopError> {
        let fail = |field, problem: &str| {
            Err(StopError {
                field,
                problem: problem.to_owned(),
            })
        };
        let e164 = |phone: &String| phone::to_e164(phone, None).is_ok_and(|e164| e164 == *phone);
        if !self.phone.as_ref().is_none_or(e164) {
            return fail(
                "group.phone",
                "expected a telephone number with + and country code and no spaces, such as +212537000000",
            );
        }
        let address = |site: &String| {
            let host = site.strip_prefix("https://").unwrap_or_default();
            !host.is_empty()
                && site.len() <= Self::MAX_SITE_CHARS
                && site.bytes().all(|b| b.is_ascii_graphic())
        };
        if !self.site.as_ref().is_none_or(address) {
            return fail(
                "group.site",
                "expected an address that starts with https:// and has at most 64 characters",
            );
        }
        let without_fragment = |page: &String| address(page) && !page.contains('#');
        if !self.choice_page.as_ref().is_none_or(without_fragment) {
            return fail(
                "group.choice_page",
                "expected an address that starts with https://, has at most 64 characters and no #",
            );
        }
        Ok(())
    }
}

/// The time zone of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorZone {
    /// IANA name, such as `Europe/Paris`.
    pub zone: String,
    /// Its country, ISO 3166-1 alpha-2; `None` if it is not known.
    pub country: Option<String>,
    /// Whether the country has no other zone.
    pub is_only_one: bool,
}

/// Longest time without touch before the countdown starts.
const MAX_IDLE_SECONDS: u32 = 600;

const fn default_idle() -> u32 {
    60
}

const fn default_statistics() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn counts_visits(statistics: &bool) -> bool {
    *statistics
}

const fn default_countdown() -> u32 {
    20
}

/// Error in an event file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct StopError {
    /// Name of the wrong field.
    pub field: &'static str,
    /// Description of the expected value.
    pub problem: String,
}

impl Stop {
    /// Country that the form starts with.
    pub fn form_country(&self) -> &str {
        let of_zone = || country::of_time_zone(&self.time_zone).unwrap_or(country::DEFAULT);
        self.country.as_deref().unwrap_or_else(of_zone)
    }

    /// The time zone of a visitor from this country, ISO 3166-1 alpha-2: that of the stop if it is there, or if the country
    /// is not known.
    pub fn zone_of_visitor(&self, country: Option<&str>) -> VisitorZone {
        let known = country.filter(|code| !country::time_zones_of(code).is_empty());
        let of_stop = country::of_time_zone(&self.time_zone);
        let code = known.or(of_stop);
        let zones = code.map_or(&[][..], country::time_zones_of);
        let is_at_stop = known.is_none() || known == of_stop;
        let zone = if is_at_stop { None } else { zones.first().copied() };
        VisitorZone {
            zone: zone.unwrap_or(&self.time_zone).to_owned(),
            country: code.map(str::to_owned),
            is_only_one: zones.len() == 1,
        }
    }

    /// Seconds without touch before the countdown starts in the form and on long pages.
    pub fn idle_seconds_of_long_screens(&self) -> u32 {
        let default = || self.idle_seconds.saturating_mul(2).min(MAX_IDLE_SECONDS);
        self.long_idle_seconds.unwrap_or_else(default)
    }

    /// Checks what the types cannot express: codes, the order of dates, the time zone, at least one language.
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
            return fail("ends_on", "expected starts_on or a later day");
        }
        if self.languages.is_empty() {
            return fail(
                "languages",
                "expected at least one of fr, ar, zgh, en, es, nl, de, it",
            );
        }
        if time_zone(&self.time_zone).is_err() {
            return fail("time_zone", "expected an IANA time zone, such as Europe/Paris");
        }
        if self.country.as_ref().is_some_and(|code| !phone::is_country(code)) {
            return fail(
                "country",
                "expected an ISO 3166-1 code of two capital letters, such as BE",
            );
        }
        if !(10..=MAX_IDLE_SECONDS).contains(&self.idle_seconds)
            || !(5..=120).contains(&self.countdown_seconds)
        {
            return fail(
                "idle_seconds",
                "expected 10 to 600 seconds, and a countdown of 5 to 120",
            );
        }
        if self.reply_days.is_some_and(|days| !(1..=30).contains(&days)) {
            return fail("reply_days", "expected 1 to 30 working days");
        }
        let long_range = self.idle_seconds..=MAX_IDLE_SECONDS;
        if self
            .long_idle_seconds
            .is_some_and(|seconds| !long_range.contains(&seconds))
        {
            return fail("long_idle_seconds", "expected idle_seconds to 600 seconds");
        }
        self.group.check()
    }
}
