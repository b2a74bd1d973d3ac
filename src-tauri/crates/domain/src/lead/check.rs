//! Validation of a draft. Reports all errors at once, as codes that the user interface turns into sentences. Must not
//! know: those sentences, or what happens to the lead.

use super::{Channel, Lead, LeadDraft};
use crate::phone::{self, PhoneError};
use email_address::{EmailAddress, Options};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Error of one field, as a code that the user interface turns into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldError {
    /// Field of [`LeadDraft`].
    pub field: &'static str,
    /// Error code.
    pub code: &'static str,
    /// Values for the sentence, such as a limit.
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

    /// The error as an English sentence, for the command line.
    pub fn sentence(&self) -> String {
        let predicate = match self.code {
            "required" => "is required",
            "too_long" => "is too long",
            "name_invalid" => "is not a name: use letters, spaces, hyphens and apostrophes",
            "phone_invalid" => "is not a telephone number of its country",
            "phone_too_short" => "has too few digits",
            "phone_too_long" => "has too many digits",
            "phone_country_unknown" => "needs a country: start with + and the country code, or set country",
            "email_invalid" => "is not an e-mail address such as name@example.org",
            "consent_required" => "needs consent to the chosen channel",
            "channel_needs_phone" => "needs a telephone number",
            "channel_needs_email" => "needs an e-mail address",
            "unknown_project" => "names a project that is not in the catalogue",
            "unknown_bank" => "names a bank that is not at this stop",
            "country_invalid" => "is not an ISO 3166-1 country code such as FR",
            "budget_invalid" => "is not an amount in dirhams between 1 and 1,000,000,000",
            _ => "contains characters that are not allowed",
        };
        format!("{} {predicate}", self.field)
    }
}

/// Catalogue and stop data that a draft is validated against.
pub struct DraftContext<'a> {
    /// Whether a project with this identifier is in the catalogue.
    pub project_exists: &'a dyn Fn(&str) -> bool,
    /// Banks present at the stop.
    pub banks: &'a [String],
}

const MAX_NAME_CHARS: usize = 120;
const MAX_CITY_CHARS: usize = 80;
const MAX_NOTE_CHARS: usize = 1_000;
const MAX_INTERESTS: usize = 20;
const MAX_BUDGET_MAD: i64 = 1_000_000_000;

impl LeadDraft {
    /// Returns the lead, or all errors at once.
    pub fn check(&self, context: &DraftContext<'_>) -> Result<Lead, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = self.check_name(&mut errors);
        let country = self.check_country(&mut errors);
        let phone = self.check_phone(country.as_deref(), &mut errors);
        let email = self.check_email(&mut errors);
        let city = single_line(self.city.as_deref(), "city", MAX_CITY_CHARS, &mut errors);
        let note = free_text(self.note.as_deref(), "note", MAX_NOTE_CHARS, &mut errors);
        self.check_preferences(context, &mut errors);
        if self.language.is_none() {
            errors.push(FieldError::new("language", "required"));
        }
        let channel = self.check_channel(&mut errors);
        match (errors.is_empty(), self.language, channel) {
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
            _ => Err(errors),
        }
    }

    fn check_name(&self, errors: &mut Vec<FieldError>) -> String {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            errors.push(FieldError::new("name", "required"));
        } else if name.chars().count() > MAX_NAME_CHARS {
            errors.push(FieldError::new("name", "too_long").with("max", &MAX_NAME_CHARS));
        } else if has_control(&name) {
            errors.push(FieldError::new("name", "not_allowed_characters"));
        } else if !name.chars().any(char::is_alphabetic) || name.chars().any(|c| c.is_ascii_digit()) {
            errors.push(FieldError::new("name", "name_invalid"));
        }
        name
    }

    fn check_country(&self, errors: &mut Vec<FieldError>) -> Option<String> {
        let country = non_blank(self.country.as_deref())?.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            errors.push(FieldError::new("country", "country_invalid"));
        }
        Some(country)
    }

    fn check_phone(&self, country: Option<&str>, errors: &mut Vec<FieldError>) -> Option<String> {
        let typed = non_blank(self.phone.as_deref())?;
        match phone::to_e164(typed, country) {
            Ok(number) => Some(number),
            Err(error) => {
                let code = match error {
                    PhoneError::Invalid => "phone_invalid",
                    PhoneError::TooShort => "phone_too_short",
                    PhoneError::TooLong => "phone_too_long",
                    PhoneError::UnknownCountry => "phone_country_unknown",
                };
                errors.push(FieldError::new("phone", code));
                None
            }
        }
    }

    fn check_email(&self, errors: &mut Vec<FieldError>) -> Option<String> {
        let typed = non_blank(self.email.as_deref())?;
        let options = Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        if EmailAddress::parse_with_options(typed, options).is_err() {
            errors.push(FieldError::new("email", "email_invalid"));
        }
        Some(typed.to_owned())
    }

    fn check_preferences(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) {
        if self.interests.len() > MAX_INTERESTS {
            errors.push(FieldError::new("interests", "too_long").with("max", &MAX_INTERESTS));
        } else if let Some(unknown) = self.interests.iter().find(|id| !(context.project_exists)(id)) {
            let shown: String = unknown.chars().take(40).collect();
            errors.push(FieldError::new("interests", "unknown_project").with("project", &shown));
        }
        if self
            .budget_mad
            .is_some_and(|budget| !(1..=MAX_BUDGET_MAD).contains(&budget))
        {
            errors.push(FieldError::new("budget_mad", "budget_invalid"));
        }
        if self
            .consents
            .bank
            .as_ref()
            .is_some_and(|bank| !context.banks.contains(bank))
        {
            errors.push(FieldError::new("consents", "unknown_bank"));
        }
    }

    fn check_channel(&self, errors: &mut Vec<FieldError>) -> Option<Channel> {
        let has_phone = non_blank(self.phone.as_deref()).is_some();
        let has_email = non_blank(self.email.as_deref()).is_some();
        if !has_phone && !has_email {
            errors.push(FieldError::new("phone", "required"));
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
            errors.push(FieldError::new("consents", "consent_required"));
            return None;
        };
        if !self.consents.allow(channel) {
            errors.push(FieldError::new("consents", "consent_required").with("channel", &channel.code()));
        }
        match channel {
            Channel::Email if !has_email => errors.push(FieldError::new("email", "channel_needs_email")),
            Channel::Call | Channel::Whatsapp if !has_phone && has_email => {
                errors.push(FieldError::new("phone", "channel_needs_phone"));
            }
            _ => {}
        }
        Some(channel)
    }
}

fn non_blank(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Control characters and text-direction overrides. People do not type them, and they can disguise the displayed text.
fn has_control(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn single_line(
    text: Option<&str>,
    field: &'static str,
    max: usize,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let text = non_blank(text)?;
    if text.chars().count() > max {
        errors.push(FieldError::new(field, "too_long").with("max", &max));
    } else if has_control(text) {
        errors.push(FieldError::new(field, "not_allowed_characters"));
    }
    Some(text.to_owned())
}

fn free_text(
    text: Option<&str>,
    field: &'static str,
    max: usize,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let without_breaks = text.map(|text| text.replace(['\n', '\r', '\t'], " "));
    single_line(without_breaks.as_deref(), field, max, errors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::lead::Consents;

    fn context() -> DraftContext<'static> {
        DraftContext {
            project_exists: &|id| id == "P-1",
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
            .check(&context())
            .map_or_else(|e| e.iter().map(|f| (f.field, f.code)).collect(), |_| Vec::new())
    }

    #[test]
    fn minimal_draft_is_accepted() {
        let lead = draft().check(&context()).unwrap();
        assert_eq!(lead.name, "Test Visiteur");
        assert_eq!(lead.phone.as_deref(), Some("+33612345678"));
        assert_eq!(lead.channel, Channel::Call);
    }

    #[test]
    fn names_in_all_scripts_are_accepted() {
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
    fn all_errors_are_reported_at_once() {
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
    fn channel_without_consent_is_rejected() {
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
    fn unknown_fields_are_rejected_by_name() {
        let error = serde_json::from_str::<LeadDraft>(r#"{"name":"Test","cin":"X1"}"#).unwrap_err();
        assert!(error.to_string().contains("unknown field `cin`"), "{error}");
    }

    #[test]
    fn direction_overrides_are_rejected() {
        let wrong = LeadDraft {
            name: "Test\u{202e}tseT".to_owned(),
            ..draft()
        };
        assert_eq!(codes(&wrong), [("name", "not_allowed_characters")]);
    }
}
