//! A next catalogue version in which one row in a hundred is changed, removed or added, with signed deltas in both
//! directions. Must not know the bench.

use crate::Failure;
use expo_bundle::Bundle;
use expo_domain::{Catalogue, Money};
use expo_kiosk_core::Demonstration;
use expo_protocol::delta::{self, Header};
use expo_protocol::{Checkpoint, SignedCheckpoint, snapshot};
use expo_vault::signature::PublisherKey;

/// One row in this many changes.
const ROWS_PER_CHANGE: usize = 100;

/// The next catalogue version, and the deltas to it and back.
pub struct NextVersion {
    /// Snapshot text of the version before.
    pub old_snapshot: String,
    /// Snapshot text of the next version.
    pub new_snapshot: String,
    /// Number of the version before.
    pub from: u64,
    /// Delta to the next version.
    pub forward: VersionDelta,
    /// Delta back to the content of the version before, as a version with a higher number.
    pub back: VersionDelta,
    key: PublisherKey,
}

/// A delta whose version numbers can be replaced.
pub struct VersionDelta {
    to: Checkpoint,
    bytes: Vec<u8>,
}

impl NextVersion {
    /// Changes the catalogue of a bundle.
    pub fn after(old: &Bundle) -> Result<Self, Failure> {
        let new = changed(&old.catalogue);
        let (old_snapshot, text) = (snapshot::write(&old.catalogue)?, snapshot::write(&new)?);
        let from = (*old.checkpoint).clone();
        let to = Checkpoint {
            version: from.version + 1,
            rows: snapshot::row_counts(&new),
            content_sha256: snapshot::content_sha256(&text),
            snapshot_plain_bytes: text.len() as u64,
            ..from.clone()
        };
        let forward = delta::make(&old.catalogue, &new, &Header::between(&from, &to))?;
        let back = delta::make(&new, &old.catalogue, &Header::between(&to, &from))?;
        Ok(Self {
            from: from.version,
            forward: VersionDelta { to, bytes: forward },
            back: VersionDelta {
                to: from,
                bytes: back,
            },
            old_snapshot,
            new_snapshot: text,
            key: PublisherKey::from_text(Demonstration::PUBLISHER_KEY)?,
        })
    }

    /// The signed checkpoint and the delta from version `from` to `from + 1`, as they are sent.
    pub fn delta_from(
        &self,
        delta: &VersionDelta,
        from: u64,
    ) -> Result<(SignedCheckpoint, Vec<u8>), Failure> {
        let to = Checkpoint {
            version: from + 1,
            ..delta.to.clone()
        };
        Ok((fixtures::sign(&to, &self.key), delta.between(from, to.version)?))
    }
}

impl VersionDelta {
    /// Length in bytes, as sent.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Number of steps.
    pub fn steps(&self) -> Result<usize, Failure> {
        Ok(self.plan()?.0.lines().count() - 1)
    }

    /// The plan as text, and the compressed values.
    fn plan(&self) -> Result<(String, &[u8]), Failure> {
        let end = zstd::zstd_safe::find_frame_compressed_size(&self.bytes)
            .map_err(zstd::zstd_safe::get_error_name)?;
        let plan = zstd::decode_all(&self.bytes[..end])?;
        Ok((String::from_utf8(plan)?, &self.bytes[end..]))
    }

    /// The delta with other version numbers.
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

/// Changes prices and texts, removes some units and adds some.
fn changed(old: &Catalogue) -> Catalogue {
    let mut new = old.clone();
    for project in new.projects.iter_mut().step_by(ROWS_PER_CHANGE) {
        project.description = project.title.clone();
    }
    let mut added = Vec::new();
    let mut ord = 0;
    new.units.retain_mut(|unit| {
        ord += 1;
        let change = ord / ROWS_PER_CHANGE;
        if !ord.is_multiple_of(ROWS_PER_CHANGE) {
            return true;
        }
        unit.price = Money(unit.price.0 / 100 * 99);
        if change.is_multiple_of(10) {
            let mut other = unit.clone();
            other.id = format!("{}-new", unit.id);
            added.push(other);
        }
        !change.is_multiple_of(11)
    });
    new.units.extend(added);
    new
}
