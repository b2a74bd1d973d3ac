//! Views of opened leads. Must not know: which leads are listed.

use super::book::{BookEntry, BookLead};
use crate::views::{
    FollowUp, LeadContact, LeadDelivery, LeadDetails, LeadInterest, LeadSummary, LeadTaken, LeadWish,
    LeadWishes,
};
use expo_domain::Lead;
use expo_domain::lead::{Interest, LeadRecord, WantedTown};
use expo_store::OutboxState;
use expo_store::leads::StoredRevision;
use jiff::tz::TimeZone;

/// The row of a lead in the list.
pub(super) fn summary(
    entry: &BookEntry,
    lead: &BookLead,
    likely_duplicates: u32,
    zone: &TimeZone,
) -> LeadSummary {
    summary_of(&entry.revisions, &lead.record, likely_duplicates, zone)
}

/// The row of a lead with these stored revisions, newest first, and this newest record.
pub(super) fn summary_of(
    revisions: &[StoredRevision],
    record: &LeadRecord,
    likely_duplicates: u32,
    zone: &TimeZone,
) -> LeadSummary {
    let LeadRecord {
        header, lead, staff, ..
    } = record;
    let staff = staff.as_ref();
    let newest = revisions.first();
    LeadSummary {
        id: header.id.to_string(),
        revision: newest.map_or(header.revision, |stored| stored.revision),
        ticket: header.ticket.clone(),
        taken: LeadTaken {
            day: newest.map(|stored| stored.day.clone()).unwrap_or_default(),
            time: zone.to_datetime(header.taken_at).strftime("%H:%M").to_string(),
            kiosk: header.kiosk.clone(),
        },
        contact: LeadContact {
            name: lead.name.clone(),
            phone: lead.phone.clone(),
            language: lead.language,
            likely_duplicates,
        },
        wish: LeadWish {
            desk: staff.and_then(|staff| staff.desk).or(lead.desk),
            ..wish(lead)
        },
        follow_up: FollowUp {
            rating: staff.and_then(|staff| staff.rating),
            outcome: staff.and_then(|staff| staff.outcome),
        },
        delivery: delivery(newest.and_then(|stored| stored.state)),
    }
}

fn wish(lead: &Lead) -> LeadWish {
    let interests = lead.interests.iter().map(|interest| {
        let LeadInterest { title, unit, .. } = view_of(interest);
        unit.map_or_else(|| title.clone(), |unit| format!("{title} {unit}"))
    });
    let mut wishes = interests.chain(lead.towns.iter().map(town_name));
    LeadWish {
        first: wishes.next(),
        more: wishes.count() as u32,
        desk: None,
    }
}

/// A revision without a valid state in the outbox is put back into the queue at the next start.
const fn delivery(state: Option<OutboxState>) -> LeadDelivery {
    match state {
        Some(OutboxState::Acknowledged) => LeadDelivery::Sent,
        Some(OutboxState::SealedForStaff) => LeadDelivery::SealedForStaff,
        Some(OutboxState::Rejected) => LeadDelivery::Rejected,
        Some(OutboxState::Waiting) | None => LeadDelivery::Waiting,
    }
}

/// The fields of a lead that the list does not show.
pub(super) fn details(record: &LeadRecord) -> LeadDetails {
    let lead = &record.lead;
    LeadDetails {
        email: lead.email.clone(),
        country: lead.country.clone(),
        city: lead.city.clone(),
        wishes: LeadWishes {
            interests: lead.interests.iter().map(view_of).collect(),
            towns: lead.towns.iter().map(town_name).collect(),
            types: lead.types.clone(),
            budget_mad: lead.budget_mad,
            purpose: lead.purpose,
        },
        channel: lead.channel,
        consents: lead.consents.clone(),
        note: lead.note.clone(),
        staff_note: record.staff.as_ref().and_then(|staff| staff.note.clone()),
    }
}

fn view_of(interest: &Interest) -> LeadInterest {
    LeadInterest {
        title: interest
            .project_title
            .as_ref()
            .unwrap_or(&interest.project)
            .clone(),
        project: interest.project.clone(),
        unit: interest.unit_number.as_ref().or(interest.unit.as_ref()).cloned(),
        surface: interest.unit_surface_dm2.map(|dm2| dm2 as f64 / 100.0),
    }
}

fn town_name(town: &WantedTown) -> String {
    town.name.as_ref().unwrap_or(&town.town).clone()
}
