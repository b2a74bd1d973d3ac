//! Leads for staff who gave the passphrase: list, search, one lead, correction, merging, erasure. Nothing is overwritten: a
//! correction is a new revision. Must not know: windows, SQL.

mod book;
mod changes;
mod duplicates;
mod erasure;
mod opened;
mod page;
mod query;
mod search_text;
mod stored;
mod summary;

pub(crate) use opened::OpenedLeads;
pub(crate) use stored::{exported_revisions, without_merged};

use crate::error::KioskError;
use crate::lead_sealing::{LeadSealing, seal};
use crate::machine::environment::Environment;
use crate::reference::Reference;
use crate::views::{ErasureProof, LeadChange, LeadList, LeadPage, LeadQuery};
use expo_domain::Envelope;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_domain::lead::LeadRecord;
use expo_store::{Leads, SealedLead, StoreError};
use std::fmt::Display;
use std::sync::Arc;
use stored::{StoredLead, stored_lead};
use uuid::Uuid;

/// Opens, corrects, merges and erases leads.
pub(crate) struct StaffLeads {
    env: Environment,
    leads: Arc<Leads>,
    sealing: LeadSealing,
    reference: Arc<Reference>,
}

impl StaffLeads {
    pub const fn new(
        env: Environment,
        leads: Arc<Leads>,
        sealing: LeadSealing,
        reference: Arc<Reference>,
    ) -> Self {
        Self {
            env,
            leads,
            sealing,
            reference,
        }
    }

    /// The leads that match a query. Opens leads in the background, so the first lists are not complete.
    pub fn list(&self, opened: &OpenedLeads, query: &LeadQuery) -> Result<LeadList, KioskError> {
        opened.book.refresh(&self.leads, &opened.identity)?;
        let zone = self.env.settings().zone()?;
        Ok(opened.book.list(query, &zone))
    }

    /// Everything about one lead.
    pub fn page(&self, opened: &OpenedLeads, id: Uuid) -> Result<LeadPage, KioskError> {
        opened.book.refresh(&self.leads, &opened.identity)?;
        let stored = stored_lead(&self.leads, id, &opened.identity)?.ok_or(KioskError::LeadNotFound)?;
        let page = page::Page {
            env: &self.env,
            reference: &self.reference,
            book: &opened.book,
        };
        page.of(&stored)
    }

    /// Stores a correction of a lead whose newest revision is `revision`. A change without effect stores nothing.
    pub fn revise(
        &self,
        opened: &OpenedLeads,
        id: Uuid,
        revision: u32,
        change: &LeadChange,
    ) -> Result<LeadPage, KioskError> {
        let stored = self.changeable(opened, id)?;
        if stored.newest_revision() != revision {
            return Err(KioskError::LeadChanged);
        }
        let revised =
            changes::corrected(stored.newest(), change, self.env.now()).map_err(KioskError::InvalidLead)?;
        if let Some(revised) = revised {
            self.store(&[(&stored, revised)])?;
            let details: [(AuditDetail, &dyn Display); 2] = [
                (AuditDetail::Ticket, &stored.ticket()),
                (AuditDetail::Revision, &(revision + 1)),
            ];
            self.env.audit(AuditAct::LeadRevised, &details)?;
        }
        self.page(opened, id)
    }

    /// Merges lead `other` into lead `id`: both get a new revision, in one transaction.
    pub fn merge(&self, opened: &OpenedLeads, id: Uuid, other: Uuid) -> Result<LeadPage, KioskError> {
        if id == other {
            return Err(KioskError::LeadNotFound);
        }
        let (into, from) = (self.changeable(opened, id)?, self.changeable(opened, other)?);
        let (merged, replaced) = changes::merged(into.newest(), from.newest(), self.env.now());
        self.store(&[(&into, merged), (&from, replaced)])?;
        let details: [(AuditDetail, &dyn Display); 2] = [
            (AuditDetail::Ticket, &into.ticket()),
            (AuditDetail::Merged, &from.ticket()),
        ];
        self.env.audit(AuditAct::LeadsMerged, &details)?;
        self.page(opened, id)
    }

    /// Erases the lead with this ticket, and those merged with it, on this kiosk.
    pub fn erase(&self, opened: &OpenedLeads, ticket: &str) -> Result<ErasureProof, KioskError> {
        let now = self.env.now();
        let proof = erasure::erase(&self.leads, &opened.identity, ticket.trim(), now)?;
        // The lead is erased. If the list cannot be read now, the next request forgets the lead.
        drop(opened.book.refresh(&self.leads, &opened.identity));
        Ok(ErasureProof {
            erased_at: self.env.local_time(now),
            ..proof
        })
    }

    /// A lead that opens and was not merged into another one.
    fn changeable(&self, opened: &OpenedLeads, id: Uuid) -> Result<StoredLead, KioskError> {
        let stored = stored_lead(&self.leads, id, &opened.identity)?.ok_or(KioskError::LeadNotFound)?;
        let staff = stored.newest().staff.as_ref();
        if staff.is_some_and(|staff| staff.merged_into.is_some()) {
            return Err(KioskError::LeadMerged);
        }
        Ok(stored)
    }

    /// Seals the records as the next revisions of their leads and stores them, all or none.
    fn store(&self, changes: &[(&StoredLead, LeadRecord)]) -> Result<(), KioskError> {
        loop {
            match self.seal_and_store(changes) {
                // Another platform was enrolled at the same time; it could not open these revisions.
                Err(KioskError::Store(StoreError::Superseded { .. })) => {}
                result => return result,
            }
        }
    }

    fn seal_and_store(&self, changes: &[(&StoredLead, LeadRecord)]) -> Result<(), KioskError> {
        let recipients = self.sealing.recipients()?;
        let mut revisions = Vec::with_capacity(changes.len());
        for (stored, record) in changes {
            let mut record = record.clone();
            record.header.revision = stored.newest_revision() + 1;
            let sealed = seal(&record, &recipients)?;
            let (day, hour) = self
                .leads
                .day_and_hour(record.header.id)?
                .ok_or(KioskError::LeadNotFound)?;
            revisions.push(SealedLead {
                day,
                hour,
                envelope: Envelope::new(record.header, sealed),
                for_platform: recipients.include_platform,
                figures: Vec::new(),
            });
        }
        if self.leads.revise(Some(&recipients.guard), &revisions)? {
            Ok(())
        } else {
            Err(KioskError::LeadChanged)
        }
    }
}
