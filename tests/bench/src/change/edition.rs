//! The next edition of a catalogue: one row in a hundred changed, gone or new, signed as a publisher signs it, with the
//! way there and back. Must not know what is measured.

use crate::Failure;
use bundle::Bundle;
use domain::{Catalogue, Money};
use kiosk::Demonstration;
use protocol::delta::{self, Header};
use protocol::{Checkpoint, SignedCheckpoint, snapshot};
use vault::signature::PublisherKey;

/// One row in so many is touched.
const ONE_IN: usize = 100;

/// The next edition and the change that leads to it.
pub struct Edition {
    /// Version before.
    pub from: u64,
    /// Version of this edition.
    pub to: u64,
    /// Text of the edition before.
    pub basis: String,
    /// Text of this one.
    pub snapshot: String,
    /// Its checkpoint.
    pub signed: SignedCheckpoint,
    /// The change as sent.
    pub packed: Vec<u8>,
    /// Lines of the change.
    pub lines: usize,
    /// The way back to what stood before, as a version of its own that bears the old number.
    pub back: Vec<u8>,
    /// Checkpoint of that.
    pub back_signed: SignedCheckpoint,
}

impl Edition {
    /// Changes what a bundle holds.
    pub fn after(old: &Bundle) -> Result<Self, Failure> {
        let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY)?;
        let new = changed(&old.catalogue);
        let (basis, text) = (snapshot::write(&old.catalogue)?, snapshot::write(&new)?);
        let from = old.checkpoint.clone();
        let to = Checkpoint {
            version: from.version + 1,
            rows: snapshot::counts(&new),
            content_sha256: snapshot::content_sha256(&text),
            snapshot_plain_bytes: text.len() as u64,
            ..from.clone()
        };
        let there = delta::make(&old.catalogue, &new, &Header::between(&from, &to))?;
        let back = delta::make(&new, &old.catalogue, &Header::between(&to, &from))?;
        Ok(Self {
            from: from.version,
            to: to.version,
            packed: delta::compress(&there, &basis)?,
            lines: there.lines().count() - 1,
            back: delta::compress(&back, &text)?,
            signed: sign(&to, &key)?,
            back_signed: old.signed.clone(),
            basis,
            snapshot: text,
        })
    }
}

/// Prices and texts change, some units are gone, some are new.
fn changed(old: &Catalogue) -> Catalogue {
    let mut new = old.clone();
    for project in new.projects.iter_mut().step_by(ONE_IN) {
        project.description = project.title.clone();
    }
    let mut added = Vec::new();
    let mut ord = 0;
    new.units.retain_mut(|unit| {
        ord += 1;
        let turn = ord / ONE_IN;
        if !ord.is_multiple_of(ONE_IN) {
            return true;
        }
        unit.price = Money(unit.price.0 / 100 * 99);
        if turn.is_multiple_of(10) {
            let mut other = unit.clone();
            other.id = format!("{}-new", unit.id);
            added.push(other);
        }
        !turn.is_multiple_of(11)
    });
    new.units.extend(added);
    new
}

fn sign(checkpoint: &Checkpoint, key: &PublisherKey) -> Result<SignedCheckpoint, Failure> {
    let text = serde_json::to_string(checkpoint)?;
    let signature = key.sign(text.as_bytes(), "bench")?;
    Ok(SignedCheckpoint {
        checkpoint: text,
        signature,
    })
}
