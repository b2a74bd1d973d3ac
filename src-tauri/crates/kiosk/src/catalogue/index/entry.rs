//! Entries of the index: a project with everything that queries need of its units. Must not know: queries.

use super::units::{Traits, UnitFacts};
use crate::catalogue::error::CatalogueError;
use expo_domain::rules::UnitRules;
use expo_domain::{Group, Money, Offer, Picture, ProductType, Project, Region, Town, Unit, UnitStatus};
use std::collections::{BTreeMap, HashMap};

/// A project in the index.
pub(crate) struct Entry {
    pub project: Project,
    pub region: Region,
    pub cover: Option<Picture>,
    /// Product types of its unit groups, sold out or not.
    pub types: Vec<ProductType>,
    /// Number of available units.
    pub available: u32,
    /// Number of reserved units, which can become available again.
    pub reserved: u32,
    /// Smallest and largest surface of available units, in square decimetres.
    pub surface_dm2: Option<(i64, i64)>,
    /// Lowest price of an available unit.
    pub price_from: Option<Money>,
    /// Whether an available unit may be eligible for the direct aid.
    pub aid: bool,
    /// Position of the first valid offer in the offers of the index. A sold-out project has none.
    pub offer: Option<usize>,
}

/// One entry per project, in the same order, without units.
pub(super) fn entries(
    projects: &[Project],
    towns: &BTreeMap<String, Town>,
    pictures: &[Picture],
    offers: &[Offer],
) -> Result<Vec<Entry>, CatalogueError> {
    let covers = covers(pictures);
    let entry = |project: &Project| {
        let town = towns.get(&project.town);
        let town = town.ok_or_else(|| CatalogueError::MissingTown {
            project: project.id.clone(),
        })?;
        Ok(Entry {
            region: town.region,
            cover: covers.get(project.id.as_str()).copied().cloned(),
            types: Vec::new(),
            available: 0,
            reserved: 0,
            surface_dm2: None,
            price_from: None,
            aid: false,
            offer: offers
                .iter()
                .position(|o| o.projects.is_empty() || o.projects.contains(&project.id)),
            project: project.clone(),
        })
    };
    projects.iter().map(entry).collect()
}

/// The first picture of each project.
fn covers(pictures: &[Picture]) -> HashMap<&str, &Picture> {
    let mut covers: HashMap<&str, &Picture> = HashMap::new();
    for picture in pictures {
        match covers.get(picture.project.as_str()) {
            Some(cover) if cover.position <= picture.position => {}
            _ => {
                covers.insert(&picture.project, picture);
            }
        }
    }
    covers
}

/// Adds unit groups and units to their entries. Returns the available units, each with the ordinal of its project.
pub(super) fn add_units(
    entries: &mut [Entry],
    by_id: &HashMap<String, usize>,
    groups: &[Group],
    units: &[Unit],
    rules: UnitRules<'_>,
) -> Vec<(usize, UnitFacts)> {
    let mut by_group: HashMap<&str, (usize, ProductType)> = HashMap::new();
    for group in groups {
        if let Some(&ordinal) = by_id.get(&group.project) {
            by_group.insert(&group.id, (ordinal, group.product_type));
            let types = &mut entries[ordinal].types;
            if !types.contains(&group.product_type) {
                types.push(group.product_type);
            }
        }
    }
    let mut available = Vec::new();
    for unit in units {
        let Some(&(ordinal, product_type)) = by_group.get(unit.group.as_str()) else {
            continue;
        };
        match unit.status {
            UnitStatus::Available => {
                available.push((ordinal, entries[ordinal].add(unit, product_type, rules)));
            }
            UnitStatus::Reserved => entries[ordinal].reserved += 1,
            UnitStatus::Sold => {}
        }
    }
    for entry in entries.iter_mut().filter(|entry| entry.is_sold_out()) {
        entry.offer = None;
    }
    available
}

impl Entry {
    /// Whether no unit is available and none is reserved.
    pub const fn is_sold_out(&self) -> bool {
        self.available == 0 && self.reserved == 0
    }

    fn add(&mut self, unit: &Unit, product_type: ProductType, rules: UnitRules<'_>) -> UnitFacts {
        let aid = rules.assess(&self.project, product_type, unit).amount();
        let to_plan = rules.to_plan(unit.price, product_type).high;
        let (low, high) = self.surface_dm2.unwrap_or((unit.surface_dm2, unit.surface_dm2));
        self.available += 1;
        self.surface_dm2 = Some((low.min(unit.surface_dm2), high.max(unit.surface_dm2)));
        self.price_from = Some(self.price_from.map_or(unit.price, |price| price.min(unit.price)));
        self.aid |= aid.is_some();
        UnitFacts {
            price: unit.price,
            to_plan,
            to_plan_with_aid: to_plan - aid.unwrap_or_default(),
            surface_dm2: unit.surface_dm2,
            traits: Traits::of(unit, product_type, aid.is_some()),
        }
    }
}
