//! Leads as received from kiosks. A unique constraint decides what is new, never a query beforehand. Nothing is dropped.

use super::database::{Store, time_text};
use super::erasures::notify_kiosk;
use super::error::StoreError;
use super::sql::{Database, Lock, Param, Table, params};
use super::tickets::record_reused;
use expo_domain::lead::LeadRecord;
use expo_protocol::{Outcome, Receipt};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// An envelope as received, opened if possible.
pub struct ReceivedEnvelope {
    /// Identifier of the lead.
    pub id: Uuid,
    /// Revision of the lead.
    pub revision: u32,
    /// SHA-256 of `sealed`, verified.
    pub sha256: String,
    /// Its header as JSON, as received.
    pub header: String,
    /// Its sealed bytes.
    pub sealed: Vec<u8>,
    /// Its content, or why it cannot be read.
    pub opened: Result<Box<LeadRecord>, &'static str>,
}

/// Result of storing a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inserted {
    /// One receipt per envelope, ordered by identifier and revision.
    pub receipts: Vec<Receipt>,
    /// Number of new leads with a ticket that another lead has.
    pub reused_tickets: u64,
}

/// One lead, for listings.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names are those of the lead")]
pub struct LeadRow {
    pub id: String,
    pub revision: u32,
    pub received_at: String,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub kiosk: String,
    pub stop: String,
    pub ticket: String,
    pub taken_at: Timestamp,
    pub language: expo_domain::Lang,
    pub country: Option<String>,
    pub city: Option<String>,
    pub interests: Vec<expo_domain::lead::Interest>,
    pub towns: Vec<expo_domain::lead::WantedTown>,
    pub types: Vec<expo_domain::ProductType>,
    pub budget_mad: Option<i64>,
    pub purpose: Option<expo_domain::lead::Purpose>,
    pub desk: Option<expo_domain::lead::Desk>,
    pub channel: expo_domain::lead::Channel,
    pub consents: expo_domain::lead::Consents,
    pub note: Option<String>,
    pub result: Option<expo_domain::lead::SharedResult>,
    pub channels: Vec<expo_domain::lead::Channel>,
    pub partner: Option<expo_domain::lead::DeskPartner>,
    pub call_language: Option<expo_domain::Lang>,
    pub reachable: Option<expo_domain::lead::Reachable>,
    pub stay: Option<expo_domain::lead::LeadStay>,
    pub on_behalf: Option<expo_domain::lead::OnBehalf>,
    /// What staff added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<expo_domain::lead::StaffEntry>,
}

impl Store {
    /// Stores a batch in one transaction, which is on disk when this returns.
    pub fn insert_envelopes(
        &self,
        sent_by: &str,
        batch: &[ReceivedEnvelope],
        now: Timestamp,
    ) -> Result<Inserted, StoreError> {
        let now = time_text(now);
        let mut envelopes: Vec<PreparedEnvelope> =
            batch.iter().map(PreparedEnvelope::of).collect::<Result<_, _>>()?;
        // Sorted, so that two batches with the same leads in another order cannot deadlock.
        envelopes.sort_by(|a, b| (&a.id, a.revision).cmp(&(&b.id, b.revision)));
        let (outcomes, reused_tickets) = self.write(|db| {
            db.lock(Lock::InsertLeads)?;
            insert_batch(db, sent_by, &envelopes, &now)
        })?;
        let receipts = envelopes.iter().zip(outcomes).map(|(envelope, outcome)| Receipt {
            id: envelope.received.id,
            revision: envelope.revision,
            sha256: envelope.received.sha256.clone(),
            outcome,
        });
        Ok(Inserted {
            receipts: receipts.collect(),
            reused_tickets,
        })
    }

    /// Moves envelopes that can be opened now from quarantine to the leads. Returns their number.
    pub fn resolve_quarantined(&self, opened: &[ReceivedEnvelope]) -> Result<u64, StoreError> {
        let envelopes: Vec<PreparedEnvelope> = opened
            .iter()
            .map(PreparedEnvelope::of)
            .collect::<Result<_, _>>()?;
        self.write(|db| {
            db.lock(Lock::InsertLeads)?;
            let update = "UPDATE envelope SET quarantine = NULL
                          WHERE id = $1 AND revision = $2 AND quarantine IS NOT NULL";
            let rows: Vec<_> = envelopes
                .iter()
                .map(|envelope| params![&envelope.id, envelope.revision].to_vec())
                .collect();
            let changed = db.execute_each(update, &rows)?;
            let changed: Vec<&PreparedEnvelope> = envelopes
                .iter()
                .zip(changed)
                .filter(|(_, changed)| *changed > 0)
                .map(|(envelope, _)| envelope)
                .collect();
            insert_leads(db, &changed)?;
            Ok(changed.len() as u64)
        })
    }

    /// The newest revision of each lead, in order of arrival. Leads that were merged into another one are left out if
    /// that one says so.
    pub fn leads(&self) -> Result<Vec<LeadRow>, StoreError> {
        let newest = "WHERE l.revision = (SELECT max(n.revision) FROM lead n WHERE n.id = l.id)";
        let mut leads = self.lead_rows(newest)?;
        let staff = leads
            .iter()
            .filter_map(|lead| Some((&lead.id, lead.staff.as_ref()?)));
        let merged: BTreeSet<(String, Uuid)> = staff
            .flat_map(|(id, staff)| staff.merged.iter().map(move |other| (id.clone(), *other)))
            .collect();
        leads.retain(|lead| {
            let into = lead.staff.as_ref().and_then(|staff| staff.merged_into);
            let is_named = |into: Uuid| Some(merged.contains(&(into.to_string(), lead.id.parse().ok()?)));
            into.and_then(is_named) != Some(true)
        });
        Ok(leads)
    }

    /// All revisions of all leads, in order of arrival.
    pub fn lead_revisions(&self) -> Result<Vec<LeadRow>, StoreError> {
        self.lead_rows("")
    }

    fn lead_rows(&self, filter: &str) -> Result<Vec<LeadRow>, StoreError> {
        let query = format!(
            "SELECT e.received_at, l.record FROM lead l
             JOIN envelope e ON e.id = l.id AND e.revision = l.revision {filter} ORDER BY e.rowid"
        );
        let rows = self.read(|db| db.query(&query, &[]))?;
        rows.into_iter()
            .map(|mut row| Ok(lead_row(row.text(0)?, serde_json::from_str(&row.text(1)?)?)))
            .collect()
    }
}

/// An envelope with its values for the database.
struct PreparedEnvelope<'a> {
    id: String,
    revision: u32,
    /// Stop in its header, if it has one.
    stop: Option<String>,
    /// Ticket in its header, if it has one.
    ticket: Option<String>,
    record: Option<String>,
    received: &'a ReceivedEnvelope,
}

impl<'a> PreparedEnvelope<'a> {
    fn of(received: &'a ReceivedEnvelope) -> Result<Self, StoreError> {
        let header: serde_json::Value = serde_json::from_str(&received.header)?;
        let text = |field| header.get(field).and_then(serde_json::Value::as_str);
        let record = received.opened.as_ref().ok();
        Ok(Self {
            id: received.id.to_string(),
            revision: received.revision,
            stop: text("stop").map(str::to_owned),
            ticket: text("ticket").map(str::to_owned),
            record: record.map(serde_json::to_string).transpose()?,
            received,
        })
    }
}

const ENVELOPE_TABLE: Table = Table {
    name: "envelope",
    columns: &[
        "id",
        "revision",
        "sha256",
        "received_at",
        "sent_by",
        "header",
        "sealed",
        "quarantine",
        "stop",
        "erased_at",
        "ticket",
    ],
};
const LEAD_TABLE: Table = Table {
    name: "lead",
    columns: &["id", "revision", "name", "phone", "email", "record"],
};

/// Inserts new envelopes, as decided by the unique constraint. Returns the outcomes in the order of the envelopes,
/// and the number of new leads with a ticket that another lead has.
fn insert_batch(
    db: &mut dyn Database,
    sent_by: &str,
    envelopes: &[PreparedEnvelope],
    now: &str,
) -> Result<(Vec<Outcome>, u64), StoreError> {
    let erased = erased_among(db, envelopes)?;
    let rows: Vec<_> = envelopes
        .iter()
        .map(|envelope| {
            let to_row = if erased.contains(&envelope.id) {
                tombstone_row
            } else {
                envelope_row
            };
            to_row(envelope, sent_by, now)
        })
        .collect();
    let new = db.insert_new(ENVELOPE_TABLE, &rows)?;
    let mut outcomes = Vec::with_capacity(envelopes.len());
    let (mut accepted, mut conflicting, mut with_ticket) = (Vec::new(), Vec::new(), Vec::new());
    for (envelope, is_new) in envelopes.iter().zip(new) {
        if let (Some(stop), Some(ticket)) = (&envelope.stop, &envelope.ticket)
            && is_new
            && !erased.contains(&envelope.id)
        {
            with_ticket.push((envelope.id.as_str(), stop.as_str(), ticket.as_str()));
        }
        let outcome = if erased.contains(&envelope.id) {
            Outcome::Duplicate
        } else if !is_new {
            existing_outcome(db, envelope)?
        } else if envelope.record.is_some() {
            Outcome::Accepted
        } else {
            Outcome::Quarantined
        };
        match outcome {
            Outcome::Accepted => accepted.push(envelope),
            Outcome::Conflict => conflicting.push(envelope),
            _ => {}
        }
        outcomes.push(outcome);
    }
    insert_leads(db, &accepted)?;
    insert_conflicts(db, &conflicting, sent_by, now)?;
    let reused_tickets = record_reused(db, &with_ticket, now)?;
    if !erased.is_empty() {
        // A kiosk that sends an erased lead still has it, so it gets another notice.
        db.lock(Lock::NumberErasures)?;
        for id in &erased {
            notify_kiosk(db, id, sent_by)?;
        }
    }
    Ok((outcomes, reused_tickets))
}

/// The outcome for an envelope whose identifier and revision exist. Bytes in quarantine get `quarantined` again, not
/// `duplicate`: the first response may be lost, and the copy of the kiosk may be the only one that can be opened.
fn existing_outcome(db: &mut dyn Database, envelope: &PreparedEnvelope) -> Result<Outcome, StoreError> {
    let query = "SELECT sha256, quarantine FROM envelope WHERE id = $1 AND revision = $2";
    let Some(mut present) = db.first(query, &params![&envelope.id, envelope.revision])? else {
        return Ok(Outcome::Conflict);
    };
    let (sha256, quarantine) = (present.text(0)?, present.text_or_null(1)?);
    Ok(if sha256 != envelope.received.sha256 {
        Outcome::Conflict
    } else if quarantine.is_some() {
        Outcome::Quarantined
    } else {
        Outcome::Duplicate
    })
}

/// Identifiers of envelopes that are erased. Erasures are few, so one query over all is cheaper than one per lead.
fn erased_among(
    db: &mut dyn Database,
    envelopes: &[PreparedEnvelope],
) -> Result<BTreeSet<String>, StoreError> {
    let ids: Vec<&str> = envelopes.iter().map(|envelope| envelope.id.as_str()).collect();
    let query = "SELECT id FROM erasure WHERE $1 LIKE '%' || id || '%'";
    let rows = db.query(query, &params![&ids.join(" ")])?;
    rows.into_iter().map(|mut row| row.text(0)).collect()
}

fn envelope_row<'a>(envelope: &'a PreparedEnvelope, sent_by: &'a str, now: &'a str) -> Vec<Param<'a>> {
    let received = envelope.received;
    params![
        &envelope.id,
        envelope.revision,
        &received.sha256,
        now,
        sent_by,
        &received.header,
        received.sealed.as_slice(),
        received.opened.as_ref().err().copied(),
        envelope.stop.as_deref(),
        None::<&str>,
        envelope.ticket.as_deref(),
    ]
    .to_vec()
}

fn tombstone_row<'a>(envelope: &'a PreparedEnvelope, sent_by: &'a str, now: &'a str) -> Vec<Param<'a>> {
    let mut row = envelope_row(envelope, sent_by, now);
    row[5..].copy_from_slice(&params![
        "",
        &[] as &[u8],
        None::<&str>,
        envelope.stop.as_deref(),
        now,
        None::<&str>,
    ]);
    row
}

/// Inserts the content of opened envelopes.
fn insert_leads(db: &mut dyn Database, opened: &[&PreparedEnvelope]) -> Result<(), StoreError> {
    let rows: Vec<_> = opened
        .iter()
        .filter_map(|envelope| {
            let lead = &envelope.received.opened.as_ref().ok()?.lead;
            let (phone, email) = (lead.phone.as_deref(), lead.email.as_deref());
            let record = envelope.record.as_deref();
            let values = params![&envelope.id, envelope.revision, &lead.name, phone, email, record];
            Some(values.to_vec())
        })
        .collect();
    db.insert_new(LEAD_TABLE, &rows).map(|_| ())
}

fn insert_conflicts(
    db: &mut dyn Database,
    conflicting: &[&PreparedEnvelope],
    sent_by: &str,
    now: &str,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO conflict (id, revision, sha256, received_at, sent_by, header, sealed)
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let rows: Vec<_> = conflicting
        .iter()
        .map(|envelope| envelope_row(envelope, sent_by, now)[..7].to_vec())
        .collect();
    db.execute_each(insert, &rows).map(|_| ())
}

fn lead_row(received_at: String, record: LeadRecord) -> LeadRow {
    let LeadRecord {
        header, lead, staff, ..
    } = record;
    LeadRow {
        id: header.id.to_string(),
        revision: header.revision,
        received_at,
        name: lead.name,
        phone: lead.phone,
        email: lead.email,
        kiosk: header.kiosk,
        stop: header.stop,
        ticket: header.ticket,
        taken_at: header.taken_at,
        language: lead.language,
        country: lead.country,
        city: lead.city,
        interests: lead.interests,
        towns: lead.towns,
        types: lead.types,
        budget_mad: lead.budget_mad,
        purpose: lead.purpose,
        desk: lead.desk,
        channel: lead.channel,
        consents: lead.consents,
        note: lead.note,
        result: lead.result,
        channels: lead.channels,
        partner: lead.partner,
        call_language: lead.call_language,
        reachable: lead.reachable,
        stay: lead.stay,
        on_behalf: lead.on_behalf,
        staff,
    }
}
