//! Reads one lead with all its revisions from the database and opens them. Must not know: the list in memory.

use crate::error::KioskError;
use crate::lead_sealing::{OpenFault, open_record, try_open};
use crate::views::LeadProblem;
use expo_domain::lead::LeadRecord;
use expo_store::leads::StoredRevision;
use expo_store::{Leads, StoreError};
use expo_vault::seal::Identity;
use uuid::Uuid;

/// A stored lead of which at least one revision opens.
pub(super) struct StoredLead {
    /// The stored revisions, newest first; never empty.
    pub revisions: Vec<StoredRevision>,
    /// The records that open, newest first; never empty.
    pub records: Vec<LeadRecord>,
}

impl StoredLead {
    /// The newest record that opens.
    pub fn newest(&self) -> &LeadRecord {
        &self.records[0]
    }

    /// The number of the newest stored revision, also if it does not open.
    pub fn newest_revision(&self) -> u32 {
        self.revisions[0].revision
    }

    pub fn ticket(&self) -> &str {
        &self.newest().header.ticket
    }
}

/// A lead with all its revisions. `None` if it is not stored, or if no revision opens.
pub(super) fn stored_lead(
    leads: &Leads,
    id: Uuid,
    identity: &Identity,
) -> Result<Option<StoredLead>, KioskError> {
    let revisions = leads.revisions_of(id)?;
    let mut records = Vec::with_capacity(revisions.len());
    for stored in &revisions {
        if let Some(Ok(envelope)) = leads.envelope_of_revision(id, stored.revision)? {
            records.extend(open_record(&envelope, identity));
        }
    }
    Ok((!records.is_empty()).then_some(StoredLead { revisions, records }))
}

/// The newest revision of a lead that opens, and the problem of the newest one if that does not.
pub(super) fn newest_record(
    leads: &Leads,
    id: Uuid,
    revisions: impl IntoIterator<Item = u32>,
    identity: &Identity,
) -> Result<(Option<LeadRecord>, Option<LeadProblem>), StoreError> {
    let mut problem = None;
    for revision in revisions {
        let fault = match leads.envelope_of_revision(id, revision)? {
            None => continue,
            Some(Err(_)) => LeadProblem::Damaged,
            Some(Ok(envelope)) => match try_open(&envelope, identity) {
                Ok(record) => return Ok((Some(record), problem)),
                Err(OpenFault::OtherKey) => LeadProblem::OtherKey,
                Err(OpenFault::Unreadable) => LeadProblem::Unreadable,
            },
        };
        problem.get_or_insert(fault);
    }
    Ok((None, problem))
}

/// The records to export: without leads that were merged into another one. A lead stays if the other one does not say so,
/// for example because its newest revision is damaged.
pub(crate) fn without_merged(
    leads: &Leads,
    records: Vec<LeadRecord>,
    identity: &Identity,
) -> Result<Vec<LeadRecord>, KioskError> {
    let mut kept = Vec::with_capacity(records.len());
    for record in records {
        let into = record.staff.as_ref().and_then(|staff| staff.merged_into);
        let is_in_other = match into {
            Some(into) => names_merged(leads, into, record.header.id, identity)?,
            None => false,
        };
        if !is_in_other {
            kept.push(record);
        }
    }
    Ok(kept)
}

fn names_merged(leads: &Leads, into: Uuid, merged: Uuid, identity: &Identity) -> Result<bool, KioskError> {
    let revisions = leads.revisions_of(into)?;
    let revisions = revisions.iter().map(|stored| stored.revision);
    let (record, _) = newest_record(leads, into, revisions, identity)?;
    let staff = record.and_then(|record| record.staff);
    Ok(staff.is_some_and(|staff| staff.merged.contains(&merged)))
}

/// Identifiers and revisions that an export contains: those of its records, and the newest ones of the leads merged into
/// them.
pub(crate) fn exported_revisions(
    leads: &Leads,
    records: &[LeadRecord],
) -> Result<Vec<(Uuid, u32)>, KioskError> {
    let mut exported = Vec::with_capacity(records.len());
    for record in records {
        exported.push((record.header.id, record.header.revision));
        for merged in record.staff.iter().flat_map(|staff| &staff.merged) {
            let newest = leads.revisions_of(*merged)?;
            exported.extend(newest.first().map(|stored| (stored.id, stored.revision)));
        }
    }
    Ok(exported)
}
