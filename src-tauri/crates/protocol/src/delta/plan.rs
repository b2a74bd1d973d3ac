//! Steps of a plan, and the old rows that they touch. The side that makes a delta and the side that applies it both
//! compute the touched rows, and must get the same ones.

use super::{DeltaError, Kind};
use crate::snapshot::row_line;
use serde::{Deserialize, Serialize};
use std::iter::Peekable;

/// Action at a position of the list of old rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Action {
    /// Delete the next old row.
    #[serde(rename = "gone")]
    Delete,
    /// Change some fields of the next old row.
    Edit,
    /// Insert a row before the next old row.
    #[serde(rename = "put")]
    Insert,
}

/// One step: kind of row, action, and how many old rows of that kind stay unchanged before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step(pub Kind, pub Action, pub u64);

/// Appends the old rows of one kind that the steps touch, as snapshot lines: deleted and edited rows, and the row before
/// each inserted row. Each row is appended once.
pub(super) fn touched_rows(
    kind: Kind,
    rows: &[String],
    steps: &mut Peekable<impl Iterator<Item = Step>>,
    lines: &mut String,
) -> Result<(), DeltaError> {
    let misplaced = || DeltaError::Misplaced(kind.name());
    let (mut next, mut last) = (0, None);
    while let Some(Step(_, action, unchanged)) = steps.next_if(|step| step.0 == kind) {
        next = usize::try_from(unchanged)
            .ok()
            .and_then(|unchanged| unchanged.checked_add(next))
            .filter(|next| *next <= rows.len())
            .ok_or_else(misplaced)?;
        let touched = match action {
            Action::Insert => next.checked_sub(1),
            Action::Delete | Action::Edit => Some(next),
        };
        if let Some(index) = touched.filter(|index| last != Some(*index)) {
            lines.extend(row_line(kind.name(), rows.get(index).ok_or_else(misplaced)?));
            last = Some(index);
        }
        if action != Action::Insert {
            next += 1;
        }
    }
    Ok(())
}
