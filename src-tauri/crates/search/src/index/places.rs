//! Places of the catalogue and those that people may ask for although nothing is sold there, with every name as words.
//! Owns which catalogue town is which known town. Must not know projects.

use crate::gazetteer::{self, KnownTown};
use crate::text;
use domain::place::distance_km;
use domain::{Catalogue, Region, Texts, Town};

/// A catalogue town so near to a known one is the same, whatever it is called.
const SAME_PLACE_KM: f64 = 1.0;
/// Farther away, a town of the same name is another.
const SAME_NAME_KM: f64 = 40.0;

/// A place with its names.
#[derive(Debug)]
pub(crate) struct Place {
    pub what: What,
    /// Its name, to be shown.
    pub name: Texts,
    /// Every spelling, the shown names first.
    pub names: Vec<String>,
    /// Degrees north and east; `None` for a region.
    pub at: Option<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Place of a town in `catalogue.towns`.
    Town(usize),
    Region(Region),
    /// Not in the catalogue.
    Known,
}

/// Catalogue towns in their order, then regions, then the towns that the catalogue lacks.
pub(crate) fn places(catalogue: &Catalogue) -> Vec<Place> {
    let known = gazetteer::towns();
    let mut taken = vec![false; known.len()];
    let mut places: Vec<Place> = Vec::new();
    for (at, town) in catalogue.towns.iter().enumerate() {
        let same = known.iter().position(|known| is_same(town, known));
        let mut names: Vec<String> = town.name.0.values().chain(&town.aliases).cloned().collect();
        if let Some(same) = same {
            taken[same] = true;
            names.extend(spellings(&known[same]));
        }
        places.push(Place {
            what: What::Town(at),
            name: town.name.clone(),
            names,
            at: Some((town.latitude, town.longitude)),
        });
    }
    for (region, others) in gazetteer::regions() {
        let name = region.names();
        places.push(Place {
            what: What::Region(region),
            names: name
                .0
                .values()
                .cloned()
                .chain(others.into_iter().map(str::to_owned))
                .collect(),
            name,
            at: None,
        });
    }
    for (town, _) in known.into_iter().zip(taken).filter(|(_, taken)| !taken) {
        places.push(Place {
            what: What::Known,
            names: spellings(&town).collect(),
            at: Some(town.at),
            name: town.name,
        });
    }
    places
}

fn spellings(town: &KnownTown) -> impl Iterator<Item = String> {
    let others = town.others.iter().map(|name| (*name).to_owned());
    town.name.0.values().cloned().chain(others)
}

fn is_same(town: &Town, known: &KnownTown) -> bool {
    let km = distance_km((town.latitude, town.longitude), known.at);
    let same_name = || {
        let words = |name: &String| text::pieces(name).map(|(_, word)| word).collect::<String>();
        let known: Vec<String> = known.name.0.values().map(words).collect();
        town.name.0.values().any(|name| known.contains(&words(name)))
    };
    km < SAME_PLACE_KM || (town.region == known.region && km < SAME_NAME_KM && same_name())
}
