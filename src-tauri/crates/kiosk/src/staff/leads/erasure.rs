//! Erases a lead because its person asked for it, with the leads that were merged with it. Must not know: the platform,
//! which headquarters tell.

use super::stored::newest_record;
use crate::error::KioskError;
use crate::views::{ErasureProof, LeadReference};
use expo_domain::lead::LeadRecord;
use expo_store::leads::StoredRevision;
use expo_store::{Leads, OutboxState};
use expo_vault::seal::Identity;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Erases the lead with this ticket, also if it does not open. The proof has no local time yet.
pub(super) fn erase(
    leads: &Leads,
    identity: &Identity,
    ticket: &str,
    now: Timestamp,
) -> Result<ErasureProof, KioskError> {
    let found = leads.revisions_of_ticket(ticket)?;
    let ids: BTreeSet<Uuid> = found.iter().map(|stored| stored.id).collect();
    // A ticket that two leads have would erase a stranger's lead.
    let (Some(stored), 1) = (found.first(), ids.len()) else {
        return Err(KioskError::LeadNotFound);
    };
    let (id, ticket) = (stored.id, stored.ticket.clone());
    let erased = same_person(leads, identity, id)?;
    let ids: Vec<Uuid> = erased.keys().copied().collect();
    leads.erase_ticket(&ids, &now.to_string(), &ticket)?;
    let mut envelopes: Vec<&StoredRevision> = erased.values().flatten().collect();
    envelopes.sort_by_key(|stored| (stored.id, stored.revision));
    let others = erased.iter().filter(|(other, _)| **other != id);
    Ok(ErasureProof {
        ticket,
        id: id.to_string(),
        erased_at: now.to_string(),
        revisions: envelopes.len() as u32,
        envelope_sha256: envelopes.iter().map(|stored| stored.sha256.clone()).collect(),
        merged: others
            .map(|(other, revisions)| LeadReference {
                id: other.to_string(),
                ticket: revisions.first().map(|stored| stored.ticket.clone()),
            })
            .collect(),
        sent_to_platform: erased.values().any(|revisions| may_be_sent(revisions)),
    })
}

/// The stored revisions of a lead and of all leads that were merged with it, directly or not.
fn same_person(
    leads: &Leads,
    identity: &Identity,
    id: Uuid,
) -> Result<BTreeMap<Uuid, Vec<StoredRevision>>, KioskError> {
    let mut found = BTreeMap::new();
    let mut due = vec![id];
    while let Some(id) = due.pop() {
        let revisions = leads.revisions_of(id)?;
        if found.contains_key(&id) || revisions.is_empty() {
            continue;
        }
        let numbers = revisions.iter().map(|stored| stored.revision);
        let (record, _) = newest_record(leads, id, numbers, identity)?;
        due.extend(record.iter().flat_map(merged_with));
        found.insert(id, revisions);
    }
    Ok(found)
}

fn merged_with(record: &LeadRecord) -> Vec<Uuid> {
    let staff = record.staff.iter();
    staff
        .flat_map(|staff| staff.merged.iter().copied().chain(staff.merged_into))
        .collect()
}

/// Whether the platform may hold a lead with these revisions, newest first: a waiting one may have arrived without its
/// receipt. Never sent are those that only staff can open.
fn may_be_sent(revisions: &[StoredRevision]) -> bool {
    let is_newest_without_state = revisions.first().is_some_and(|stored| stored.state.is_none());
    let was_queued = |state: OutboxState| state != OutboxState::SealedForStaff;
    is_newest_without_state || revisions.iter().filter_map(|stored| stored.state).any(was_queued)
}
