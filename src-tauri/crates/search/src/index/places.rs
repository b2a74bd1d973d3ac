//! Towns and regions of the catalogue, and towns without projects that visitors may ask for. Owns which catalogue town
//! is which town of the gazetteer. Must not know projects.

use super::gazetteer::{self, GazetteerTown};
use crate::tokenizer;
use expo_domain::place::distance_km;
use expo_domain::{Catalogue, Region, Texts, Town};

/// Within this distance, a catalogue town is the gazetteer town, whatever its name.
const SAME_PLACE_KM: f64 = 1.0;
/// Beyond this distance, a town of the same name is another town.
const SAME_NAME_KM: f64 = 40.0;

/// A town or region with its names.
#[derive(Debug)]
pub(crate) struct Place {
    pub kind: PlaceKind,
    /// The name to show.
    pub name: Texts,
    /// All names and spellings, the shown names first.
    pub spellings: Vec<String>,
    /// Latitude and longitude in degrees; `None` for a region.
    pub coordinates: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    /// A town, by its index in `catalogue.towns`.
    Town(usize),
    Region(Region),
    /// A town of the gazetteer that is not in the catalogue.
    Unlisted,
}

/// The towns of the catalogue in its order, then the regions, then the towns that are not in the catalogue.
pub(super) fn places(catalogue: &Catalogue) -> Vec<Place> {
    let gazetteer = gazetteer::towns();
    let mut is_listed = vec![false; gazetteer.len()];
    let mut places: Vec<Place> = Vec::new();
    for (index, town) in catalogue.towns.iter().enumerate() {
        let entry = gazetteer.iter().position(|entry| is_same_town(town, entry));
        let mut spellings: Vec<String> = town.name.0.values().chain(&town.aliases).cloned().collect();
        if let Some(entry) = entry {
            is_listed[entry] = true;
            spellings.extend(gazetteer_spellings(&gazetteer[entry]));
        }
        places.push(Place {
            kind: PlaceKind::Town(index),
            name: town.name.clone(),
            spellings,
            coordinates: Some((town.latitude, town.longitude)),
        });
    }
    for (region, other_names) in gazetteer::regions() {
        let name = region.names();
        places.push(Place {
            kind: PlaceKind::Region(region),
            spellings: name
                .0
                .values()
                .cloned()
                .chain(other_names.into_iter().map(str::to_owned))
                .collect(),
            name,
            coordinates: None,
        });
    }
    let unlisted = gazetteer.into_iter().zip(is_listed);
    for (town, _) in unlisted.filter(|(_, is_listed)| !is_listed) {
        places.push(Place {
            kind: PlaceKind::Unlisted,
            spellings: gazetteer_spellings(&town).collect(),
            coordinates: Some(town.coordinates),
            name: town.name,
        });
    }
    places
}

fn gazetteer_spellings(town: &GazetteerTown) -> impl Iterator<Item = String> {
    let other_names = town.other_names.iter().map(|name| (*name).to_owned());
    town.name.0.values().cloned().chain(other_names)
}

fn is_same_town(town: &Town, entry: &GazetteerTown) -> bool {
    let km = distance_km((town.latitude, town.longitude), entry.coordinates);
    let has_same_name = || {
        let folded = |name: &String| tokenizer::tokens(name).map(|(_, word)| word).collect::<String>();
        let names: Vec<String> = entry.name.0.values().map(folded).collect();
        town.name.0.values().any(|name| names.contains(&folded(name)))
    };
    km < SAME_PLACE_KM || (town.region == entry.region && km < SAME_NAME_KM && has_same_name())
}
