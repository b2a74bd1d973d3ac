//! Leads that staff open, search, rate, correct, merge and erase.

mod erasure;
mod list;
mod merging;
mod revision;

use super::{draft, enrol, order, provisioned_kiosk};
use crate::lead_sealing::{LeadSealing, seal};
use crate::views::{
    ChangedField, ContactChange, ErrorCode, LeadChange, LeadDelivery, LeadList, LeadPage, LeadProblem,
    LeadQuery, RevisionAuthor,
};
use crate::{Demonstration, Kiosk, KioskError, Session};
use expo_domain::lead::{CallOutcome, Desk, FieldCode, InterestDraft, LeadRecord, Rating};
use expo_domain::{Envelope, LeadDraft};
use expo_protocol::{Outcome, Receipt};
use expo_store::SealedLead;
use expo_sync::{LocalStore, QueuePosition};
use expo_vault::seal::Identity;
use std::path::Path;
use uuid::Uuid;

fn session(kiosk: &Kiosk) -> Session {
    kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap()
}

fn all() -> LeadQuery {
    LeadQuery {
        limit: 200,
        ..LeadQuery::default()
    }
}

/// The list once all leads are opened.
fn complete_list(kiosk: &Kiosk, session: &Session, query: &LeadQuery) -> LeadList {
    loop {
        let list = kiosk.staff_leads(session, query).unwrap();
        if list.opened + list.unopened == list.total {
            return list;
        }
        std::thread::yield_now();
    }
}

/// Names of the leads that a query finds, newest first.
fn names(kiosk: &Kiosk, session: &Session, query: &LeadQuery) -> Vec<String> {
    let list = complete_list(kiosk, session, query);
    list.rows.into_iter().map(|row| row.contact.name).collect()
}

fn search(text: &str) -> LeadQuery {
    LeadQuery {
        text: text.to_owned(),
        ..all()
    }
}

/// Takes a lead and returns its identifier.
fn take(kiosk: &Kiosk, name: &str, phone: &str) -> Uuid {
    let lead = LeadDraft {
        name: name.to_owned(),
        phone: Some(phone.to_owned()),
        country: Some("FR".to_owned()),
        ..draft()
    };
    kiosk.take_lead(&lead).unwrap().id.parse().unwrap()
}

fn rated(rating: Rating) -> LeadChange {
    LeadChange {
        rating: Some(rating),
        ..LeadChange::default()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, KioskError>) -> ErrorCode {
    result.unwrap_err().code()
}

/// Revisions that wait to be sent, by lead.
fn waiting(kiosk: &Kiosk) -> Vec<(Uuid, u32)> {
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 99).unwrap();
    let headers = waiting.into_iter().map(|queued| queued.envelope.header);
    headers.map(|header| (header.id, header.revision)).collect()
}

/// The platform answers that it holds everything that waits.
fn acknowledge_all(kiosk: &Kiosk) {
    let waiting = kiosk.sync_port().waiting(QueuePosition::START, 99).unwrap();
    let receipts: Vec<Receipt> = waiting
        .into_iter()
        .map(|queued| Receipt {
            id: queued.envelope.header.id,
            revision: queued.envelope.header.revision,
            sha256: queued.envelope.sha256,
            outcome: Outcome::Accepted,
        })
        .collect();
    kiosk.sync_port().record_receipts(&receipts).unwrap();
}

/// The record of the newest lead, to make others from.
fn a_record(kiosk: &Kiosk, session: &Session) -> LeadRecord {
    let identity = session.require_leads().unwrap().identity;
    let envelope = kiosk.leads.envelopes_of_day(None).unwrap().remove(0);
    crate::lead_sealing::open_record(&envelope, &identity).unwrap()
}

fn stored(envelope: Envelope) -> SealedLead {
    SealedLead {
        envelope,
        day: "2026-02-13".to_owned(),
        hour: 9,
        for_platform: false,
        figures: Vec::new(),
    }
}
