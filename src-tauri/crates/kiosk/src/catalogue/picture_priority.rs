//! The order in which the pictures of a catalogue are downloaded. Must not know: downloads.

use expo_domain::{Catalogue, Picture, Rendition, UnitStatus};
use std::collections::{HashMap, HashSet};

/// Hash and size of every picture file, most needed first: covers of projects with available units, covers of sold-out
/// projects, galleries in the same order, and the large files last. Projects keep the order of the catalogue.
pub(crate) fn by_priority(content: &Catalogue) -> Vec<(String, u64)> {
    let (available, sold_out) = by_availability(content);
    let file = |r: &Rendition| (r.hash.clone(), r.bytes);
    let mut ordered = Vec::new();
    for covers in [covers(&available), covers(&sold_out)] {
        ordered.extend(covers.iter().map(|p| file(&p.small)));
        ordered.extend(covers.iter().map(|p| file(&p.medium)));
    }
    for gallery in [&available, &sold_out] {
        ordered.extend(gallery.iter().map(|p| file(&p.small)));
        ordered.extend(gallery.iter().map(|p| file(&p.medium)));
    }
    ordered.extend(available.iter().chain(&sold_out).map(|p| file(&p.large)));
    let mut seen = HashSet::new();
    ordered.retain(|(hash, _)| seen.insert(hash.clone()));
    ordered
}

/// Pictures of projects with available units and of projects without, in the order of projects and positions.
fn by_availability(content: &Catalogue) -> (Vec<&Picture>, Vec<&Picture>) {
    let project_position: HashMap<&str, usize> = content
        .projects
        .iter()
        .zip(0..)
        .map(|(p, ord)| (p.id.as_str(), ord))
        .collect();
    let project_of_group: HashMap<&str, &str> = content
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.project.as_str()))
        .collect();
    let units = content.units.iter().filter(|u| u.status == UnitStatus::Available);
    let with_available_units: HashSet<&str> = units
        .filter_map(|u| project_of_group.get(u.group.as_str()).copied())
        .collect();
    let mut pictures: Vec<&Picture> = content.pictures.iter().collect();
    pictures.sort_by_key(|p| (project_position.get(p.project.as_str()).copied(), p.position));
    pictures
        .into_iter()
        .partition(|p| with_available_units.contains(p.project.as_str()))
}

/// The first picture of each project.
fn covers<'c>(pictures: &[&'c Picture]) -> Vec<&'c Picture> {
    let mut covers = pictures.to_vec();
    covers.dedup_by(|a, b| a.project == b.project);
    covers
}
