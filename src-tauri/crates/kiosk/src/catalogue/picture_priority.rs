//! In which order the pictures of a catalogue are needed.

use domain::{Catalogue, Picture, Rendition, UnitStatus};
use std::collections::{HashMap, HashSet};

/// Picture files in order of need. Projects come as exploring shows them, those that are sold out last: first the covers
/// of what can be had, then of what cannot, then the galleries, the largest files at the end.
pub(crate) fn by_need(content: &Catalogue) -> Vec<(String, u64)> {
    let (open, sold_out) = as_shown(content);
    let file = |r: &Rendition| (r.hash.clone(), r.bytes);
    let mut ordered = Vec::new();
    for covers in [first_of_each(&open), first_of_each(&sold_out)] {
        ordered.extend(covers.iter().map(|p| file(&p.small)));
        ordered.extend(covers.iter().map(|p| file(&p.medium)));
    }
    for gallery in [&open, &sold_out] {
        ordered.extend(gallery.iter().map(|p| file(&p.small)));
        ordered.extend(gallery.iter().map(|p| file(&p.medium)));
    }
    ordered.extend(open.iter().chain(&sold_out).map(|p| file(&p.large)));
    let mut seen = HashSet::new();
    ordered.retain(|(hash, _)| seen.insert(hash.clone()));
    ordered
}

/// Pictures of projects with units that can be had, and of those without, in the order of projects and positions.
fn as_shown(content: &Catalogue) -> (Vec<&Picture>, Vec<&Picture>) {
    let place: HashMap<&str, usize> = content
        .projects
        .iter()
        .zip(0..)
        .map(|(p, ord)| (p.id.as_str(), ord))
        .collect();
    let project: HashMap<&str, &str> = content
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.project.as_str()))
        .collect();
    let units = content.units.iter().filter(|u| u.status == UnitStatus::Available);
    let can_be_had: HashSet<&str> = units
        .filter_map(|u| project.get(u.group.as_str()).copied())
        .collect();
    let mut pictures: Vec<&Picture> = content.pictures.iter().collect();
    pictures.sort_by_key(|p| (place.get(p.project.as_str()).copied(), p.position));
    pictures
        .into_iter()
        .partition(|p| can_be_had.contains(p.project.as_str()))
}

fn first_of_each<'c>(pictures: &[&'c Picture]) -> Vec<&'c Picture> {
    let mut covers = pictures.to_vec();
    covers.dedup_by(|a, b| a.project == b.project);
    covers
}
