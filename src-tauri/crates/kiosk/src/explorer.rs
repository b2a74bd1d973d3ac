//! What a selection needs of every project, held in memory: one entry a project, with the lowest price of each
//! product type so that filters over units need no second look at the units.

use crate::KioskError;
use crate::reference::Reference;
use domain::aid::{Aid, AidRule};
use domain::{
    Catalogue, Delivery, Money, Offer, Picture, ProductType, Project, Region, Town, Unit, UnitStatus,
};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use store::catalogue::Version;

/// One version of the catalogue, ready to be explored on one day.
pub(crate) struct Explorer {
    pub version: Arc<Version>,
    pub day: Date,
    pub entries: Vec<Entry>,
    pub offers: Vec<Offer>,
    pub towns: HashMap<String, Town>,
    pub units_available: u32,
    pub notice: domain::Texts,
    by_id: HashMap<String, usize>,
}

/// A project as selections see it.
pub(crate) struct Entry {
    pub project: Project,
    pub region: Region,
    pub cover: Option<Picture>,
    pub types: Vec<ProductType>,
    /// Units that can be had, and their surfaces in square decimetres.
    pub available: u32,
    pub surface_dm2: Option<(i64, i64)>,
    /// Valid on the day.
    pub offer: Option<usize>,
    /// Lowest price of available units by product type: of all, and of those the aid may help with.
    lowest: Vec<(ProductType, Money, Option<Money>)>,
}

impl Entry {
    /// Lowest price of an available unit of these types (all when empty), of those with aid when asked.
    pub fn price_from(&self, types: &[ProductType], aid: bool) -> Option<Money> {
        self.lowest
            .iter()
            .filter(|(product_type, ..)| types.is_empty() || types.contains(product_type))
            .filter_map(|(_, all, aided)| if aid { *aided } else { Some(*all) })
            .min()
    }

    /// Whether some unit fits; types alone are also met by what is sold out, which says so on its page.
    pub fn fits(&self, types: &[ProductType], max_price: Option<Money>, aid: bool) -> bool {
        if max_price.is_none() && !aid {
            return types.is_empty() || self.types.iter().any(|t| types.contains(t));
        }
        self.price_from(types, aid)
            .is_some_and(|price| max_price.is_none_or(|max| price <= max))
    }
}

impl Explorer {
    pub fn build(version: Arc<Version>, reference: &Reference, day: Date) -> Result<Self, KioskError> {
        let Catalogue {
            notice,
            towns,
            projects,
            groups,
            units,
            offers,
            pictures,
            ..
        } = version.read_all()?;
        let towns: HashMap<String, Town> = towns.into_iter().map(|t| (t.id.clone(), t)).collect();
        let offers: Vec<Offer> = offers.into_iter().filter(|o| o.is_valid_on(day)).collect();
        let mut covers: HashMap<String, Picture> = HashMap::new();
        for picture in pictures {
            let cover = covers
                .entry(picture.project.clone())
                .or_insert_with(|| picture.clone());
            if picture.position < cover.position {
                *cover = picture;
            }
        }
        let by_id: HashMap<String, usize> = projects
            .iter()
            .enumerate()
            .map(|(index, p)| (p.id.clone(), index))
            .collect();
        let mut entries: Vec<Entry> = projects
            .into_iter()
            .filter_map(|project| {
                let region = towns.get(&project.town)?.region;
                let cover = covers.remove(&project.id);
                let offer = offers
                    .iter()
                    .position(|o| o.projects.is_empty() || o.projects.contains(&project.id));
                Some(Entry {
                    project,
                    region,
                    cover,
                    types: Vec::new(),
                    available: 0,
                    surface_dm2: None,
                    offer,
                    lowest: Vec::new(),
                })
            })
            .collect();
        let mut places: HashMap<&str, (usize, ProductType)> = HashMap::new();
        for group in &groups {
            if let Some(&index) = by_id.get(&group.project) {
                places.insert(&group.id, (index, group.product_type));
                let types = &mut entries[index].types;
                if !types.contains(&group.product_type) {
                    types.push(group.product_type);
                }
            }
        }
        for unit in &units {
            if let Some(&(index, product_type)) = places.get(unit.group.as_str()) {
                entries[index].add(unit, product_type, reference.aid(day));
            }
        }
        let units_available = entries.iter().map(|e| e.available).sum();
        Ok(Self {
            version,
            day,
            entries,
            offers,
            towns,
            units_available,
            notice,
            by_id,
        })
    }

    /// Whether this is that version, on a day that is still today.
    pub fn shows(&self, version: &Arc<Version>, today: Date) -> bool {
        Arc::ptr_eq(&self.version, version) && self.day == today
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&index| &self.entries[index])
    }

    pub fn region_of(&self, id: &str) -> Option<Region> {
        self.entry(id).map(|entry| entry.region)
    }

    pub fn town(&self, entry: &Entry) -> domain::Texts {
        self.towns
            .get(&entry.project.town)
            .map(|town| town.name.clone())
            .unwrap_or_default()
    }
}

impl Entry {
    fn add(&mut self, unit: &Unit, product_type: ProductType, rule: Option<&AidRule>) {
        if unit.status != UnitStatus::Available {
            return;
        }
        self.available += 1;
        let (low, high) = self.surface_dm2.unwrap_or((unit.surface_dm2, unit.surface_dm2));
        self.surface_dm2 = Some((low.min(unit.surface_dm2), high.max(unit.surface_dm2)));
        let aid = rule.map_or(Aid::NotEligible, |rule| {
            rule.assess(&self.project, product_type, unit)
        });
        let aided = aid.amount().map(|_| unit.price);
        match self.lowest.iter_mut().find(|(t, ..)| *t == product_type) {
            None => self.lowest.push((product_type, unit.price, aided)),
            Some((_, all, best)) => {
                *all = unit.price.min(*all);
                *best = [*best, aided].into_iter().flatten().min();
            }
        }
    }

    /// Order of the calendar of delivery: what is ready first.
    pub fn delivery_key(&self) -> (Delivery, Option<Date>) {
        (self.project.delivery, self.project.delivery_on)
    }
}
