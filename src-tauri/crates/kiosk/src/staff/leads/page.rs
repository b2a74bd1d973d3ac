//! The page of one lead: its fields, its proof of consent, its revisions, and related leads. Must not know: how it is
//! stored.

use super::book::{Book, LeadBook, merged_into};
use super::changes::changed_fields;
use super::duplicates::Duplicates;
use super::stored::StoredLead;
use super::summary::{details, summary, summary_of};
use crate::error::KioskError;
use crate::machine::environment::Environment;
use crate::notice::notice_sha256;
use crate::reference::Reference;
use crate::views::{ConsentShown, LeadPage, LeadReference, LeadRevisionRow, RevisionAuthor};
use expo_domain::lead::{ConsentProof, LeadRecord};
use uuid::Uuid;

/// What pages are made from.
pub(super) struct Page<'a> {
    pub env: &'a Environment,
    pub reference: &'a Reference,
    pub book: &'a LeadBook,
}

impl Page<'_> {
    /// The page of a lead.
    pub fn of(&self, stored: &StoredLead) -> Result<LeadPage, KioskError> {
        let zone = self.env.settings().zone()?;
        let record = stored.newest();
        let consent = self.consent(&record.consent)?;
        let book = self.book.book();
        let duplicates = Duplicates::of(&book.leads);
        let ids = duplicates.ids_of(&record.header.id);
        // Identifiers begin with the time.
        let rows = ids.iter().rev().filter_map(|id| {
            let entry = book.leads.get(id)?;
            Some(summary(
                entry,
                entry.opened.as_deref()?,
                duplicates.count_of(id),
                &zone,
            ))
        });
        let staff = record.staff.as_ref();
        let into = staff.and_then(|staff| staff.merged_into);
        let merged = staff.map(|staff| staff.merged.as_slice()).unwrap_or_default();
        Ok(LeadPage {
            summary: summary_of(&stored.revisions, record, ids.len() as u32, &zone),
            lead: details(record),
            consent,
            revisions: self.revisions(&stored.records),
            duplicates: rows.collect(),
            merged: merged.iter().map(|id| reference(*id, &book)).collect(),
            merged_into: into.map(|into| reference(merged_into(record, &book.leads).unwrap_or(into), &book)),
        })
    }

    /// The proof with the sentences, if this program has exactly those.
    fn consent(&self, proof: &ConsentProof) -> Result<ConsentShown, KioskError> {
        let mut wording = None;
        let notices = self.reference.notice();
        if let Some(notice) = notices.of_version(&proof.notice_version, proof.language) {
            let is_shown = notice_sha256(&notice).map_err(KioskError::internal)? == proof.notice_sha256;
            wording = is_shown.then_some(notice);
        }
        Ok(ConsentShown {
            notice_version: proof.notice_version.clone(),
            notice_sha256: proof.notice_sha256.clone(),
            language: proof.language,
            given_at: self.env.local_time(proof.given_at),
            channel: proof.channel,
            wording,
        })
    }

    /// The revisions, newest first, each compared with the one before.
    fn revisions(&self, records: &[LeadRecord]) -> Vec<LeadRevisionRow> {
        let earlier = records.iter().skip(1).map(Some).chain([None]);
        let rows = records.iter().zip(earlier).map(|(record, earlier)| {
            let changed_at = |record: &LeadRecord| record.staff.as_ref().map(|staff| staff.changed_at);
            let by = match earlier {
                _ if record.header.revision == 1 => RevisionAuthor::Visitor,
                _ if changed_at(record).is_none() => RevisionAuthor::Kiosk,
                Some(earlier) if changed_at(earlier) == changed_at(record) => RevisionAuthor::Kiosk,
                _ => RevisionAuthor::Staff,
            };
            let at = match by {
                RevisionAuthor::Visitor => Some(record.header.taken_at),
                RevisionAuthor::Staff => changed_at(record),
                RevisionAuthor::Kiosk => None,
            };
            LeadRevisionRow {
                revision: record.header.revision,
                at: at.map(|at| self.env.local_time(at)),
                changed: earlier.map_or_else(Vec::new, |earlier| changed_fields(earlier, record)),
                by,
            }
        });
        rows.collect()
    }
}

fn reference(id: Uuid, book: &Book) -> LeadReference {
    let stored = book.leads.get(&id).and_then(|entry| entry.revisions.first());
    LeadReference {
        id: id.to_string(),
        ticket: stored.map(|stored| stored.ticket.clone()),
    }
}
