//! Making a delta: what differs between two versions, said as briefly as the lines allow.

use super::apply::{all_touched, steps};
use super::plan::{Step, What};
use super::{About, DeltaError, Header, Keyed, packed};
use domain::{Catalogue, RowTexts};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The delta from `old` to `new`, both whole catalogues, packed as it is sent.
pub fn make(old: &Catalogue, new: &Catalogue, header: &Header) -> Result<Vec<u8>, DeltaError> {
    let (plan, values) = write(old, new, header).map_err(|e| DeltaError::Packed(e.to_string()))?;
    pack(&plan, &values, old)
}

/// Packs a plan and its values for whoever holds `old`.
pub fn pack(plan: &str, values: &str, old: &Catalogue) -> Result<Vec<u8>, DeltaError> {
    let old = RowTexts::of(old).map_err(|e| DeltaError::Packed(e.to_string()))?;
    let touched = all_touched(&[About::text(&old)?], &old, &steps(plan)?)?;
    let mut packed = packed::compress(plan, "")?;
    packed.extend(packed::compress(values, &touched)?);
    Ok(packed)
}

fn write(old: &Catalogue, new: &Catalogue, header: &Header) -> Result<(String, String), serde_json::Error> {
    let mut written = Written::default();
    line(&mut written.plan, header)?;
    written.between(&[About::of(old)], &[About::of(new)])?;
    written.between(&old.subsidiaries, &new.subsidiaries)?;
    written.between(&old.towns, &new.towns)?;
    written.between(&old.projects, &new.projects)?;
    written.between(&old.groups, &new.groups)?;
    written.between(&old.units, &new.units)?;
    written.between(&old.offers, &new.offers)?;
    written.between(&old.pictures, &new.pictures)?;
    Ok((written.plan, written.values))
}

#[derive(Default)]
struct Written {
    plan: String,
    values: String,
    /// Older rows that stay as they are before the next step.
    stay: u64,
}

impl Written {
    fn between<T: Keyed>(&mut self, old: &[T], new: &[T]) -> Result<(), serde_json::Error> {
        let places: HashMap<_, usize> = old.iter().enumerate().map(|(at, row)| (row.key(), at)).collect();
        let former: Vec<Option<usize>> = new.iter().map(|row| places.get(&row.key()).copied()).collect();
        let keeps_order = longest_ascending(&former);
        let mut next = 0;
        self.stay = 0;
        for (at, row) in new.iter().enumerate() {
            let Some(place) = former[at].filter(|_| keeps_order[at]) else {
                self.step::<T>(What::Put)?;
                line(&mut self.values, row)?;
                continue;
            };
            (next..place).try_for_each(|_| self.step::<T>(What::Gone))?;
            next = place + 1;
            match changed(&old[place], row)? {
                Some(fields) => {
                    self.step::<T>(What::Edit)?;
                    line(&mut self.values, &fields)?;
                }
                None => self.stay += 1,
            }
        }
        (next..old.len()).try_for_each(|_| self.step::<T>(What::Gone))
    }

    fn step<T: Keyed>(&mut self, what: What) -> Result<(), serde_json::Error> {
        line(
            &mut self.plan,
            &Step(T::KIND, what, std::mem::take(&mut self.stay)),
        )
    }
}

/// The fields of `new` that differ from `old`. Texts are compared, not values: 0.0 and -0.0 are equal and have different
/// checksums.
fn changed<T: Keyed>(old: &T, new: &T) -> Result<Option<Map<String, Value>>, serde_json::Error> {
    if serde_json::to_string(old)? == serde_json::to_string(new)? {
        return Ok(None);
    }
    let mut fields: Map<String, Value> = serde_json::from_value(serde_json::to_value(new)?)?;
    for (name, value) in serde_json::from_value::<Map<String, Value>>(serde_json::to_value(old)?)? {
        let text = serde_json::to_string(&value)?;
        if fields.get(&name).map(serde_json::to_string).transpose()? == Some(text) {
            fields.remove(&name);
        }
    }
    Ok(Some(fields))
}

fn line<T: Serialize>(text: &mut String, value: &T) -> Result<(), serde_json::Error> {
    text.push_str(&serde_json::to_string(value)?);
    text.push('\n');
    Ok(())
}

/// Which of the rows with a former place keep their order: a longest run of ascending places, so that the fewest rows
/// count as moved.
fn longest_ascending(places: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is the row with the lowest place that ends a run of n + 1 rows; `before` links each run backwards.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (row, place) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        let length = ends.partition_point(|end| places[*end] < *place);
        before[row] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = row,
            None => ends.push(row),
        }
    }
    let mut stays = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(row) = next {
        stays[row] = true;
        next = before[row];
    }
    stays
}
