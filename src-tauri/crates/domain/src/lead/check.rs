//! Validation of a draft. Reports all errors at once, as codes that the user interface turns into sentences. Must not
//! know: those sentences, or what happens to the lead.

use super::{Channel, Lead, LeadDraft};
use crate::phone::{self, PhoneError};
use email_address::{EmailAddress, Options};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

crate::codes! {
    /// Field of [`LeadDraft`] that a check can reject.
    pub enum FieldName {
        /// The name.
        Name = "name",
        /// The telephone number.
        Phone = "phone",
        /// The e-mail address.
        Email = "email",
        /// The country of the telephone number.
        Country = "country",
        /// The city.
        City = "city",
        /// The note.
        Note = "note",
        /// The projects.
        Interests = "interests",
        /// The budget.
        BudgetMad = "budget_mad",
        /// The consents.
        Consents = "consents",
        /// The language.
        Language = "language",
    }
}

crate::codes! {
    /// Code of an error of one field; the form has a sentence for each.
    pub enum FieldCode {
        /// The field is empty.
        Required = "required",
        /// Longer than `max`.
        TooLong = "too_long",
        /// Not a name.
        NameInvalid = "name_invalid",
        /// Not a number of its country.
        PhoneInvalid = "phone_invalid",
        /// Too few digits.
        PhoneTooShort = "phone_too_short",
        /// Too many digits.
        PhoneTooLong = "phone_too_long",
        /// No country to read the number by.
        PhoneCountryUnknown = "phone_country_unknown",
        /// Not an e-mail address.
        EmailInvalid = "email_invalid",
        /// No consent to the `channel`.
        ConsentRequired = "consent_required",
        /// The channel needs a telephone number.
        ChannelNeedsPhone = "channel_needs_phone",
        /// The channel needs an e-mail address.
        ChannelNeedsEmail = "channel_needs_email",
        /// The catalogue has no such `project`.
        UnknownProject = "unknown_project",
        /// The stop has no such bank.
        UnknownBank = "unknown_bank",
        /// Not a country code.
        CountryInvalid = "country_invalid",
        /// Not a possible amount.
        BudgetInvalid = "budget_invalid",
        /// Control characters or direction overrides.
        NotAllowedCharacters = "not_allowed_characters",
    }
}

/// Error of one field, as a code that the user interface turns into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldError {
    /// Field of [`LeadDraft`].
    pub field: FieldName,
    /// Error code.
    pub code: FieldCode,
    /// Values for the sentence, such as a limit.
    pub params: BTreeMap<&'static str, String>,
}

impl FieldError {
    fn new(field: FieldName, code: FieldCode) -> Self {
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
            FieldCode::Required => "is required",
            FieldCode::TooLong => "is too long",
            FieldCode::NameInvalid => "is not a name: use letters, spaces, hyphens and apostrophes",
            FieldCode::PhoneInvalid => "is not a telephone number of its country",
            FieldCode::PhoneTooShort => "has too few digits",
            FieldCode::PhoneTooLong => "has too many digits",
            FieldCode::PhoneCountryUnknown => {
                "needs a country: start with + and the country code, or set country"
            }
            FieldCode::EmailInvalid => "is not an e-mail address such as name@example.org",
            FieldCode::ConsentRequired => "needs consent to the chosen channel",
            FieldCode::ChannelNeedsPhone => "needs a telephone number",
            FieldCode::ChannelNeedsEmail => "needs an e-mail address",
            FieldCode::UnknownProject => "names a project that is not in the catalogue",
            FieldCode::UnknownBank => "names a bank that is not at this stop",
            FieldCode::CountryInvalid => "is not an ISO 3166-1 country code such as FR",
            FieldCode::BudgetInvalid => "is not an amount in dirhams between 1 and 1,000,000,000",
            FieldCode::NotAllowedCharacters => "contains characters that are not allowed",
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
        let city = single_line(self.city.as_deref(), FieldName::City, MAX_CITY_CHARS, &mut errors);
        let note = free_text(self.note.as_deref(), FieldName::Note, MAX_NOTE_CHARS, &mut errors);
        self.check_preferences(context, &mut errors);
        if self.language.is_none() {
            errors.push(FieldError::new(FieldName::Language, FieldCode::Required));
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
            errors.push(FieldError::new(FieldName::Name, FieldCode::Required));
        } else if name.chars().count() > MAX_NAME_CHARS {
            errors.push(FieldError::new(FieldName::Name, FieldCode::TooLong).with("max", &MAX_NAME_CHARS));
        } else if has_control(&name) {
            errors.push(FieldError::new(FieldName::Name, FieldCode::NotAllowedCharacters));
        } else if !name.chars().any(char::is_alphabetic) || name.chars().any(|c| c.is_ascii_digit()) {
            errors.push(FieldError::new(FieldName::Name, FieldCode::NameInvalid));
        }
        name
    }

    fn check_country(&self, errors: &mut Vec<FieldError>) -> Option<String> {
        let country = non_blank(self.country.as_deref())?.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            errors.push(FieldError::new(FieldName::Country, FieldCode::CountryInvalid));
        }
        Some(country)
    }

    fn check_phone(&self, country: Option<&str>, errors: &mut Vec<FieldError>) -> Option<String> {
        let typed = non_blank(self.phone.as_deref())?;
        match phone::to_e164(typed, country) {
            Ok(number) => Some(number),
            Err(error) => {
                let code = match error {
                    PhoneError::Invalid => FieldCode::PhoneInvalid,
                    PhoneError::TooShort => FieldCode::PhoneTooShort,
                    PhoneError::TooLong => FieldCode::PhoneTooLong,
                    PhoneError::UnknownCountry => FieldCode::PhoneCountryUnknown,
                };
                errors.push(FieldError::new(FieldName::Phone, code));
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
            errors.push(FieldError::new(FieldName::Email, FieldCode::EmailInvalid));
        }
        Some(typed.to_owned())
    }

    fn check_preferences(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) {
        if self.interests.len() > MAX_INTERESTS {
            errors
                .push(FieldError::new(FieldName::Interests, FieldCode::TooLong).with("max", &MAX_INTERESTS));
        } else if let Some(unknown) = self.interests.iter().find(|id| !(context.project_exists)(id)) {
            let shown: String = unknown.chars().take(40).collect();
            errors.push(
                FieldError::new(FieldName::Interests, FieldCode::UnknownProject).with("project", &shown),
            );
        }
        if self
            .budget_mad
            .is_some_and(|budget| !(1..=MAX_BUDGET_MAD).contains(&budget))
        {
            errors.push(FieldError::new(FieldName::BudgetMad, FieldCode::BudgetInvalid));
        }
        if self
            .consents
            .bank
            .as_ref()
            .is_some_and(|bank| !context.banks.contains(bank))
        {
            errors.push(FieldError::new(FieldName::Consents, FieldCode::UnknownBank));
        }
    }

    fn check_channel(&self, errors: &mut Vec<FieldError>) -> Option<Channel> {
        let has_phone = non_blank(self.phone.as_deref()).is_some();
        let has_email = non_blank(self.email.as_deref()).is_some();
        if !has_phone && !has_email {
            errors.push(FieldError::new(FieldName::Phone, FieldCode::Required));
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
            errors.push(FieldError::new(FieldName::Consents, FieldCode::ConsentRequired));
            return None;
        };
        if !self.consents.allow(channel) {
            errors.push(
                FieldError::new(FieldName::Consents, FieldCode::ConsentRequired)
                    .with("channel", &channel.code()),
            );
        }
        match channel {
            Channel::Email if !has_email => {
                errors.push(FieldError::new(FieldName::Email, FieldCode::ChannelNeedsEmail));
            }
            Channel::Call | Channel::Whatsapp if !has_phone && has_email => {
                errors.push(FieldError::new(FieldName::Phone, FieldCode::ChannelNeedsPhone));
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
    field: FieldName,
    max: usize,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let text = non_blank(text)?;
    if text.chars().count() > max {
        errors.push(FieldError::new(field, FieldCode::TooLong).with("max", &max));
    } else if has_control(text) {
        errors.push(FieldError::new(field, FieldCode::NotAllowedCharacters));
    }
    Some(text.to_owned())
}

fn free_text(
    text: Option<&str>,
    field: FieldName,
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
        draft.check(&context()).map_or_else(
            |e| e.iter().map(|f| (f.field.code(), f.code.code())).collect(),
            |_| Vec::new(),
        )
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
