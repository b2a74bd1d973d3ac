//! The way from one version of the catalogue to the next: rows that are gone, then rows that are put, as lines of JSON,
//! packed against the text of the version it starts from. Pure; whether the result is the signed catalogue is for its
//! content checksum to say, so a delta needs no signature of its own.
//!
//! First line `{"delta":1,"from":F,"to":T,"from_sha256":…,"to_sha256":…}`, then `{"gone":"unit","id":"U-1"}`,
//! `{"put":"unit","at":17,"row":{…}}` and `{"about":{…}}`. `at` is the row's place in the new list of its kind. A
//! changed row keeps its place among those that stay and replaces the row of the same identifier; a new or moved row is
//! inserted, a moved one is gone before.

mod apply;
mod make;
mod packed;
#[cfg(test)]
mod tests;

pub use apply::{apply, header};
pub use make::make;
pub use packed::{compress, decompress};

use crate::{Checkpoint, SnapshotError};
use domain::{Group, Offer, Picture, Project, Subsidiary, Texts, Town, Unit};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Format of deltas that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The first line: between which versions a delta leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Format, [`FORMAT`].
    pub delta: u32,
    /// Version it starts from.
    pub from: u64,
    /// Version it leads to.
    pub to: u64,
    /// Content checksum of the version it starts from.
    pub from_sha256: String,
    /// Content checksum of the version it leads to.
    pub to_sha256: String,
}

impl Header {
    /// The header between two published versions.
    pub fn between(from: &Checkpoint, to: &Checkpoint) -> Self {
        Self {
            delta: FORMAT,
            from: from.version,
            to: to.version,
            from_sha256: from.content_sha256.clone(),
            to_sha256: to.content_sha256.clone(),
        }
    }
}

/// Why a delta cannot be made or applied. Nothing of it counts then; the snapshot is there for that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeltaError {
    /// It does not begin with a header of a known format.
    #[error("it does not begin with the header of a delta: {0}")]
    Header(String),
    /// A line that is no change.
    #[error("line {line} is not a change: {problem}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What was found.
        problem: String,
    },
    /// A row that is to go is not there.
    #[error("a {0} that is to go is not there, or goes twice")]
    NotThere(&'static str),
    /// Places that do not ascend, or lie beyond the end.
    #[error("a {0} is put at a place that cannot be")]
    Misplaced(&'static str),
    /// The result is no catalogue.
    #[error("the result is no catalogue: {0}")]
    Broken(#[from] SnapshotError),
    /// It cannot be packed or unpacked.
    #[error("it does not unpack: {0}")]
    Packed(String),
}

/// Kinds of rows, by the names they have in a delta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Subsidiary,
    Town,
    Project,
    Group,
    Unit,
    Offer,
    Picture,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Subsidiary => "subsidiary",
            Self::Town => "town",
            Self::Project => "project",
            Self::Group => "group",
            Self::Unit => "unit",
            Self::Offer => "offer",
            Self::Picture => "picture",
        }
    }
}

/// A row that has an identifier of its kind.
trait Keyed: Serialize + DeserializeOwned {
    const KIND: Kind;
    fn key(&self) -> Cow<'_, str>;
}

macro_rules! keyed_by_id {
    ($($row:ident),+) => {$(
        impl Keyed for $row {
            const KIND: Kind = Kind::$row;
            fn key(&self) -> Cow<'_, str> {
                Cow::Borrowed(&self.id)
            }
        }
    )+};
}

keyed_by_id!(Subsidiary, Town, Project, Group, Unit, Offer);

impl Keyed for Picture {
    const KIND: Kind = Kind::Picture;
    fn key(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}/{}", self.project, self.position))
    }
}

/// What a catalogue says of itself, when that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    demonstration: bool,
    notice: Texts,
}
