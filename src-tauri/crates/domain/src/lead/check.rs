//! Validation of a draft. Reports all errors at once, as codes that the user interface turns into sentences. Must not
//! know: those sentences, or what happens to the lead.

use super::field_error::{FieldCode, FieldError, FieldName};
use super::interest::{Interest, InterestDraft, WantedTown};
use super::{Desk, DeskPartner, Lead, LeadDraft, SharedResult};
use crate::lang::Lang;
use crate::phone::{self, PhoneError};
use email_address::{EmailAddress, Options};
use jiff::civil::Date;

mod reply;

/// Catalogue and stop data that a draft is validated against.
pub struct DraftContext<'a> {
    /// The project or unit with the names that the catalogue has for it, or why it cannot be an interest.
    pub interest: &'a dyn Fn(&InterestDraft) -> Result<Interest, FieldCode>,
    /// The town with its name, if it is in the catalogue.
    pub town: &'a dyn Fn(&str) -> Option<WantedTown>,
    /// Banks present at the stop.
    pub banks: &'a [String],
    /// The partner that answers at this desk, with its name, by its identifier or the name of a bank of the stop.
    pub partner: &'a dyn Fn(&str, Desk) -> Option<DeskPartner>,
    /// Languages that the stop offers.
    pub languages: &'a [Lang],
    /// IANA time zone of a visitor with this telephone number, E.164, and this country of residence.
    pub zone: &'a dyn Fn(Option<&str>, Option<&str>) -> String,
    /// The day at the stop.
    pub today: Date,
}

const MAX_NAME_CHARS: usize = 120;
pub(super) const MAX_CITY_CHARS: usize = 80;
pub(super) const MAX_NOTE_CHARS: usize = 1_000;
const MAX_INTERESTS: usize = 20;
const MAX_TOWNS: usize = 20;
/// Characters of an identifier in an error.
const MAX_SHOWN_ID_CHARS: usize = 40;
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
        let interests = self.check_interests(context, &mut errors);
        let towns = self.check_towns(context, &mut errors);
        let result = self.check_result(context, &mut errors);
        self.check_preferences(context, &mut errors);
        let partner = self.check_partner(context, &mut errors);
        self.check_call_language(context, &mut errors);
        let stay = self.check_stay(context, &mut errors);
        let on_behalf = self.check_on_behalf(&mut errors);
        if self.language.is_none() {
            errors.push(FieldError::new(FieldName::Language, FieldCode::Required));
        }
        let channels = self.check_channels(&mut errors);
        match (errors.is_empty(), self.language, channels.first().copied()) {
            (true, Some(language), Some(channel)) => Ok(Lead {
                reachable: self.reachable(phone.as_deref(), context),
                name,
                phone,
                email,
                country,
                city,
                language,
                interests,
                towns,
                types: self.types.clone(),
                budget_mad: self.budget_mad,
                purpose: self.purpose,
                desk: self.desk,
                channel,
                consents: self.consents.clone(),
                note,
                result,
                channels: if channels.len() > 1 { channels } else { Vec::new() },
                partner,
                call_language: self.call_language,
                stay,
                on_behalf,
            }),
            _ => Err(errors),
        }
    }

    pub(super) fn check_name(&self, errors: &mut Vec<FieldError>) -> String {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return name;
        }
        if name.chars().count() > MAX_NAME_CHARS {
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

    pub(super) fn check_phone(&self, country: Option<&str>, errors: &mut Vec<FieldError>) -> Option<String> {
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

    pub(super) fn check_email(&self, errors: &mut Vec<FieldError>) -> Option<String> {
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

    /// The interests with their names, each once.
    fn check_interests(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) -> Vec<Interest> {
        if self.interests.len() > MAX_INTERESTS {
            errors
                .push(FieldError::new(FieldName::Interests, FieldCode::TooLong).with("max", &MAX_INTERESTS));
            return Vec::new();
        }
        let mut named: Vec<Interest> = Vec::new();
        for draft in &self.interests {
            match (context.interest)(draft) {
                Ok(interest) if !named.contains(&interest) => named.push(interest),
                Ok(_) => {}
                Err(code) => {
                    let error = FieldError::new(FieldName::Interests, code)
                        .with("project", &shown_id(&draft.project))
                        .with("unit", &shown_id(draft.unit.as_deref().unwrap_or_default()));
                    errors.push(error);
                    break;
                }
            }
        }
        named
    }

    fn check_towns(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) -> Vec<WantedTown> {
        if self.towns.len() > MAX_TOWNS {
            errors.push(FieldError::new(FieldName::Towns, FieldCode::TooLong).with("max", &MAX_TOWNS));
            return Vec::new();
        }
        let mut named = Vec::new();
        for id in &self.towns {
            if let Some(town) = (context.town)(id) {
                named.push(town);
            } else {
                errors.push(
                    FieldError::new(FieldName::Towns, FieldCode::UnknownTown).with("town", &shown_id(id)),
                );
                break;
            }
        }
        named
    }

    /// The result that the visitor agrees to send.
    fn check_result(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) -> Option<SharedResult> {
        let checked = self.result.as_ref()?.check(context.interest);
        checked
            .map_err(|code| errors.push(FieldError::new(FieldName::Result, code)))
            .ok()
    }

    fn check_preferences(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) {
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
}

fn shown_id(id: &str) -> String {
    id.chars().take(MAX_SHOWN_ID_CHARS).collect()
}

fn non_blank(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Control characters and text-direction overrides. People do not type them, and they can disguise the displayed text.
fn has_control(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

pub(super) fn single_line(
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

pub(super) fn free_text(
    text: Option<&str>,
    field: FieldName,
    max: usize,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let without_breaks = text.map(|text| text.replace(['\n', '\r', '\t'], " "));
    single_line(without_breaks.as_deref(), field, max, errors)
}

#[cfg(test)]
mod tests;
