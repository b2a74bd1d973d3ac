//! Responses that are well-formed and wrong, as a cache, a proxy or a faulty server may send them. `None` stands for a
//! response that cannot be parsed. A receipt for exactly the bytes that were sent is never invented: it promises that
//! the platform holds the lead, and nothing protects against a platform that lies.

use crate::catalogue_versions::CatalogueVersions;
use crate::rng::SeededRng;
use expo_protocol::{Erasure, Erasures, LeadBatch, LeadReceipts, Outcome, Receipt, SignedCheckpoint};
use serde_json::{Value, json};
use uuid::Uuid;

/// Receipts for other bytes or other revisions, no receipts, contradictory receipts, `retry` receipts, or conflicts
/// that do not exist.
pub fn receipts(batch: &LeadBatch, rng: &mut SeededRng) -> Option<LeadReceipts> {
    let variant = rng.within(0..=6);
    let receipt = |outcome| {
        move |envelope: &expo_protocol::Envelope| Receipt {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256.clone(),
            outcome,
        }
    };
    let changed = |change: fn(Receipt) -> Receipt| {
        let receipts = batch.items.iter().map(receipt(Outcome::Accepted));
        receipts.map(change).collect()
    };
    let receipts = match variant {
        0 => return None,
        1 => changed(|receipt| Receipt {
            sha256: "00".repeat(32),
            ..receipt
        }),
        2 => changed(|receipt| Receipt {
            revision: receipt.revision + 1,
            ..receipt
        }),
        3 => Vec::new(),
        4 => batch.items.iter().map(receipt(Outcome::Retry)).collect(),
        5 => batch.items.iter().map(receipt(Outcome::Conflict)).collect(),
        _ => {
            let contradictory =
                |envelope| [Outcome::Accepted, Outcome::Retry].map(|outcome| receipt(outcome)(envelope));
            batch.items.iter().flat_map(contradictory).collect()
        }
    };
    Some(LeadReceipts { receipts })
}

/// A checkpoint with a changed digit or, if a version is published, the first checkpoint.
pub fn checkpoint(
    versions: &CatalogueVersions,
    is_published: bool,
    rng: &mut SeededRng,
) -> Option<SignedCheckpoint> {
    let any = versions.all[rng.index(versions.all.len())].signed.clone();
    match rng.within(0..=2) {
        0 => None,
        1 => Some(SignedCheckpoint {
            checkpoint: any.checkpoint.replacen("\"version\":1", "\"version\":9", 1),
            ..any
        }),
        _ => is_published.then(|| versions.all[0].signed.clone()),
    }
}

/// The snapshot of any version, or the right one with a changed bit.
pub fn snapshot(versions: &CatalogueVersions, version: u64, rng: &mut SeededRng) -> Option<Vec<u8>> {
    let other = &versions.all[rng.index(versions.all.len())];
    match rng.within(0..=2) {
        0 => None,
        1 => Some(other.snapshot.clone()),
        _ => {
            let mut bytes = versions.get(version)?.snapshot.clone();
            let index = rng.index(bytes.len());
            bytes[index] ^= 1 << rng.within(0..=7);
            Some(bytes)
        }
    }
}

/// A delta to another catalogue, or the right one cut short.
pub fn delta(versions: &CatalogueVersions, between: (u64, u64), rng: &mut SeededRng) -> Option<Vec<u8>> {
    match rng.within(0..=4) {
        0 => None,
        1..=3 => versions.wrong_deltas.get(&between).cloned(),
        _ => {
            let mut bytes = versions.deltas.get(&between)?.clone();
            bytes.truncate(rng.index(bytes.len()));
            Some(bytes)
        }
    }
}

/// Any picture.
pub fn picture(versions: &CatalogueVersions, rng: &mut SeededRng) -> Option<Vec<u8>> {
    let index = rng.index(versions.pictures.len());
    let any = versions.pictures.values().nth(index).cloned();
    any.filter(|_| rng.one_in(2))
}

/// Erasures that are not in ascending order.
pub fn erasures(rng: &mut SeededRng) -> Option<Erasures> {
    let erasure = |seq| Erasure {
        seq,
        id: Uuid::from_u128(u128::from(seq)),
    };
    rng.one_in(2).then(|| Erasures {
        erasures: vec![erasure(9_000_002), erasure(9_000_001)],
        newest: 9_000_002,
    })
}

/// JSON that is not a configuration.
pub fn configuration(rng: &mut SeededRng) -> Option<Value> {
    let invalid = [
        json!([1, 2]),
        json!({"version": "new"}),
        json!("hello"),
        json!({}),
    ];
    rng.one_in(2).then(|| invalid[rng.index(invalid.len())].clone())
}
