//! What the passphrase opens for a session. Must not know: sessions, the PIN.

use super::book::LeadBook;
use crate::views::LeadQuery;
use expo_vault::SecretString;
use expo_vault::seal::Identity;
use std::sync::Arc;

/// The staff key, the passphrase, and the leads that were opened with them.
#[derive(Clone)]
pub(crate) struct OpenedLeads {
    pub identity: Identity,
    pub phrase: SecretString,
    pub(super) book: Arc<LeadBook>,
}

impl OpenedLeads {
    pub fn new(identity: Identity, phrase: SecretString) -> Self {
        Self {
            identity,
            phrase,
            book: Arc::default(),
        }
    }

    /// Whether the same query was asked last. Remembers the query.
    pub fn repeats(&self, query: &LeadQuery) -> bool {
        self.book.is_repeated(query)
    }
}
