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

/// The next edition, and the changes that lead to it and back.
pub struct Edition {
    /// Text of the edition before.
    pub basis: String,
    /// Text of this one.
    pub snapshot: String,
    /// Version of the edition before.
    pub from: u64,
    /// To this edition.
    pub there: Way,
    /// To what stood before, as a version of its own.
    pub back: Way,
    key: PublisherKey,
}

/// A change, whatever versions it leads between.
pub struct Way {
    to: Checkpoint,
    packed: Vec<u8>,
}

impl Edition {
    /// Changes what a bundle holds.
    pub fn after(old: &Bundle) -> Result<Self, Failure> {
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
            there: Way { to, packed: there },
            back: Way {
                to: from,
                packed: back,
            },
            basis,
            snapshot: text,
            key: PublisherKey::from_text(Demonstration::PUBLISHER_KEY)?,
        })
    }

    /// A way from a version to the next one: what is signed, and the change as it is sent.
    pub fn step(&self, way: &Way, from: u64) -> Result<(SignedCheckpoint, Vec<u8>), Failure> {
        let to = Checkpoint {
            version: from + 1,
            ..way.to.clone()
        };
        Ok((sign(&to, &self.key)?, way.between(from, to.version)?))
    }
}

impl Way {
    /// Bytes as sent.
    pub fn length(&self) -> usize {
        self.packed.len()
    }

    /// Steps of the change.
    pub fn steps(&self) -> Result<usize, Failure> {
        Ok(self.plan()?.0.lines().count() - 1)
    }

    /// The plan, and the values as they are packed.
    fn plan(&self) -> Result<(String, &[u8]), Failure> {
        let end = zstd::zstd_safe::find_frame_compressed_size(&self.packed)
            .map_err(zstd::zstd_safe::get_error_name)?;
        let plan = zstd::decode_all(&self.packed[..end])?;
        Ok((String::from_utf8(plan)?, &self.packed[end..]))
    }

    fn between(&self, from: u64, to: u64) -> Result<Vec<u8>, Failure> {
        let (plan, values) = self.plan()?;
        let (_, steps) = plan.split_once('\n').unwrap_or_default();
        let header = Header {
            delta: delta::FORMAT,
            from,
            to,
        };
        let plan = format!("{}\n{steps}", serde_json::to_string(&header)?);
        Ok([&zstd::bulk::compress(plan.as_bytes(), 22)?, values].concat())
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
