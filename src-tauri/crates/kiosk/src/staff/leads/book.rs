//! The opened leads in memory, as long as the session lasts. Threads on all cores open them, newest first. Every list
//! compares them with the database, so that new, changed and erased leads are noticed. Must not know: queries, views.

use super::search_text::SearchText;
use super::stored::newest_record;
use crate::error::KioskError;
use crate::lock::lock;
use crate::views::{LeadProblem, LeadQuery};
use expo_domain::lead::{LeadRecord, StaffEntry};
use expo_store::Leads;
use expo_store::leads::{RevisionIndex, StoredRevision, UnreadableLead};
use expo_vault::seal::Identity;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::thread;
use uuid::Uuid;

/// Number of leads that a thread opens before it gives them to the list.
const CHUNK_LEADS: usize = 16;
/// So many leads are opened before the list is answered.
const LEADS_OPENED_AT_ONCE: usize = 24;

/// Leads to open, with their stored revisions, newest first.
type Batch = Vec<(Uuid, Vec<StoredRevision>)>;

/// The leads of a session.
#[derive(Default)]
pub(crate) struct LeadBook(Mutex<Book>);

/// What is known of the leads.
#[derive(Default)]
pub(super) struct Book {
    pub leads: BTreeMap<Uuid, BookEntry>,
    /// Rows of the database whose columns cannot be read.
    pub unreadable: Vec<UnreadableLead>,
    /// Leads that are still to be opened, the newest last.
    pending: Vec<Uuid>,
    /// Threads that are opening leads.
    workers: usize,
    last_query: Option<LeadQuery>,
}

/// A lead on this kiosk.
pub(super) struct BookEntry {
    /// Its stored revisions, newest first; never empty.
    pub revisions: Vec<StoredRevision>,
    /// Its newest revision that opens; `None` while it is not opened.
    pub opened: Option<Arc<BookLead>>,
    /// Why its newest revision does not open.
    pub problem: Option<LeadProblem>,
}

/// An opened lead.
pub(super) struct BookLead {
    pub record: LeadRecord,
    pub text: SearchText,
}

impl LeadBook {
    /// Compares the list with the database, and begins to open what is missing in it.
    pub fn refresh(self: &Arc<Self>, leads: &Arc<Leads>, identity: &Identity) -> Result<(), KioskError> {
        let index = leads.revision_index()?;
        let (few, workers) = self.book().update(index);
        if let Some(few) = few {
            self.open(leads, identity, &few);
        }
        for _ in 0..workers {
            let worker = Worker(Arc::downgrade(self));
            let (leads, identity) = (Arc::clone(leads), identity.clone());
            thread::spawn(move || worker.run(&leads, &identity));
        }
        Ok(())
    }

    /// Whether the same query was asked last. Remembers the query.
    pub fn is_repeated(&self, query: &LeadQuery) -> bool {
        let last = self.book().last_query.replace(query.clone());
        last.as_ref() == Some(query)
    }

    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.0)
    }

    /// Opens leads and adds them to the list. A lead with a newer revision is opened in the next call.
    fn open(&self, leads: &Leads, identity: &Identity, batch: &[(Uuid, Vec<StoredRevision>)]) {
        for (id, revisions) in batch {
            let numbers = revisions.iter().map(|stored| stored.revision);
            // If the disk fails, the bytes cannot be read either.
            let (record, problem) =
                newest_record(leads, *id, numbers, identity).unwrap_or((None, Some(LeadProblem::Damaged)));
            let opened = record.map(|record| {
                let text = SearchText::of(&record);
                Arc::new(BookLead { record, text })
            });
            let mut book = self.book();
            if let Some(entry) = book.leads.get_mut(id)
                && is_same(&entry.revisions, revisions)
            {
                // A lead whose bytes vanished is erased; the next refresh removes it.
                entry.problem = problem.or_else(|| opened.is_none().then_some(LeadProblem::Damaged));
                entry.opened = opened;
            }
        }
    }
}

/// A thread that opens leads. It ends when the session ends.
struct Worker(Weak<LeadBook>);

impl Worker {
    fn run(&self, leads: &Leads, identity: &Identity) {
        while let Some(book) = self.0.upgrade() {
            let batch = book.book().next_batch(CHUNK_LEADS);
            if batch.is_empty() {
                return;
            }
            book.open(leads, identity, &batch);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(book) = self.0.upgrade() {
            book.book().workers -= 1;
        }
    }
}

impl Book {
    /// Takes over what is stored. Returns leads to open at once if they are few, and the number of threads to start.
    fn update(&mut self, index: RevisionIndex) -> (Option<Batch>, usize) {
        let mut known = std::mem::take(&mut self.leads);
        self.unreadable = index.unreadable;
        let mut changed = Vec::new();
        for revisions in index.revisions.chunk_by(|a, b| a.id == b.id) {
            let id = revisions[0].id;
            let mut entry = known.remove(&id).unwrap_or_else(|| BookEntry {
                revisions: Vec::new(),
                opened: None,
                problem: None,
            });
            if !is_same(&entry.revisions, revisions) {
                changed.push(id);
                entry.opened = None;
                entry.problem = None;
            }
            // The delivery may have changed.
            entry.revisions = revisions.to_vec();
            self.leads.insert(id, entry);
        }
        self.pending
            .retain(|id| !changed.contains(id) && self.leads.contains_key(id));
        self.pending.extend(changed);
        // Identifiers begin with the time.
        self.pending.sort_unstable();
        if self.workers == 0 && self.pending.len() <= LEADS_OPENED_AT_ONCE {
            return (Some(self.next_batch(LEADS_OPENED_AT_ONCE)), 0);
        }
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let wanted = cores.min(self.pending.len().div_ceil(CHUNK_LEADS));
        let new = wanted.saturating_sub(self.workers);
        self.workers += new;
        (None, new)
    }

    fn next_batch(&mut self, limit: usize) -> Batch {
        let newest = self.pending.split_off(self.pending.len().saturating_sub(limit));
        let batch = newest.into_iter().rev().filter_map(|id| {
            let entry = self.leads.get(&id)?;
            Some((id, entry.revisions.clone()))
        });
        batch.collect()
    }
}

/// Whether two lists have the same revisions with the same bytes.
fn is_same(a: &[StoredRevision], b: &[StoredRevision]) -> bool {
    let is_same =
        |(a, b): (&StoredRevision, &StoredRevision)| a.revision == b.revision && a.sha256 == b.sha256;
    a.len() == b.len() && a.iter().zip(b).all(is_same)
}

/// The lead that this one is found as: the last one that it was merged into. `None` if it was not merged, or if the other
/// one is not on this kiosk or does not open.
pub(super) fn merged_into(record: &LeadRecord, leads: &BTreeMap<Uuid, BookEntry>) -> Option<Uuid> {
    let next = |staff: &Option<StaffEntry>| staff.as_ref()?.merged_into;
    let mut seen = BTreeSet::from([record.header.id]);
    let mut found = None;
    let mut into = next(&record.staff);
    while let Some(id) = into.filter(|id| seen.insert(*id)) {
        let Some(lead) = leads.get(&id).and_then(|entry| entry.opened.as_ref()) else {
            break;
        };
        found = Some(id);
        into = next(&lead.record.staff);
    }
    found
}
