//! Steps, and the walk over the older rows that they describe. Both sides walk: the maker's packing and the reader's
//! unpacking have to name the same older rows.

use super::{DeltaError, Kind};
use crate::snapshot::line_of;
use serde::{Deserialize, Serialize};
use std::iter::Peekable;

/// What is done at a place of the older list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// The next older row goes.
    Gone,
    /// The next older row stays, with other values in some fields.
    Edit,
    /// A row is put in before the next older one.
    Put,
}

/// One step: kind of row, what is done, and how many older rows of that kind stay as they are before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step(pub Kind, pub What, pub u64);

/// Adds the older rows of one kind that steps touch, as the lines of a snapshot: those that go or are edited, and before
/// a row that is put in the one that stands there, once.
pub(super) fn touched(
    kind: Kind,
    rows: &[String],
    steps: &mut Peekable<impl Iterator<Item = Step>>,
    lines: &mut String,
) -> Result<(), DeltaError> {
    let misplaced = || DeltaError::Misplaced(kind.name());
    let (mut next, mut last) = (0, None);
    while let Some(Step(_, what, stay)) = steps.next_if(|step| step.0 == kind) {
        next = usize::try_from(stay)
            .ok()
            .and_then(|stay| stay.checked_add(next))
            .filter(|next| *next <= rows.len())
            .ok_or_else(misplaced)?;
        let touches = match what {
            What::Put => next.checked_sub(1),
            What::Gone | What::Edit => Some(next),
        };
        if let Some(place) = touches.filter(|place| last != Some(*place)) {
            lines.extend(line_of(kind.name(), rows.get(place).ok_or_else(misplaced)?));
            last = Some(place);
        }
        if what != What::Put {
            next += 1;
        }
    }
    Ok(())
}
