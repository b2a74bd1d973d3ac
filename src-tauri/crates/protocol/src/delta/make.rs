//! Making a delta: what differs between two versions, said as briefly as the lines allow.

use super::{About, Header, Keyed, Kind};
use domain::Catalogue;
use serde::Serialize;
use std::collections::HashMap;

#[derive(Serialize)]
struct Gone<'a> {
    gone: Kind,
    id: &'a str,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "a delta says so")]
struct Put<'a, T> {
    put: Kind,
    at: usize,
    row: &'a T,
}

#[derive(Serialize)]
struct Described {
    about: About,
}

/// The delta from `old` to `new`, both whole catalogues.
pub fn make(old: &Catalogue, new: &Catalogue, header: &Header) -> Result<String, serde_json::Error> {
    let mut lines = Lines::default();
    line(&mut lines.gone, header)?;
    lines.between(&old.subsidiaries, &new.subsidiaries)?;
    lines.between(&old.towns, &new.towns)?;
    lines.between(&old.projects, &new.projects)?;
    lines.between(&old.groups, &new.groups)?;
    lines.between(&old.units, &new.units)?;
    lines.between(&old.offers, &new.offers)?;
    lines.between(&old.pictures, &new.pictures)?;
    if (old.demonstration, &old.notice) != (new.demonstration, &new.notice) {
        let about = About {
            demonstration: new.demonstration,
            notice: new.notice.clone(),
        };
        line(&mut lines.put, &Described { about })?;
    }
    Ok(lines.gone + &lines.put)
}

#[derive(Default)]
struct Lines {
    gone: String,
    put: String,
}

impl Lines {
    fn between<T: Keyed>(&mut self, old: &[T], new: &[T]) -> Result<(), serde_json::Error> {
        let places: HashMap<_, usize> = old.iter().enumerate().map(|(at, row)| (row.key(), at)).collect();
        let former: Vec<Option<usize>> = new.iter().map(|row| places.get(&row.key()).copied()).collect();
        let stays = longest_ascending(&former);
        let mut is_there = vec![false; old.len()];
        for (at, row) in new.iter().enumerate() {
            if let Some(place) = former[at].filter(|_| stays[at]) {
                is_there[place] = true;
                // Texts are compared, not values: 0.0 and -0.0 are equal and have different checksums.
                if serde_json::to_string(&old[place])? == serde_json::to_string(row)? {
                    continue;
                }
            }
            let put = T::KIND;
            line(&mut self.put, &Put { put, at, row })?;
        }
        for (row, _) in old.iter().zip(is_there).filter(|(_, stays)| !stays) {
            let (gone, id) = (T::KIND, row.key());
            line(&mut self.gone, &Gone { gone, id: &id })?;
        }
        Ok(())
    }
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
