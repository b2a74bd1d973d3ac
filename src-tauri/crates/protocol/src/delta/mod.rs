//! Deltas: the difference between two catalogue versions. Pure functions. A delta needs no signature: the content
//! checksum shows whether the result is the signed catalogue.
//!
//! A delta consists of two zstd frames. The first is the plan: `{"delta":2,"from":F,"to":T}`, then one step per line.
//! A step such as `["unit","edit",99]` names the kind of row, the action, and how many old rows stay unchanged before
//! it. The second frame contains the values of the steps that have one, one per line. It is compressed with the old rows
//! that the plan touches as a dictionary. So both sides need only those old rows, and unchanged parts cost almost nothing.

mod apply;
mod compression;
mod make;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::{apply, apply_to_rows, header};
pub use make::{make, pack};

use crate::{Checkpoint, SnapshotError};
use expo_domain::{
    Catalogue, Document, Group, JsonRows, Offer, Picture, Project, Subsidiary, Texts, Town, Unit,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Version of the delta format that this program writes and reads.
pub const FORMAT: u32 = 2;

/// First line of a plan: the versions of a delta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeltaHeader))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Format, 2.
    #[cfg_attr(feature = "schema", schema(minimum = 2, maximum = 2))]
    pub delta: u32,
    /// Version that the delta applies to.
    pub from: u64,
    /// Version that results.
    pub to: u64,
}

impl Header {
    /// The header of a delta between two published versions.
    pub const fn between(from: &Checkpoint, to: &Checkpoint) -> Self {
        Self {
            delta: FORMAT,
            from: from.version,
            to: to.version,
        }
    }
}

/// Why a delta cannot be made or applied. It then has no effect, and the kiosk uses the snapshot instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeltaError {
    /// It does not start with a header of a known format.
    #[error("it does not start with the header of a delta: {0}")]
    Header(String),
    /// A line of the plan that is not a step.
    #[error("line {line} of the plan is not a step: {problem}")]
    Step {
        /// Number of the line, from 1.
        line: usize,
        /// Parse error.
        problem: String,
    },
    /// A step beyond the end of the rows, or kinds that do not follow the order of a snapshot.
    #[error("a step for a {0} lies beyond the last row, or kinds are out of order")]
    Misplaced(&'static str),
    /// A value that does not match its step.
    #[error("value {line} does not match its {kind}: {problem}")]
    Value {
        /// Kind of the step's row.
        kind: &'static str,
        /// Number of the line, from 1.
        line: usize,
        /// Parse error.
        problem: String,
    },
    /// The result is not a valid catalogue.
    #[error("the result is not a valid catalogue: {0}")]
    InvalidCatalogue(#[from] SnapshotError),
    /// It cannot be encoded or decoded.
    #[error("it cannot be encoded or decoded: {0}")]
    Malformed(String),
}

/// Kinds of rows, with the names and in the order of a snapshot.
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
    Document,
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
            Self::Document => "document",
        }
    }
}

/// A row with an identifier that is unique among its kind.
trait Keyed: Serialize + DeserializeOwned {
    const KIND: Kind;
    /// Fields that a row leaves out if it has no value for them.
    const OPTIONAL_FIELDS: &'static [&'static str] = &[];
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

keyed_by_id!(Subsidiary, Town, Project, Group, Offer, Document);

impl Keyed for Unit {
    const KIND: Kind = Kind::Unit;
    const OPTIONAL_FIELDS: &'static [&'static str] = &["outline"];
    fn key(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.id)
    }
}

impl Keyed for Picture {
    const KIND: Kind = Kind::Picture;
    fn key(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}/{}", self.project, self.position))
    }
}

/// Properties of the catalogue itself, treated as a list of one row.
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

    fn json(rows: &JsonRows) -> Result<String, DeltaError> {
        let about = Self {
            demonstration: rows.demonstration,
            notice: rows.notice.clone(),
        };
        serde_json::to_string(&about).map_err(|e| DeltaError::Malformed(e.to_string()))
    }
}
