//! Corrections of a lead by staff. Only corrected fields are checked: a rule that became stricter must not keep staff from
//! rating an older lead. Must not know: who corrects, or how revisions are stored.

use super::check::{MAX_CITY_CHARS, MAX_NOTE_CHARS, free_text, single_line};
use super::{Channel, FieldCode, FieldError, FieldName, Lead, LeadDraft, LeadRecord};

/// Corrected texts. `None` leaves a field as it is; a blank text clears it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadCorrection<'a> {
    /// Name.
    pub name: Option<&'a str>,
    /// Telephone as typed, read with the country of the lead.
    pub phone: Option<&'a str>,
    /// E-mail.
    pub email: Option<&'a str>,
    /// City of residence.
    pub city: Option<&'a str>,
    /// The visitor's remark.
    pub note: Option<&'a str>,
    /// Remark of staff.
    pub staff_note: Option<&'a str>,
}

impl LeadCorrection<'_> {
    /// The corrected lead and the remark of staff, or all errors at once.
    pub fn apply(&self, record: &LeadRecord) -> Result<(Lead, Option<String>), Vec<FieldError>> {
        let mut lead = record.lead.clone();
        let mut staff_note = record.staff.as_ref().and_then(|staff| staff.note.clone());
        let mut errors = Vec::new();
        let draft = LeadDraft {
            name: self.name.unwrap_or_default().to_owned(),
            phone: self.phone.map(str::to_owned),
            email: self.email.map(str::to_owned),
            ..LeadDraft::default()
        };
        if self.name.is_some() {
            lead.name = draft.check_name(&mut errors);
        }
        if self.phone.is_some() {
            lead.phone = draft.check_phone(lead.country.as_deref(), &mut errors);
        }
        if self.email.is_some() {
            lead.email = draft.check_email(&mut errors);
        }
        if self.city.is_some() {
            lead.city = single_line(self.city, FieldName::City, MAX_CITY_CHARS, &mut errors);
        }
        if self.note.is_some() {
            lead.note = free_text(self.note, FieldName::Note, MAX_NOTE_CHARS, &mut errors);
        }
        if self.staff_note.is_some() {
            staff_note = free_text(self.staff_note, FieldName::StaffNote, MAX_NOTE_CHARS, &mut errors);
        }
        if errors.is_empty() && (self.phone.is_some() || self.email.is_some()) {
            errors.extend(missing_contact(&lead));
        }
        if errors.is_empty() {
            Ok((lead, staff_note))
        } else {
            Err(errors)
        }
    }
}

/// The visitor must stay reachable, by every channel that they chose.
fn missing_contact(lead: &Lead) -> Option<FieldError> {
    if lead.phone.is_none() && lead.email.is_none() {
        return Some(FieldError::new(FieldName::Phone, FieldCode::Required));
    }
    let missing = lead.all_channels().iter().find_map(|channel| match channel {
        Channel::Email if lead.email.is_none() => Some((FieldName::Email, FieldCode::ChannelNeedsEmail)),
        Channel::Call | Channel::Whatsapp if lead.phone.is_none() => {
            Some((FieldName::Phone, FieldCode::ChannelNeedsPhone))
        }
        _ => None,
    });
    missing.map(|(field, code)| FieldError::new(field, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::StaffEntry;
    use crate::lead::staff_entry::tests::record;

    fn codes(correction: LeadCorrection<'_>, record: &LeadRecord) -> Vec<(FieldName, FieldCode)> {
        let errors = correction.apply(record).unwrap_err();
        errors.iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn corrected_fields_are_normalised_like_the_form() {
        let correction = LeadCorrection {
            name: Some("  Essai   Corrigée "),
            phone: Some("06 12 34 56 78"),
            city: Some(" Lyon "),
            staff_note: Some("rappeler\nlundi"),
            ..LeadCorrection::default()
        };
        let (lead, staff_note) = correction.apply(&record()).unwrap();
        assert_eq!(lead.name, "Essai Corrigée");
        assert_eq!(lead.phone.as_deref(), Some("+33612345678"));
        assert_eq!(lead.city.as_deref(), Some("Lyon"));
        assert_eq!(staff_note.as_deref(), Some("rappeler lundi"));
    }

    #[test]
    fn an_empty_correction_changes_nothing() {
        let mut record = record();
        // A rule that is stricter today does not matter.
        record.lead.phone = Some("+000".to_owned());
        let mut entry = StaffEntry::new("2026-07-17T10:00:00Z".parse().unwrap());
        entry.note = Some("rappeler".to_owned());
        record.staff = Some(entry);
        let (lead, staff_note) = LeadCorrection::default().apply(&record).unwrap();
        assert_eq!((lead, staff_note.as_deref()), (record.lead, Some("rappeler")));
    }

    #[test]
    fn blank_texts_clear_fields() {
        let mut record = record();
        record.lead.city = Some("Lyon".to_owned());
        record.lead.note = Some("remarque".to_owned());
        let correction = LeadCorrection {
            city: Some(" "),
            note: Some(""),
            ..LeadCorrection::default()
        };
        let (lead, _) = correction.apply(&record).unwrap();
        assert_eq!((lead.city, lead.note), (None, None));
    }

    #[test]
    fn all_invalid_corrections_are_named_at_once() {
        let long = "x".repeat(2_000);
        let correction = LeadCorrection {
            name: Some("12"),
            phone: Some("06"),
            email: Some("essai"),
            staff_note: Some(&long),
            ..LeadCorrection::default()
        };
        assert_eq!(
            codes(correction, &record()),
            [
                (FieldName::Name, FieldCode::NameInvalid),
                (FieldName::Phone, FieldCode::PhoneTooShort),
                (FieldName::Email, FieldCode::EmailInvalid),
                (FieldName::StaffNote, FieldCode::TooLong),
            ]
        );
    }

    #[test]
    fn the_chosen_channel_keeps_its_contact() {
        let without_phone = LeadCorrection {
            phone: Some(""),
            ..LeadCorrection::default()
        };
        let mut record = record();
        assert_eq!(
            codes(without_phone, &record),
            [(FieldName::Phone, FieldCode::Required)]
        );
        record.lead.email = Some("personne.essai@example.org".to_owned());
        assert_eq!(
            codes(without_phone, &record),
            [(FieldName::Phone, FieldCode::ChannelNeedsPhone)]
        );
        record.lead.channel = Channel::Email;
        assert!(without_phone.apply(&record).is_ok());
        record.lead.channels = vec![Channel::Email, Channel::Whatsapp];
        assert_eq!(
            codes(without_phone, &record),
            [(FieldName::Phone, FieldCode::ChannelNeedsPhone)],
            "also a second channel"
        );
    }
}
