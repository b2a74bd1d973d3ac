//! Errors of a draft by field, as codes that the user interface turns into sentences. Must not know: those sentences,
//! what is checked.

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

crate::codes! {
    /// Field of `LeadDraft` that a check can reject.
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
        /// The projects and units.
        Interests = "interests",
        /// The towns.
        Towns = "towns",
        /// The budget.
        BudgetMad = "budget_mad",
        /// The consents.
        Consents = "consents",
        /// The language.
        Language = "language",
        /// The result that is sent with the request.
        Result = "result",
        /// The remark of staff.
        StaffNote = "staff_note",
        /// The partner at the desk.
        Partner = "partner",
        /// The language of the reply.
        CallLanguage = "call_language",
        /// The stay in Morocco.
        Stay = "stay",
        /// Whom the request is for.
        OnBehalf = "on_behalf",
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
        /// The `project` has no such `unit`.
        UnknownUnit = "unknown_unit",
        /// The catalogue has no such `town`.
        UnknownTown = "unknown_town",
        /// The stop has no such bank.
        UnknownBank = "unknown_bank",
        /// Not a country code.
        CountryInvalid = "country_invalid",
        /// Not a possible amount.
        BudgetInvalid = "budget_invalid",
        /// Figures that no kiosk calculates.
        ResultInvalid = "result_invalid",
        /// No such partner at the chosen desk.
        UnknownPartner = "unknown_partner",
        /// Not a language of the stop.
        UnknownLanguage = "unknown_language",
        /// A stay that is over, too far away, or ends before it begins.
        StayInvalid = "stay_invalid",
        /// Control characters or direction overrides.
        NotAllowedCharacters = "not_allowed_characters",
    }
}

/// Error of one field, as a code that the user interface turns into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldError {
    /// Field of `LeadDraft`.
    pub field: FieldName,
    /// Error code.
    pub code: FieldCode,
    /// Values for the sentence, such as a limit.
    pub params: BTreeMap<&'static str, String>,
}

impl FieldError {
    pub(super) fn new(field: FieldName, code: FieldCode) -> Self {
        Self {
            field,
            code,
            params: BTreeMap::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: &dyn ToString) -> Self {
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
            FieldCode::UnknownUnit => "names a unit that its project does not have",
            FieldCode::UnknownTown => "names a town that is not in the catalogue",
            FieldCode::UnknownBank => "names a bank that is not at this stop",
            FieldCode::CountryInvalid => "is not an ISO 3166-1 country code such as FR",
            FieldCode::BudgetInvalid => "is not an amount in dirhams between 1 and 1,000,000,000",
            FieldCode::ResultInvalid => {
                "has figures that no kiosk calculates: send it again, or leave it out"
            }
            FieldCode::UnknownPartner => "names a partner that is not at the chosen desk",
            FieldCode::UnknownLanguage => "is not a language of this stop, ar or zgh",
            FieldCode::StayInvalid => {
                "is not a stay: give a first and a last day within the next three years, at most a year apart"
            }
            FieldCode::NotAllowedCharacters => "contains characters that are not allowed",
        };
        format!("{} {predicate}", self.field)
    }
}
