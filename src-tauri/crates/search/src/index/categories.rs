//! Words for what is sold, how far it is and what is around, in the eight languages: "appartement", "piso", "شقة",
//! "lot", "piscine". Owns which words mean which. Must not know titles or places.

use domain::{Catalogue, Delivery, ProductType, UnitStatus};
use std::collections::{BTreeSet, HashMap};

/// A kind with its words and the projects it holds for.
#[derive(Debug)]
pub(crate) struct Kind {
    pub words: Vec<&'static str>,
    /// Places in `catalogue.projects`, ascending.
    pub projects: Vec<u32>,
}

/// All kinds of the catalogue.
pub(crate) fn kinds(catalogue: &Catalogue) -> Vec<Kind> {
    let groups = groups(catalogue);
    let types = types_by_project(catalogue, &groups);
    let rooms = rooms_by_project(catalogue, &groups);
    let holding = |fits: &dyn Fn(usize) -> bool| -> Vec<u32> {
        (0..catalogue.projects.len())
            .filter(|ord| fits(*ord))
            .map(|ord| ord as u32)
            .collect()
    };
    include_str!("../words/kinds.csv")
        .lines()
        .filter_map(|line| line.split_once(';'))
        .filter_map(|(code, words)| {
            let projects = match code.split_once(':') {
                None => {
                    let kind = ProductType::from_code(code)?;
                    holding(&|ord| types[ord].contains(&kind))
                }
                Some(("delivery", code)) => {
                    let delivery = Delivery::from_code(code)?;
                    holding(&|ord| catalogue.projects[ord].delivery == delivery)
                }
                Some(("rooms", rooms_wanted)) => {
                    let wanted = rooms_wanted.parse().ok()?;
                    holding(&|ord| rooms[ord].contains(&wanted))
                }
                Some((_, feature)) => {
                    holding(&|ord| catalogue.projects[ord].features.iter().any(|f| f == feature))
                }
            };
            Some(Kind {
                words: words.split('|').collect(),
                projects,
            })
        })
        .collect()
}

/// Place of the project and type, by id of a group.
type Groups<'a> = HashMap<&'a str, (usize, ProductType)>;

fn groups(catalogue: &Catalogue) -> Groups<'_> {
    let projects = catalogue.projects.iter().enumerate();
    let ords: HashMap<&str, usize> = projects
        .map(|(ord, project)| (project.id.as_str(), ord))
        .collect();
    let groups = catalogue.groups.iter();
    groups
        .filter_map(|group| {
            Some((
                group.id.as_str(),
                (*ords.get(group.project.as_str())?, group.product_type),
            ))
        })
        .collect()
}

fn types_by_project(catalogue: &Catalogue, groups: &Groups) -> Vec<BTreeSet<ProductType>> {
    let mut types = vec![BTreeSet::new(); catalogue.projects.len()];
    for (ord, product_type) in groups.values() {
        types[*ord].insert(*product_type);
    }
    types
}

/// Rooms of the units that can be had; 5 stands for more, too.
fn rooms_by_project(catalogue: &Catalogue, groups: &Groups) -> Vec<BTreeSet<u32>> {
    let mut rooms = vec![BTreeSet::new(); catalogue.projects.len()];
    for unit in catalogue
        .units
        .iter()
        .filter(|unit| unit.status == UnitStatus::Available)
    {
        if let (Some((ord, _)), Some(number)) = (groups.get(unit.group.as_str()), unit.rooms) {
            rooms[*ord].insert(number.min(5));
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_delivery_has_words_and_every_code_is_known() {
        let lines: Vec<_> = include_str!("../words/kinds.csv").lines().collect();
        assert_eq!(kinds(&Catalogue::default()).len(), lines.len());
        let codes: BTreeSet<&str> = lines.iter().filter_map(|l| Some(l.split_once(';')?.0)).collect();
        for kind in ProductType::ALL {
            assert!(codes.contains(kind.code()), "{}", kind.code());
        }
        for delivery in Delivery::ALL {
            assert!(codes.contains(format!("delivery:{}", delivery.code()).as_str()));
        }
    }
}
