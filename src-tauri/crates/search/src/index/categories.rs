//! Categories of projects and their words in eight languages: product types, delivery states, features and numbers of
//! rooms ("appartement", "piso", "شقة", "lot", "piscine"). Must not know titles or places.

use expo_domain::{Catalogue, Delivery, ProductType, UnitStatus};
use std::collections::{BTreeSet, HashMap};

/// A category with its words and its projects.
#[derive(Debug)]
pub(super) struct Category {
    pub words: Vec<&'static str>,
    /// Project ordinals, ascending.
    pub projects: Vec<u32>,
}

/// All categories, with the projects of this catalogue.
pub(super) fn categories(catalogue: &Catalogue) -> Vec<Category> {
    let groups = groups(catalogue);
    let types = types_by_project(catalogue, &groups);
    let rooms = rooms_by_project(catalogue, &groups);
    let projects_where = |is_match: &dyn Fn(usize) -> bool| -> Vec<u32> {
        (0..catalogue.projects.len())
            .filter(|ord| is_match(*ord))
            .map(|ord| ord as u32)
            .collect()
    };
    include_str!("../../words/categories.csv")
        .lines()
        .filter_map(|line| line.split_once(';'))
        .filter_map(|(code, words)| {
            let projects = match code.split_once(':') {
                None => {
                    let product_type = ProductType::from_code(code)?;
                    projects_where(&|ord| types[ord].contains(&product_type))
                }
                Some(("delivery", code)) => {
                    let delivery = Delivery::from_code(code)?;
                    projects_where(&|ord| catalogue.projects[ord].delivery == delivery)
                }
                Some(("rooms", number)) => {
                    let number = number.parse().ok()?;
                    projects_where(&|ord| rooms[ord].contains(&number))
                }
                Some((_, feature)) => {
                    projects_where(&|ord| catalogue.projects[ord].features.iter().any(|f| f == feature))
                }
            };
            Some(Category {
                words: words.split('|').collect(),
                projects,
            })
        })
        .collect()
}

/// Project ordinal and product type by identifier of a group.
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

/// Numbers of rooms of the available units. 5 means 5 or more.
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
    fn all_types_and_deliveries_have_words_and_valid_codes() {
        let lines: Vec<_> = include_str!("../../words/categories.csv").lines().collect();
        assert_eq!(categories(&Catalogue::default()).len(), lines.len());
        let codes: BTreeSet<&str> = lines.iter().filter_map(|l| Some(l.split_once(';')?.0)).collect();
        for product_type in ProductType::ALL {
            assert!(codes.contains(product_type.code()), "{}", product_type.code());
        }
        for delivery in Delivery::ALL {
            assert!(codes.contains(format!("delivery:{}", delivery.code()).as_str()));
        }
    }
}
