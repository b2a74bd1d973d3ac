//! Invented leads, recognisable as test data, sealed as a kiosk seals them.

use expo_domain::lead::{Channel, ConsentProof, Consents, Interest, Lead, LeadRecord, SharedResult};
use expo_domain::{Lang, LeadHeader, Money};
use expo_protocol::{Envelope, LeadBatch, sha256_hex};
use expo_vault::seal::{Recipient, SealError, seal};
use jiff::Timestamp;
use uuid::Uuid;

/// The header of a sample lead.
pub fn header(id: Uuid) -> LeadHeader {
    LeadHeader {
        id,
        revision: 1,
        kind: "lead".to_owned(),
        stop: "contract-test".to_owned(),
        kiosk: "K01".to_owned(),
        ticket: format!("TST-{:03}", id.as_u128()),
        taken_at: Timestamp::UNIX_EPOCH,
        monotonic_ms: 5,
        boot_id: "contract-test".to_owned(),
        language: Lang::Ar,
    }
}

/// A sample lead with the given header.
pub fn record(header: LeadHeader, phone: &str) -> LeadRecord {
    LeadRecord {
        lead: Lead {
            name: "زائر تجريبي Test Visiteur".to_owned(),
            phone: Some(phone.to_owned()),
            email: None,
            country: Some("FR".to_owned()),
            city: None,
            language: header.language,
            interests: vec![Interest {
                project_title: Some("Essai".to_owned()),
                unit: Some("P-1-02".to_owned()),
                unit_number: Some("LI-002".to_owned()),
                unit_surface_dm2: Some(120_000),
                ..Interest::from("P-1".to_owned())
            }],
            towns: Vec::new(),
            types: Vec::new(),
            budget_mad: Some(900_000),
            purpose: None,
            desk: None,
            channel: Channel::Call,
            consents: Consents {
                call: true,
                ..Consents::default()
            },
            note: None,
            result: Some(SharedResult::Budget {
                cash: Money::dirhams(400_000),
                loan: Some(Money::dirhams(500_000)),
                total: Money::dirhams(900_000),
            }),
            channels: Vec::new(),
            partner: None,
            call_language: None,
            reachable: None,
            stay: None,
            on_behalf: None,
        },
        consent: ConsentProof {
            notice_version: "test-1".to_owned(),
            notice_sha256: "00".repeat(32),
            language: header.language,
            given_at: header.taken_at,
            channel: Channel::Call,
        },
        staff: None,
        header,
    }
}

/// An envelope with any bytes as its sealed content.
pub fn envelope_of(header: LeadHeader, plain: &[u8], recipient: &Recipient) -> Result<Envelope, SealError> {
    let sealed = seal(plain, std::slice::from_ref(recipient))?;
    Ok(Envelope {
        header,
        sha256: sha256_hex(&sealed),
        sealed,
    })
}

/// A sealed sample lead with the given identifier. Sealing is random: no two calls give the same bytes.
pub fn envelope(id: Uuid, recipient: &Recipient) -> Result<Envelope, SealError> {
    let record = record(header(id), "+33612000001");
    let plain = serde_json::to_vec(&record).unwrap_or_default();
    envelope_of(record.header, &plain, recipient)
}

/// A batch of `leads` new leads.
pub fn batch(leads: usize, recipient: &Recipient) -> Result<LeadBatch, SealError> {
    let items = (0..leads).map(|_| envelope(Uuid::now_v7(), recipient));
    Ok(LeadBatch {
        items: items.collect::<Result<_, _>>()?,
    })
}
