//! Checks of the wishes for the reply. Must not know: sentences.

use super::{DraftContext, non_blank, shown_id, single_line};
use crate::lang::Lang;
use crate::lead::field_error::{FieldCode, FieldError, FieldName};
use crate::lead::{Beneficiary, Channel, DeskPartner, LeadDraft, LeadStay, OnBehalf, Reachable};

const MAX_DETAIL_CHARS: usize = 60;
/// The longest stay, and how far ahead it may begin.
const MAX_STAY_DAYS: i64 = 366;
const MAX_DAYS_AHEAD: i64 = 3 * 366;

impl LeadDraft {
    /// The channels, the preferred one first. Each needs its consent and its contact.
    pub(super) fn check_channels(&self, errors: &mut Vec<FieldError>) -> Vec<Channel> {
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
        let mut chosen: Vec<Channel> = Vec::new();
        for channel in self.channel.into_iter().chain(self.channels.iter().copied()) {
            if !chosen.contains(&channel) {
                chosen.push(channel);
            }
        }
        if chosen.is_empty() {
            let with_consent = |channel: &Channel| self.consents.allow(*channel) && usable(*channel);
            let all = [Channel::Call, Channel::Whatsapp, Channel::Email];
            chosen.extend(all.into_iter().find(with_consent));
        }
        if chosen.is_empty() {
            errors.push(FieldError::new(FieldName::Consents, FieldCode::ConsentRequired));
        }
        for channel in chosen.iter().filter(|channel| !self.consents.allow(**channel)) {
            let error = FieldError::new(FieldName::Consents, FieldCode::ConsentRequired);
            errors.push(error.with("channel", &channel.code()));
        }
        if chosen.contains(&Channel::Email) && !has_email {
            errors.push(FieldError::new(FieldName::Email, FieldCode::ChannelNeedsEmail));
        }
        if chosen.iter().any(|channel| *channel != Channel::Email) && !has_phone && has_email {
            errors.push(FieldError::new(FieldName::Phone, FieldCode::ChannelNeedsPhone));
        }
        chosen
    }

    pub(super) fn check_partner(
        &self,
        context: &DraftContext<'_>,
        errors: &mut Vec<FieldError>,
    ) -> Option<DeskPartner> {
        let wanted = non_blank(self.partner.as_deref())?;
        let found = self.desk.and_then(|desk| (context.partner)(wanted, desk));
        if found.is_none() {
            let error = FieldError::new(FieldName::Partner, FieldCode::UnknownPartner);
            errors.push(error.with("partner", &shown_id(wanted)));
        }
        found
    }

    pub(super) fn check_call_language(&self, context: &DraftContext<'_>, errors: &mut Vec<FieldError>) {
        let is_spoken = |lang| matches!(lang, Lang::Ar | Lang::Zgh) || context.languages.contains(&lang);
        if self.call_language.is_some_and(|lang| !is_spoken(lang)) {
            errors.push(FieldError::new(
                FieldName::CallLanguage,
                FieldCode::UnknownLanguage,
            ));
        }
    }

    /// The parts of the week in the order of the day, with the zone in which the visitor reads them.
    pub(super) fn reachable(&self, phone: Option<&str>, context: &DraftContext<'_>) -> Option<Reachable> {
        let mut slots = self.slots.clone();
        slots.sort_unstable();
        slots.dedup();
        (!slots.is_empty()).then(|| Reachable {
            zone: (context.zone)(phone, non_blank(self.country.as_deref())),
            slots,
        })
    }

    pub(super) fn check_stay(
        &self,
        context: &DraftContext<'_>,
        errors: &mut Vec<FieldError>,
    ) -> Option<LeadStay> {
        let stay = self.stay?;
        let days = |from: jiff::civil::Date, to: jiff::civil::Date| from.duration_until(to).as_hours() / 24;
        let ahead = days(context.today, stay.from);
        let length = days(stay.from, stay.to);
        let is_possible = days(context.today, stay.to) >= 0
            && ahead <= MAX_DAYS_AHEAD
            && (0..=MAX_STAY_DAYS).contains(&length);
        if !is_possible {
            errors.push(FieldError::new(FieldName::Stay, FieldCode::StayInvalid));
        }
        Some(stay)
    }

    pub(super) fn check_on_behalf(&self, errors: &mut Vec<FieldError>) -> Option<OnBehalf> {
        let draft = self.on_behalf.as_ref()?;
        let detail = single_line(
            draft.detail.as_deref(),
            FieldName::OnBehalf,
            MAX_DETAIL_CHARS,
            errors,
        );
        Some(OnBehalf {
            whom: draft.whom,
            // The visitor has a field for the own name.
            detail: detail.filter(|_| draft.whom != Beneficiary::Myself),
        })
    }
}
