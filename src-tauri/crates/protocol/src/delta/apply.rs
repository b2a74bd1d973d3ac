//! Applying a delta. It may come from anybody: memory stays within the catalogue and the text, and whatever does not fit
//! is an error, never a panic.

use super::{About, DeltaError, FORMAT, Header, Keyed, Kind};
use crate::snapshot::check_references;
use domain::Catalogue;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    Gone { gone: Kind, id: String },
    Put { put: Kind, at: usize, row: Value },
    About { about: About },
}

/// What is to be done to the rows of one kind.
#[derive(Default)]
struct Edits {
    gone: HashSet<String>,
    /// Line, place and row.
    put: Vec<(usize, usize, Value)>,
}

/// The first line of a delta.
pub fn header(text: &str) -> Result<Header, DeltaError> {
    let first = text.lines().next().unwrap_or_default();
    let header: Header = serde_json::from_str(first).map_err(|e| DeltaError::Header(e.to_string()))?;
    if header.delta != FORMAT {
        return Err(DeltaError::Header(format!("format {}", header.delta)));
    }
    Ok(header)
}

/// The catalogue that a delta leads to from `old`, with identifiers and references checked. Whether it is the wanted one
/// is for the caller to check by [`crate::snapshot::content_sha256`].
pub fn apply(old: Catalogue, text: &str) -> Result<Catalogue, DeltaError> {
    header(text)?;
    let mut kinds: BTreeMap<Kind, Edits> = BTreeMap::new();
    let mut new = old;
    for (index, line) in text.lines().enumerate().skip(1) {
        let number = index + 1;
        let change = serde_json::from_str(line).map_err(|e| DeltaError::Line {
            line: number,
            problem: e.to_string(),
        })?;
        match change {
            Line::Gone { gone, id } => {
                if !kinds.entry(gone).or_default().gone.insert(id) {
                    return Err(DeltaError::NotThere(gone.name()));
                }
            }
            Line::Put { put, at, row } => kinds.entry(put).or_default().put.push((number, at, row)),
            Line::About { about } => {
                new.demonstration = about.demonstration;
                new.notice = about.notice;
            }
        }
    }
    edit(&mut new.subsidiaries, &mut kinds)?;
    edit(&mut new.towns, &mut kinds)?;
    edit(&mut new.projects, &mut kinds)?;
    edit(&mut new.groups, &mut kinds)?;
    edit(&mut new.units, &mut kinds)?;
    edit(&mut new.offers, &mut kinds)?;
    edit(&mut new.pictures, &mut kinds)?;
    check_references(&new)?;
    Ok(new)
}

fn edit<T: Keyed>(rows: &mut Vec<T>, kinds: &mut BTreeMap<Kind, Edits>) -> Result<(), DeltaError> {
    let Some(edits) = kinds.remove(&T::KIND) else {
        return Ok(());
    };
    let misplaced = || DeltaError::Misplaced(T::KIND.name());
    let before = rows.len();
    if !edits.gone.is_empty() {
        rows.retain(|row| !edits.gone.contains(row.key().as_ref()));
    }
    if before - rows.len() != edits.gone.len() {
        return Err(DeltaError::NotThere(T::KIND.name()));
    }
    if edits.put.is_empty() {
        return Ok(());
    }
    let mut new: Vec<T> = Vec::with_capacity(rows.len() + edits.put.len());
    let mut rest = std::mem::take(rows).into_iter().peekable();
    for (line, at, row) in edits.put {
        let row: T = serde_json::from_value(row).map_err(|e| DeltaError::Line {
            line,
            problem: e.to_string(),
        })?;
        while new.len() < at {
            new.push(rest.next().ok_or_else(misplaced)?);
        }
        if new.len() > at {
            return Err(misplaced());
        }
        // A row that stands elsewhere too comes out twice, which the check of identifiers finds.
        rest.next_if(|old| old.key() == row.key());
        new.push(row);
    }
    new.extend(rest);
    *rows = new;
    Ok(())
}
