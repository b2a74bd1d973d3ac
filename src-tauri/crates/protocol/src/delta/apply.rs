//! Applies a delta. The input is untrusted: memory is bounded by the catalogue and the limits, and invalid input is an
//! error, never a panic.

use super::plan::{Action, Step, touched_rows};
use super::{About, DeltaError, FORMAT, Header, Keyed, Kind, compression};
use crate::SnapshotError;
use crate::snapshot::check_references;
use expo_domain::{Catalogue, Document, Group, JsonRows, Offer, Picture, Project, Subsidiary, Town, Unit};
use serde_json::{Map, Value};
use std::iter::{Enumerate, Peekable};
use std::str::Lines;

/// The versions of a delta. Decompresses at most `max_bytes`.
pub fn header(packed: &[u8], max_bytes: u64) -> Result<Header, DeltaError> {
    let (plan, _) = compression::decompress(packed, "", max_bytes)?;
    first_line(&plan)
}

/// Applies a delta to `old` and checks identifiers and references. Each frame decompresses to at most `max_bytes`. The
/// caller must verify the result with [`crate::snapshot::content_sha256`].
pub fn apply(old: &Catalogue, packed: &[u8], max_bytes: u64) -> Result<Catalogue, DeltaError> {
    let malformed = |e: serde_json::Error| DeltaError::Malformed(e.to_string());
    let new = apply_to_rows(JsonRows::of(old).map_err(malformed)?, packed, max_bytes)?;
    let new = new.read().map_err(malformed)?;
    check_references(&new)?;
    Ok(new)
}

/// Like [`apply`], for rows that are JSON. Does not parse unchanged rows or check identifiers and references.
pub fn apply_to_rows(mut rows: JsonRows, packed: &[u8], max_bytes: u64) -> Result<JsonRows, DeltaError> {
    let (plan, rest) = compression::decompress(packed, "", max_bytes)?;
    first_line(&plan)?;
    let steps = steps(&plan)?;
    let mut about = vec![About::json(&rows)?];
    let values = compression::decompress(rest, &all_touched_rows(&about, &rows, &steps)?, max_bytes)?;
    if !values.1.is_empty() {
        return Err(DeltaError::Malformed(
            "there is data after its two frames".to_owned(),
        ));
    }
    let mut applier = Applier {
        steps: steps.into_iter().peekable(),
        values: values.0.lines().enumerate(),
    };
    applier.apply::<About>(&mut about)?;
    applier.apply::<Subsidiary>(&mut rows.subsidiaries)?;
    applier.apply::<Town>(&mut rows.towns)?;
    applier.apply::<Project>(&mut rows.projects)?;
    applier.apply::<Group>(&mut rows.groups)?;
    applier.apply::<Unit>(&mut rows.units)?;
    applier.apply::<Offer>(&mut rows.offers)?;
    applier.apply::<Picture>(&mut rows.pictures)?;
    applier.apply::<Document>(&mut rows.documents)?;
    if applier.values.next().is_some() {
        return Err(DeltaError::Malformed("it has more values than steps".to_owned()));
    }
    let [about] = <[String; 1]>::try_from(about).map_err(|about| SnapshotError::About(about.len()))?;
    let about: About = serde_json::from_str(&about).map_err(|e| DeltaError::Malformed(e.to_string()))?;
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

/// The old rows of all kinds that the plan touches: the dictionary of the values.
pub(super) fn all_touched_rows(
    about: &[String],
    old: &JsonRows,
    steps: &[Step],
) -> Result<String, DeltaError> {
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
        (Kind::Document, &old.documents),
    ] {
        touched_rows(kind, rows, steps, &mut lines)?;
    }
    match steps.next() {
        Some(step) => Err(DeltaError::Misplaced(step.0.name())),
        None => Ok(lines),
    }
}

struct Applier<'a, S: Iterator<Item = Step>> {
    steps: Peekable<S>,
    values: Enumerate<Lines<'a>>,
}

impl<S: Iterator<Item = Step>> Applier<'_, S> {
    /// Applies the steps of one kind.
    fn apply<T: Keyed>(&mut self, rows: &mut Vec<String>) -> Result<(), DeltaError> {
        if self.steps.peek().is_none_or(|step| step.0 != T::KIND) {
            return Ok(());
        }
        let misplaced = || DeltaError::Misplaced(T::KIND.name());
        let mut new = Vec::with_capacity(rows.len());
        let mut rest = std::mem::take(rows).into_iter();
        while let Some(Step(_, action, unchanged)) = self.steps.next_if(|step| step.0 == T::KIND) {
            new.extend(
                rest.by_ref()
                    .take(usize::try_from(unchanged).map_err(|_| misplaced())?),
            );
            match action {
                Action::Delete => drop(rest.next().ok_or_else(misplaced)?),
                Action::Edit => {
                    let old = rest.next().ok_or_else(misplaced)?;
                    new.push(self.value::<T>(|value| edited(&old, value))?);
                }
                Action::Insert => new.push(self.value::<T>(|value| serde_json::from_str(value))?),
            }
        }
        new.extend(rest);
        *rows = new;
        Ok(())
    }

    /// Takes the next value, makes a row of it with `parse` and returns the row as JSON.
    fn value<T: Keyed>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, serde_json::Error>,
    ) -> Result<String, DeltaError> {
        let (index, value) = self
            .values
            .next()
            .ok_or_else(|| DeltaError::Malformed("it has fewer values than steps".to_owned()))?;
        let row = parse(value).and_then(|row| serde_json::to_string(&row));
        row.map_err(|e| DeltaError::Value {
            kind: T::KIND.name(),
            line: index + 1,
            problem: e.to_string(),
        })
    }
}

/// The row `old` with the given new values of fields.
fn edited<T: Keyed>(old: &str, fields: &str) -> Result<T, serde_json::Error> {
    let mut row: Value = serde_json::from_str(old)?;
    for (name, value) in serde_json::from_str::<Map<String, Value>>(fields)? {
        match row.get_mut(&name) {
            Some(field) => *field = value,
            None if T::OPTIONAL_FIELDS.contains(&name.as_str()) => row[name] = value,
            None => {
                return Err(serde::de::Error::custom(format_args!(
                    "there is no field {name:?}"
                )));
            }
        }
    }
    serde_json::from_value(row)
}
