//! Answers that are well-formed and wrong: what a cache, a proxy or a confused server may say. `None` leaves it at an
//! answer that cannot be read. Never a receipt for the very bytes sent: that is a promise, and a platform that lies
//! cannot be survived.

use crate::chance::Chance;
use crate::editions::Editions;
use protocol::{Erasure, Erasures, LeadBatch, LeadReceipts, Outcome, Receipt, SignedCheckpoint};
use serde_json::{Value, json};
use uuid::Uuid;

/// Receipts for other bytes, other revisions, none, contradicting ones, those that put off, and conflicts that are none.
pub fn receipts(batch: &LeadBatch, chance: &mut Chance) -> Option<LeadReceipts> {
    let way = chance.within(0..=6);
    let receipt = |outcome| {
        move |envelope: &protocol::Envelope| Receipt {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256.clone(),
            outcome,
        }
    };
    let each = |change: fn(Receipt) -> Receipt| {
        let receipts = batch.items.iter().map(receipt(Outcome::Accepted));
        receipts.map(change).collect()
    };
    let receipts = match way {
        0 => return None,
        1 => each(|receipt| Receipt {
            sha256: "00".repeat(32),
            ..receipt
        }),
        2 => each(|receipt| Receipt {
            revision: receipt.revision + 1,
            ..receipt
        }),
        3 => Vec::new(),
        4 => batch.items.iter().map(receipt(Outcome::Retry)).collect(),
        5 => batch.items.iter().map(receipt(Outcome::Conflict)).collect(),
        _ => {
            let twice =
                |envelope| [Outcome::Accepted, Outcome::Retry].map(|outcome| receipt(outcome)(envelope));
            batch.items.iter().flat_map(twice).collect()
        }
    };
    Some(LeadReceipts { receipts })
}

/// A checkpoint with a changed digit, or, where anything is `published`, the first one.
pub fn checkpoint(editions: &Editions, published: bool, chance: &mut Chance) -> Option<SignedCheckpoint> {
    let any = editions.all[chance.index(editions.all.len())].signed.clone();
    match chance.within(0..=2) {
        0 => None,
        1 => Some(SignedCheckpoint {
            checkpoint: any.checkpoint.replacen("\"version\":1", "\"version\":9", 1),
            ..any
        }),
        _ => published.then(|| editions.all[0].signed.clone()),
    }
}

/// The snapshot of another version, or a changed byte.
pub fn snapshot(editions: &Editions, version: u64, chance: &mut Chance) -> Option<Vec<u8>> {
    let other = &editions.all[chance.index(editions.all.len())];
    match chance.within(0..=2) {
        0 => None,
        1 => Some(other.snapshot.clone()),
        _ => {
            let mut bytes = editions.of(version)?.snapshot.clone();
            let place = chance.index(bytes.len());
            bytes[place] ^= 1 << chance.within(0..=7);
            Some(bytes)
        }
    }
}

/// Changes to another catalogue, or cut short.
pub fn delta(editions: &Editions, between: (u64, u64), chance: &mut Chance) -> Option<Vec<u8>> {
    match chance.within(0..=4) {
        0 => None,
        1..=3 => editions.wrong_deltas.get(&between).cloned(),
        _ => {
            let mut bytes = editions.deltas.get(&between)?.clone();
            bytes.truncate(chance.index(bytes.len()));
            Some(bytes)
        }
    }
}

/// Another picture.
pub fn picture(editions: &Editions, chance: &mut Chance) -> Option<Vec<u8>> {
    let place = chance.index(editions.pictures.len());
    let any = editions.pictures.values().nth(place).cloned();
    any.filter(|_| chance.one_in(2))
}

/// Erasures in no order.
pub fn erasures(chance: &mut Chance) -> Option<Erasures> {
    let erasure = |seq| Erasure {
        seq,
        id: Uuid::from_u128(u128::from(seq)),
    };
    chance.one_in(2).then(|| Erasures {
        erasures: vec![erasure(9_000_002), erasure(9_000_001)],
        newest: 9_000_002,
    })
}

/// No configuration at all.
pub fn configuration(chance: &mut Chance) -> Option<Value> {
    let noise = [
        json!([1, 2]),
        json!({"version": "new"}),
        json!("hello"),
        json!({}),
    ];
    chance.one_in(2).then(|| noise[chance.index(noise.len())].clone())
}
