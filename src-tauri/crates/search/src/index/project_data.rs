//! Data of projects that ranking and distances need. Must not know words.

use super::places::Place;
use expo_domain::{Catalogue, UnitStatus};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Data by project ordinal.
#[derive(Debug)]
pub(crate) struct ProjectData {
    /// Latitude and longitude in degrees, of the project or of its town.
    pub coordinates: Vec<Option<(f64, f64)>>,
    /// Number of words in the shortest title, without stop words.
    pub title_words: Vec<u8>,
    /// Project ordinals in the order for equal matches: most available units first, then as in the catalogue.
    pub tie_order: Vec<u32>,
}

impl ProjectData {
    pub fn new(catalogue: &Catalogue, places: &[Place], title_words: Vec<u8>) -> Self {
        let town_coordinates: HashMap<&str, Option<(f64, f64)>> = catalogue
            .towns
            .iter()
            .zip(places)
            .map(|(town, place)| (town.id.as_str(), place.coordinates))
            .collect();
        let available = available_units(catalogue);
        let mut tie_order: Vec<u32> = (0..catalogue.projects.len() as u32).collect();
        tie_order.sort_by_key(|ord| Reverse(available[*ord as usize]));
        Self {
            coordinates: catalogue
                .projects
                .iter()
                .map(|project| {
                    let own = project.latitude.zip(project.longitude);
                    own.or_else(|| town_coordinates.get(project.town.as_str()).copied().flatten())
                })
                .collect(),
            title_words,
            tie_order,
        }
    }

    /// Number of projects.
    pub fn len(&self) -> usize {
        self.tie_order.len()
    }
}

/// Number of available units by project.
fn available_units(catalogue: &Catalogue) -> Vec<u32> {
    let ords: HashMap<&str, usize> = catalogue
        .projects
        .iter()
        .enumerate()
        .map(|(ord, project)| (project.id.as_str(), ord))
        .collect();
    let groups: HashMap<&str, usize> = catalogue
        .groups
        .iter()
        .filter_map(|group| Some((group.id.as_str(), *ords.get(group.project.as_str())?)))
        .collect();
    let mut available = vec![0; catalogue.projects.len()];
    for unit in &catalogue.units {
        if unit.status == UnitStatus::Available
            && let Some(ord) = groups.get(unit.group.as_str())
        {
            available[*ord] += 1;
        }
    }
    available
}
