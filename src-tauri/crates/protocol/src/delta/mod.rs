//! The way from one version of the catalogue to the next. Pure; whether the result is the signed catalogue is for its
//! content checksum to say, so a delta needs no signature of its own.
//!
//! Two zstd frames, one after the other. The first is the plan: `{"delta":2,"from":F,"to":T}`, then a step a line,
//! `["unit","edit",99]`: kind of row, what is done, and how many rows of the older list stay as they are before that.
//! The second holds the values of the steps that have one, a line each, packed against the older rows that the plan
//! touches: neither side needs the older text as a whole, and what stands in those rows already costs next to nothing.

mod apply;
mod make;
mod packed;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::{apply, follow, header};
pub use make::{make, pack};

use crate::{Checkpoint, SnapshotError};
use domain::{Catalogue, Group, Offer, Picture, Project, RowTexts, Subsidiary, Texts, Town, Unit};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Format of deltas that this program writes and reads.
pub const FORMAT: u32 = 2;

/// The first line of a plan: between which versions a delta leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Format, [`FORMAT`].
    pub delta: u32,
    /// Version it starts from.
    pub from: u64,
    /// Version it leads to.
    pub to: u64,
}

impl Header {
    /// The header between two published versions.
    pub const fn between(from: &Checkpoint, to: &Checkpoint) -> Self {
        Self {
            delta: FORMAT,
            from: from.version,
            to: to.version,
        }
    }
}

/// Why a delta cannot be made or applied. Nothing of it counts then; the snapshot is there for that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeltaError {
    /// It does not begin with a header of a known format.
    #[error("it does not begin with the header of a delta: {0}")]
    Header(String),
    /// A line of the plan that is no step.
    #[error("line {line} of the plan is not a step: {problem}")]
    Step {
        /// Counted from 1.
        line: usize,
        /// What was found.
        problem: String,
    },
    /// A step beyond the end of the rows, or kinds that do not follow the order of a snapshot.
    #[error("a step for a {0} lies beyond the last one, or kinds are out of order")]
    Misplaced(&'static str),
    /// A value that does not fit its step.
    #[error("value {line} is none for its {kind}: {problem}")]
    Value {
        /// Kind of the step's row.
        kind: &'static str,
        /// Counted from 1.
        line: usize,
        /// What was found.
        problem: String,
    },
    /// The result is no catalogue.
    #[error("the result is no catalogue: {0}")]
    Broken(#[from] SnapshotError),
    /// It cannot be packed or unpacked.
    #[error("it does not unpack: {0}")]
    Packed(String),
}

/// Kinds of rows, by the names and in the order that they have in a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    About,
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
            Self::About => "about",
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

/// What a catalogue says of itself: a list of one row, like any other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct About {
    demonstration: bool,
    notice: Texts,
}

impl Keyed for About {
    const KIND: Kind = Kind::About;
    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}

impl About {
    fn of(catalogue: &Catalogue) -> Self {
        Self {
            demonstration: catalogue.demonstration,
            notice: catalogue.notice.clone(),
        }
    }

    fn text(texts: &RowTexts) -> Result<String, DeltaError> {
        let about = Self {
            demonstration: texts.demonstration,
            notice: texts.notice.clone(),
        };
        serde_json::to_string(&about).map_err(|e| DeltaError::Packed(e.to_string()))
    }
}
