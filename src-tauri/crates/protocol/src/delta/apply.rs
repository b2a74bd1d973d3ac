//! Applying a delta. It may come from anybody: memory stays within the catalogue and the caps, and whatever does not fit
//! is an error, never a panic.

use super::plan::{Step, What, touched};
use super::{About, DeltaError, FORMAT, Header, Keyed, Kind, packed};
use crate::SnapshotError;
use crate::snapshot::check_references;
use domain::{Catalogue, Group, Offer, Picture, Project, RowTexts, Subsidiary, Town, Unit};
use serde_json::{Map, Value};
use std::iter::{Enumerate, Peekable};
use std::str::Lines;

/// Between which versions a delta leads. Unpacks at most `most` bytes.
pub fn header(packed: &[u8], most: u64) -> Result<Header, DeltaError> {
    let (plan, _) = packed::decompress(packed, "", most)?;
    first_line(&plan)
}

/// The catalogue that a delta leads to from `old`, with identifiers and references checked; neither frame may unpack to
/// more than `most` bytes. Whether it is the wanted catalogue is for the caller to check by
/// [`crate::snapshot::content_sha256`].
pub fn apply(old: &Catalogue, packed: &[u8], most: u64) -> Result<Catalogue, DeltaError> {
    let told = |e: serde_json::Error| DeltaError::Packed(e.to_string());
    let new = follow(RowTexts::of(old).map_err(told)?, packed, most)?;
    let new = new.read().map_err(told)?;
    check_references(&new)?;
    Ok(new)
}

/// The same on rows that are texts; those that stay as they are are not read. Identifiers and references are not checked.
pub fn follow(mut rows: RowTexts, packed: &[u8], most: u64) -> Result<RowTexts, DeltaError> {
    let (plan, rest) = packed::decompress(packed, "", most)?;
    first_line(&plan)?;
    let steps = steps(&plan)?;
    let mut about = vec![About::text(&rows)?];
    let values = packed::decompress(rest, &all_touched(&about, &rows, &steps)?, most)?;
    if !values.1.is_empty() {
        return Err(DeltaError::Packed("more follows its two frames".to_owned()));
    }
    let mut edits = Edits {
        steps: steps.into_iter().peekable(),
        values: values.0.lines().enumerate(),
    };
    edits.make::<About>(&mut about)?;
    edits.make::<Subsidiary>(&mut rows.subsidiaries)?;
    edits.make::<Town>(&mut rows.towns)?;
    edits.make::<Project>(&mut rows.projects)?;
    edits.make::<Group>(&mut rows.groups)?;
    edits.make::<Unit>(&mut rows.units)?;
    edits.make::<Offer>(&mut rows.offers)?;
    edits.make::<Picture>(&mut rows.pictures)?;
    if edits.values.next().is_some() {
        return Err(DeltaError::Packed("it has more values than steps".to_owned()));
    }
    let [about] = <[String; 1]>::try_from(about).map_err(|about| SnapshotError::About(about.len()))?;
    let about: About = serde_json::from_str(&about).map_err(|e| DeltaError::Packed(e.to_string()))?;
    rows.demonstration = about.demonstration;
    rows.notice = about.notice;
    Ok(rows)
}

fn first_line(plan: &str) -> Result<Header, DeltaError> {
    let first = plan.lines().next().unwrap_or_default();
    let header: Header = serde_json::from_str(first).map_err(|e| DeltaError::Header(e.to_string()))?;
    if header.delta != FORMAT {
        return Err(DeltaError::Header(format!("format {}", header.delta)));
    }
    Ok(header)
}

pub(super) fn steps(plan: &str) -> Result<Vec<Step>, DeltaError> {
    let lines = plan.lines().enumerate().skip(1);
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|e| DeltaError::Step {
                line: index + 1,
                problem: e.to_string(),
            })
        })
        .collect()
}

/// The older rows that the values are packed against, all kinds.
pub(super) fn all_touched(about: &[String], old: &RowTexts, steps: &[Step]) -> Result<String, DeltaError> {
    let mut lines = String::new();
    let steps = &mut steps.iter().copied().peekable();
    for (kind, rows) in [
        (Kind::About, about),
        (Kind::Subsidiary, &old.subsidiaries),
        (Kind::Town, &old.towns),
        (Kind::Project, &old.projects),
        (Kind::Group, &old.groups),
        (Kind::Unit, &old.units),
        (Kind::Offer, &old.offers),
        (Kind::Picture, &old.pictures),
    ] {
        touched(kind, rows, steps, &mut lines)?;
    }
    match steps.next() {
        Some(step) => Err(DeltaError::Misplaced(step.0.name())),
        None => Ok(lines),
    }
}

struct Edits<'a, S: Iterator<Item = Step>> {
    steps: Peekable<S>,
    values: Enumerate<Lines<'a>>,
}

impl<S: Iterator<Item = Step>> Edits<'_, S> {
    /// Follows the steps of one kind.
    fn make<T: Keyed>(&mut self, rows: &mut Vec<String>) -> Result<(), DeltaError> {
        if self.steps.peek().is_none_or(|step| step.0 != T::KIND) {
            return Ok(());
        }
        let misplaced = || DeltaError::Misplaced(T::KIND.name());
        let mut new = Vec::with_capacity(rows.len());
        let mut rest = std::mem::take(rows).into_iter();
        while let Some(Step(_, what, stay)) = self.steps.next_if(|step| step.0 == T::KIND) {
            new.extend(
                rest.by_ref()
                    .take(usize::try_from(stay).map_err(|_| misplaced())?),
            );
            match what {
                What::Gone => drop(rest.next().ok_or_else(misplaced)?),
                What::Edit => {
                    let old = rest.next().ok_or_else(misplaced)?;
                    new.push(self.value::<T>(|value| edited(&old, value))?);
                }
                What::Put => new.push(self.value::<T>(|value| serde_json::from_str(value))?),
            }
        }
        new.extend(rest);
        *rows = new;
        Ok(())
    }

    /// The text of the row that the next value makes.
    fn value<T: Keyed>(
        &mut self,
        row: impl FnOnce(&str) -> Result<T, serde_json::Error>,
    ) -> Result<String, DeltaError> {
        let (index, value) = self
            .values
            .next()
            .ok_or_else(|| DeltaError::Packed("it has fewer values than steps".to_owned()))?;
        let row = row(value).and_then(|row| serde_json::to_string(&row));
        row.map_err(|e| DeltaError::Value {
            kind: T::KIND.name(),
            line: index + 1,
            problem: e.to_string(),
        })
    }
}

/// A row with other values in some of its fields.
fn edited<T: Keyed>(old: &str, fields: &str) -> Result<T, serde_json::Error> {
    let mut row: Value = serde_json::from_str(old)?;
    for (name, value) in serde_json::from_str::<Map<String, Value>>(fields)? {
        match row.get_mut(&name) {
            Some(field) => *field = value,
            None => {
                return Err(serde::de::Error::custom(format_args!(
                    "there is no field {name:?}"
                )));
            }
        }
    }
    serde_json::from_value(row)
}
