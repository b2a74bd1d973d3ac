//! Checking a draft: every fault at once, as codes that the interface turns into sentences. Must not know the
//! sentences, nor what becomes of the lead.

use super::{Channel, Lead, LeadDraft};
use crate::phone::{self, PhoneError};
use email_address::{EmailAddress, Options};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// A fault of one field, as a code that the interface turns into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldError {
    /// Field of [`LeadDraft`].
    pub field: &'static str,
    /// What is wrong.
    pub code: &'static str,
    /// Figures for the sentence.
    pub params: BTreeMap<&'static str, String>,
}

impl FieldError {
    fn new(field: &'static str, code: &'static str) -> Self {
        Self {
            field,
            code,
            params: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &'static str, value: &dyn ToString) -> Self {
        self.params.insert(name, value.to_string());
        self
    }

    /// The fault in an English sentence, for the command line.
    pub fn sentence(&self) -> String {
        let what = match self.code {
            "required" => "is required",
            "too_long" => "is too long",
            "name_invalid" => "is not a name: use letters, spaces, hyphens and apostrophes",
            "phone_invalid" => "is not a telephone number of its country",
            "phone_too_short" => "has too few digits",
            "phone_too_long" => "has too many digits",
            "phone_country_unknown" => "needs a country: begin with + and the country code, or give country",
            "email_invalid" => "is not an e-mail address such as name@example.org",
            "consent_required" => "needs a consent for the chosen channel",
            "channel_needs_phone" => "needs a telephone number",
            "channel_needs_email" => "needs an e-mail address",
            "unknown_project" => "names a project that is not in the catalogue",
            "unknown_bank" => "names a bank that is not at this stop",
            "country_invalid" => "is not an ISO 3166-1 country code such as FR",
            "budget_invalid" => "is not an amount in dirhams between 1 and 1,000,000,000",
            _ => "holds characters that are not allowed",
        };
        format!("{} {what}", self.field)
    }
}

/// What a draft is checked against.
pub struct Known<'a> {
    /// Whether a project is in the catalogue.
    pub project: &'a dyn Fn(&str) -> bool,
    /// Banks present at the stop.
    pub banks: &'a [String],
}

const MAX_NAME: usize = 120;
const MAX_CITY: usize = 80;
const MAX_NOTE: usize = 1_000;
const MAX_INTERESTS: usize = 20;
const MAX_BUDGET: i64 = 1_000_000_000;

impl LeadDraft {
    /// Every fault at once, or the lead.
    pub fn check(&self, known: &Known<'_>) -> Result<Lead, Vec<FieldError>> {
        let mut faults = Vec::new();
        let name = self.check_name(&mut faults);
        let country = self.check_country(&mut faults);
        let phone = self.check_phone(country.as_deref(), &mut faults);
        let email = self.check_email(&mut faults);
        let city = line(self.city.as_deref(), "city", MAX_CITY, &mut faults);
        let note = free_text(self.note.as_deref(), "note", MAX_NOTE, &mut faults);
        self.check_wishes(known, &mut faults);
        if self.language.is_none() {
            faults.push(FieldError::new("language", "required"));
        }
        let channel = self.check_channel(&mut faults);
        match (faults.is_empty(), self.language, channel) {
            (true, Some(language), Some(channel)) => Ok(Lead {
                name,
                phone,
                email,
                country,
                city,
                language,
                interests: self.interests.clone(),
                budget_mad: self.budget_mad,
                purpose: self.purpose,
                desk: self.desk,
                channel,
                consents: self.consents.clone(),
                note,
            }),
            _ => Err(faults),
        }
    }

    fn check_name(&self, faults: &mut Vec<FieldError>) -> String {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            faults.push(FieldError::new("name", "required"));
        } else if name.chars().count() > MAX_NAME {
            faults.push(FieldError::new("name", "too_long").with("max", &MAX_NAME));
        } else if has_control(&name) {
            faults.push(FieldError::new("name", "not_allowed_characters"));
        } else if !name.chars().any(char::is_alphabetic) || name.chars().any(|c| c.is_ascii_digit()) {
            faults.push(FieldError::new("name", "name_invalid"));
        }
        name
    }

    fn check_country(&self, faults: &mut Vec<FieldError>) -> Option<String> {
        let country = filled(self.country.as_deref())?.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.push(FieldError::new("country", "country_invalid"));
        }
        Some(country)
    }

    fn check_phone(&self, country: Option<&str>, faults: &mut Vec<FieldError>) -> Option<String> {
        let typed = filled(self.phone.as_deref())?;
        match phone::to_e164(typed, country) {
            Ok(number) => Some(number),
            Err(error) => {
                let code = match error {
                    PhoneError::Invalid => "phone_invalid",
                    PhoneError::TooShort => "phone_too_short",
                    PhoneError::TooLong => "phone_too_long",
                    PhoneError::UnknownCountry => "phone_country_unknown",
                };
                faults.push(FieldError::new("phone", code));
                None
            }
        }
    }

    fn check_email(&self, faults: &mut Vec<FieldError>) -> Option<String> {
        let typed = filled(self.email.as_deref())?;
        let options = Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        if EmailAddress::parse_with_options(typed, options).is_err() {
            faults.push(FieldError::new("email", "email_invalid"));
        }
        Some(typed.to_owned())
    }

    fn check_wishes(&self, known: &Known<'_>, faults: &mut Vec<FieldError>) {
        if self.interests.len() > MAX_INTERESTS {
            faults.push(FieldError::new("interests", "too_long").with("max", &MAX_INTERESTS));
        } else if let Some(unknown) = self.interests.iter().find(|id| !(known.project)(id)) {
            let shown: String = unknown.chars().take(40).collect();
            faults.push(FieldError::new("interests", "unknown_project").with("project", &shown));
        }
        if self
            .budget_mad
            .is_some_and(|budget| !(1..=MAX_BUDGET).contains(&budget))
        {
            faults.push(FieldError::new("budget_mad", "budget_invalid"));
        }
        if self
            .consents
            .bank
            .as_ref()
            .is_some_and(|bank| !known.banks.contains(bank))
        {
            faults.push(FieldError::new("consents", "unknown_bank"));
        }
    }

    fn check_channel(&self, faults: &mut Vec<FieldError>) -> Option<Channel> {
        let has_phone = filled(self.phone.as_deref()).is_some();
        let has_email = filled(self.email.as_deref()).is_some();
        if !has_phone && !has_email {
            faults.push(FieldError::new("phone", "required"));
        }
        let usable = |channel| {
            if channel == Channel::Email {
                has_email
            } else {
                has_phone
            }
        };
        let channel = self.channel.or_else(|| {
            [Channel::Call, Channel::Whatsapp, Channel::Email]
                .into_iter()
                .find(|channel| self.consents.allow(*channel) && usable(*channel))
        });
        let Some(channel) = channel else {
            faults.push(FieldError::new("consents", "consent_required"));
            return None;
        };
        if !self.consents.allow(channel) {
            faults.push(FieldError::new("consents", "consent_required").with("channel", &channel.code()));
        }
        match channel {
            Channel::Email if !has_email => faults.push(FieldError::new("email", "channel_needs_email")),
            Channel::Call | Channel::Whatsapp if !has_phone && has_email => {
                faults.push(FieldError::new("phone", "channel_needs_phone"));
            }
            _ => {}
        }
        Some(channel)
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Control characters and text-direction overrides: nothing a person types, and a way to disguise what is shown.
fn has_control(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn line(text: Option<&str>, field: &'static str, max: usize, faults: &mut Vec<FieldError>) -> Option<String> {
    let text = filled(text)?;
    if text.chars().count() > max {
        faults.push(FieldError::new(field, "too_long").with("max", &max));
    } else if has_control(text) {
        faults.push(FieldError::new(field, "not_allowed_characters"));
    }
    Some(text.to_owned())
}

fn free_text(
    text: Option<&str>,
    field: &'static str,
    max: usize,
    faults: &mut Vec<FieldError>,
) -> Option<String> {
    let without_breaks = text.map(|text| text.replace(['\n', '\r', '\t'], " "));
    line(without_breaks.as_deref(), field, max, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::lead::Consents;

    fn known() -> Known<'static> {
        Known {
            project: &|id| id == "P-1",
            banks: &[],
        }
    }

    fn draft() -> LeadDraft {
        LeadDraft {
            name: "  Test   Visiteur ".to_owned(),
            phone: Some("06 12 34 56 78".to_owned()),
            country: Some("fr".to_owned()),
            language: Some(Lang::Fr),
            consents: Consents {
                call: true,
                ..Consents::default()
            },
            ..LeadDraft::default()
        }
    }

    fn codes(draft: &LeadDraft) -> Vec<(&'static str, &'static str)> {
        draft
            .check(&known())
            .map_or_else(|e| e.iter().map(|f| (f.field, f.code)).collect(), |_| Vec::new())
    }

    #[test]
    fn the_least_that_is_needed_is_enough() {
        let lead = draft().check(&known()).unwrap();
        assert_eq!(lead.name, "Test Visiteur");
        assert_eq!(lead.phone.as_deref(), Some("+33612345678"));
        assert_eq!(lead.channel, Channel::Call);
    }

    #[test]
    fn names_of_all_kinds_pass() {
        for name in ["Test", "El Test-Aït", "O'Test", "Ben Test", "زائر تجريبي", "ⵜⵉⵙⵜ"] {
            assert!(
                codes(&LeadDraft {
                    name: name.to_owned(),
                    ..draft()
                })
                .is_empty(),
                "{name}"
            );
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = LeadDraft {
            name: "12".to_owned(),
            phone: Some("061".to_owned()),
            email: Some("x@y".to_owned()),
            interests: vec!["P-2".to_owned()],
            budget_mad: Some(0),
            ..draft()
        };
        assert_eq!(
            codes(&wrong),
            [
                ("name", "name_invalid"),
                ("phone", "phone_too_short"),
                ("email", "email_invalid"),
                ("interests", "unknown_project"),
                ("budget_mad", "budget_invalid"),
            ]
        );
    }

    #[test]
    fn a_channel_without_its_consent_is_refused() {
        let wrong = LeadDraft {
            channel: Some(Channel::Whatsapp),
            ..draft()
        };
        assert_eq!(codes(&wrong), [("consents", "consent_required")]);
        let none = LeadDraft {
            consents: Consents::default(),
            ..draft()
        };
        assert_eq!(codes(&none), [("consents", "consent_required")]);
    }

    #[test]
    fn unknown_fields_are_refused_by_name() {
        let error = serde_json::from_str::<LeadDraft>(r#"{"name":"Test","cin":"X1"}"#).unwrap_err();
        assert!(error.to_string().contains("unknown field `cin`"), "{error}");
    }

    #[test]
    fn hidden_direction_marks_are_refused() {
        let wrong = LeadDraft {
            name: "Test\u{202e}tseT".to_owned(),
            ..draft()
        };
        assert_eq!(codes(&wrong), [("name", "not_allowed_characters")]);
    }
}
