//! Figures of projects that decide among equal hits. Must not know words.

use crate::index::Projects;
use crate::places::Place;
use domain::{Catalogue, UnitStatus};
use std::cmp::Reverse;
use std::collections::HashMap;

pub(crate) fn projects(catalogue: &Catalogue, places: &[Place], title_words: Vec<u8>) -> Projects {
    let town_at: HashMap<&str, Option<(f64, f64)>> = catalogue
        .towns
        .iter()
        .zip(places)
        .map(|(town, place)| (town.id.as_str(), place.at))
        .collect();
    let available = available(catalogue);
    let mut order: Vec<u32> = (0..catalogue.projects.len() as u32).collect();
    order.sort_by_key(|ord| Reverse(available[*ord as usize]));
    Projects {
        at: catalogue
            .projects
            .iter()
            .map(|project| {
                let own = project.latitude.zip(project.longitude);
                own.or_else(|| town_at.get(project.town.as_str()).copied().flatten())
            })
            .collect(),
        title_words,
        order,
    }
}

/// Available units by project.
fn available(catalogue: &Catalogue) -> Vec<u32> {
    let ords: HashMap<&str, usize> = catalogue
        .projects
        .iter()
        .enumerate()
        .map(|(ord, p)| (p.id.as_str(), ord))
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
