//! Makes a delta: the shortest plan of row operations between two catalogue versions.

use super::apply::{all_touched_rows, steps};
use super::plan::{Action, Step};
use super::{About, DeltaError, Header, Keyed, compression};
use expo_domain::{Catalogue, JsonRows};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The compressed delta from `old` to `new`.
pub fn make(old: &Catalogue, new: &Catalogue, header: &Header) -> Result<Vec<u8>, DeltaError> {
    let (plan, values) = write(old, new, header).map_err(|e| DeltaError::Malformed(e.to_string()))?;
    pack(&plan, &values, old)
}

/// Compresses a plan and its values for a receiver that has `old`.
pub fn pack(plan: &str, values: &str, old: &Catalogue) -> Result<Vec<u8>, DeltaError> {
    let old = JsonRows::of(old).map_err(|e| DeltaError::Malformed(e.to_string()))?;
    let touched = all_touched_rows(&[About::json(&old)?], &old, &steps(plan)?)?;
    let mut packed = compression::compress(plan, "")?;
    packed.extend(compression::compress(values, &touched)?);
    Ok(packed)
}

fn write(old: &Catalogue, new: &Catalogue, header: &Header) -> Result<(String, String), serde_json::Error> {
    let mut writer = DeltaWriter::default();
    push_line(&mut writer.plan, header)?;
    writer.write_steps(&[About::of(old)], &[About::of(new)])?;
    writer.write_steps(&old.subsidiaries, &new.subsidiaries)?;
    writer.write_steps(&old.towns, &new.towns)?;
    writer.write_steps(&old.projects, &new.projects)?;
    writer.write_steps(&old.groups, &new.groups)?;
    writer.write_steps(&old.units, &new.units)?;
    writer.write_steps(&old.offers, &new.offers)?;
    writer.write_steps(&old.pictures, &new.pictures)?;
    writer.write_steps(&old.documents, &new.documents)?;
    Ok((writer.plan, writer.values))
}

#[derive(Default)]
struct DeltaWriter {
    plan: String,
    values: String,
    /// Number of unchanged old rows since the last step.
    unchanged: u64,
}

impl DeltaWriter {
    /// Writes the steps from the rows `old` to the rows `new` of one kind.
    fn write_steps<T: Keyed>(&mut self, old: &[T], new: &[T]) -> Result<(), serde_json::Error> {
        let old_indices: HashMap<_, usize> = old.iter().enumerate().map(|(i, row)| (row.key(), i)).collect();
        let former: Vec<Option<usize>> = new
            .iter()
            .map(|row| old_indices.get(&row.key()).copied())
            .collect();
        let keeps_order = longest_ascending(&former);
        let mut next = 0;
        self.unchanged = 0;
        for (i, row) in new.iter().enumerate() {
            let Some(old_index) = former[i].filter(|_| keeps_order[i]) else {
                self.step::<T>(Action::Insert)?;
                push_line(&mut self.values, row)?;
                continue;
            };
            (next..old_index).try_for_each(|_| self.step::<T>(Action::Delete))?;
            next = old_index + 1;
            match changed_fields(&old[old_index], row)? {
                Some(fields) => {
                    self.step::<T>(Action::Edit)?;
                    push_line(&mut self.values, &fields)?;
                }
                None => self.unchanged += 1,
            }
        }
        (next..old.len()).try_for_each(|_| self.step::<T>(Action::Delete))
    }

    fn step<T: Keyed>(&mut self, action: Action) -> Result<(), serde_json::Error> {
        let unchanged = std::mem::take(&mut self.unchanged);
        push_line(&mut self.plan, &Step(T::KIND, action, unchanged))
    }
}

/// The fields of `new` that differ from `old`; null for a field that `new` leaves out. Compares JSON texts instead of values, because 0.0 and -0.0 are equal but
/// have different checksums.
fn changed_fields<T: Keyed>(old: &T, new: &T) -> Result<Option<Map<String, Value>>, serde_json::Error> {
    if serde_json::to_string(old)? == serde_json::to_string(new)? {
        return Ok(None);
    }
    let mut fields: Map<String, Value> = serde_json::from_value(serde_json::to_value(new)?)?;
    for (name, value) in serde_json::from_value::<Map<String, Value>>(serde_json::to_value(old)?)? {
        let text = serde_json::to_string(&value)?;
        match fields.get(&name).map(serde_json::to_string).transpose()? {
            Some(new) if new == text => drop(fields.remove(&name)),
            Some(_) => {}
            None => drop(fields.insert(name, Value::Null)),
        }
    }
    Ok(Some(fields))
}

fn push_line<T: Serialize>(text: &mut String, value: &T) -> Result<(), serde_json::Error> {
    text.push_str(&serde_json::to_string(value)?);
    text.push('\n');
    Ok(())
}

/// Marks a longest increasing subsequence of old indices. Its rows keep their order, so the fewest rows are writer as
/// moved.
fn longest_ascending(old_indices: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is the row with the lowest index that ends a subsequence of n + 1 rows; `previous` links backwards.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; old_indices.len()];
    for (row, index) in old_indices
        .iter()
        .enumerate()
        .filter(|(_, index)| index.is_some())
    {
        let length = ends.partition_point(|end| old_indices[*end] < *index);
        previous[row] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = row,
            None => ends.push(row),
        }
    }
    let mut keeps_order = vec![false; old_indices.len()];
    let mut next = ends.last().copied();
    while let Some(row) = next {
        keeps_order[row] = true;
        next = previous[row];
    }
    keeps_order
}
