//! What a correction and a merge change in records, and how two revisions differ. Pure. Must not know: how records are
//! sealed or stored.

use crate::views::{ChangedField, LeadChange};
use expo_domain::lead::{LeadCorrection, LeadRecord, StaffEntry};
use expo_domain::{FieldError, Lead};
use jiff::Timestamp;

/// The corrected record. `None` if the change has no effect.
pub(super) fn corrected(
    record: &LeadRecord,
    change: &LeadChange,
    now: Timestamp,
) -> Result<Option<LeadRecord>, Vec<FieldError>> {
    let correction = LeadCorrection {
        name: change.contact.name.as_deref(),
        phone: change.contact.phone.as_deref(),
        email: change.contact.email.as_deref(),
        city: change.contact.city.as_deref(),
        note: change.note.as_deref(),
        staff_note: change.staff_note.as_deref(),
    };
    let (lead, note) = correction.apply(record)?;
    let before = staff_entry(record, now);
    let after = StaffEntry {
        rating: change.rating.or(before.rating),
        outcome: change.outcome.or(before.outcome),
        desk: change.desk.or(before.desk),
        note,
        ..before.clone()
    };
    if lead == record.lead && after == before {
        return Ok(None);
    }
    Ok(Some(LeadRecord {
        lead,
        staff: Some(StaffEntry {
            changed_at: now,
            ..after
        }),
        ..record.clone()
    }))
}

/// The record that another one is merged into, and that other one. Empty fields are filled, lists are united. Consents
/// stay as the visitor gave them with each lead, because each has its own proof.
pub(super) fn merged(into: &LeadRecord, from: &LeadRecord, now: Timestamp) -> (LeadRecord, LeadRecord) {
    let (kept, added) = (staff_entry(into, now), staff_entry(from, now));
    let mut merged_ids = kept.merged.clone();
    for id in std::iter::once(from.header.id).chain(added.merged.iter().copied()) {
        if !merged_ids.contains(&id) {
            merged_ids.push(id);
        }
    }
    let survivor = LeadRecord {
        lead: united(&into.lead, &from.lead),
        staff: Some(StaffEntry {
            rating: kept.rating.or(added.rating),
            outcome: kept.outcome.or(added.outcome),
            desk: kept.desk.or(added.desk),
            note: kept.note.or_else(|| added.note.clone()),
            changed_at: now,
            merged: merged_ids,
            merged_into: None,
        }),
        ..into.clone()
    };
    let replaced = LeadRecord {
        staff: Some(StaffEntry {
            changed_at: now,
            merged_into: Some(into.header.id),
            ..added
        }),
        ..from.clone()
    };
    (survivor, replaced)
}

fn united(into: &Lead, from: &Lead) -> Lead {
    let text = |a: &Option<String>, b: &Option<String>| a.clone().or_else(|| b.clone());
    let named = if into.name.is_empty() { from } else { into };
    let with_desk = if into.desk.is_none() { from } else { into };
    Lead {
        name: named.name.clone(),
        phone: text(&into.phone, &from.phone),
        email: text(&into.email, &from.email),
        country: text(&into.country, &from.country),
        city: text(&into.city, &from.city),
        interests: union(&into.interests, &from.interests),
        towns: union(&into.towns, &from.towns),
        types: union(&into.types, &from.types),
        budget_mad: into.budget_mad.or(from.budget_mad),
        purpose: into.purpose.or(from.purpose),
        desk: into.desk.or(from.desk),
        partner: with_desk.partner.clone(),
        note: text(&into.note, &from.note),
        result: into.result.clone().or_else(|| from.result.clone()),
        call_language: into.call_language.or(from.call_language),
        reachable: into.reachable.clone().or_else(|| from.reachable.clone()),
        stay: into.stay.or(from.stay),
        on_behalf: into.on_behalf.clone().or_else(|| from.on_behalf.clone()),
        ..into.clone()
    }
}

fn union<T: Clone + PartialEq>(into: &[T], from: &[T]) -> Vec<T> {
    let added = from.iter().filter(|item| !into.contains(item));
    into.iter().chain(added).cloned().collect()
}

fn staff_entry(record: &LeadRecord, now: Timestamp) -> StaffEntry {
    record.staff.clone().unwrap_or_else(|| StaffEntry::new(now))
}

/// The fields in which a revision differs from the one before.
pub(super) fn changed_fields(earlier: &LeadRecord, later: &LeadRecord) -> Vec<ChangedField> {
    let (a, b) = (&earlier.lead, &later.lead);
    let (staff_a, staff_b) = (
        staff_entry(earlier, Timestamp::UNIX_EPOCH),
        staff_entry(later, Timestamp::UNIX_EPOCH),
    );
    // All other fields, also later ones.
    let wishes = |lead: &Lead| Lead {
        name: String::new(),
        phone: None,
        email: None,
        country: None,
        city: None,
        note: None,
        desk: None,
        ..lead.clone()
    };
    let differences = [
        (ChangedField::Name, a.name != b.name),
        (ChangedField::Phone, a.phone != b.phone),
        (ChangedField::Email, a.email != b.email),
        (ChangedField::Country, a.country != b.country),
        (ChangedField::City, a.city != b.city),
        (ChangedField::Note, a.note != b.note),
        (ChangedField::Wishes, wishes(a) != wishes(b)),
        (
            ChangedField::Desk,
            (a.desk, staff_a.desk) != (b.desk, staff_b.desk),
        ),
        (ChangedField::Rating, staff_a.rating != staff_b.rating),
        (ChangedField::Outcome, staff_a.outcome != staff_b.outcome),
        (ChangedField::StaffNote, staff_a.note != staff_b.note),
        (ChangedField::Merged, staff_a.merged != staff_b.merged),
        (
            ChangedField::MergedInto,
            staff_a.merged_into != staff_b.merged_into,
        ),
    ];
    let changed = differences.into_iter().filter(|(_, differs)| *differs);
    changed.map(|(field, _)| field).collect()
}
