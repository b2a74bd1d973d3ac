//! What a selection needs of every project, held in memory: one entry a project, the facts of its units that can be
//! had, and the index of words. Built once a version and day.

mod current;
mod units;

pub(crate) use current::Current;
pub(crate) use units::{MOST_ROOMS, Traits, UnitFacts};

use crate::KioskError;
use crate::reference::Reference;
use domain::aid::{Aid, AidRule};
use domain::place::distance_km;
use domain::{
    Catalogue, Group, Lang, Money, Offer, Picture, ProductType, Project, Region, Subsidiary, Town, Unit,
    UnitStatus, fold,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::catalogue::Version;
use units::Units;

/// One version of the catalogue, ready to be explored on one day.
pub(crate) struct Explorer {
    pub version: Arc<Version>,
    pub day: Date,
    pub entries: Vec<Entry>,
    /// Valid on the day.
    pub offers: Vec<Offer>,
    /// Towns that have a project, by identifier.
    pub towns: BTreeMap<String, Town>,
    /// Subsidiaries that have a project, by identifier.
    pub subsidiaries: BTreeMap<String, Subsidiary>,
    pub words: search::Index,
    pub notice: domain::Texts,
    units: Units,
    by_id: HashMap<String, usize>,
    /// Place of each entry in the order of names, by language; made when first asked for.
    alphabets: Mutex<HashMap<Lang, Arc<[u32]>>>,
}

/// A project as selections see it.
pub(crate) struct Entry {
    pub project: Project,
    pub region: Region,
    pub cover: Option<Picture>,
    /// Of its groups, sold out or not.
    pub types: Vec<ProductType>,
    /// Units that can be had.
    pub available: u32,
    /// Their surfaces in square decimetres.
    pub surface_dm2: Option<(i64, i64)>,
    /// Lowest price of them.
    pub price_from: Option<Money>,
    /// Whether one of them may bring the aid.
    pub aid: bool,
    /// Valid on the day.
    pub offer: Option<usize>,
}

impl Explorer {
    pub fn build(version: Arc<Version>, reference: &Reference, day: Date) -> Result<Self, KioskError> {
        Ok(Self::of(&version.read_all()?, reference, day)?(version))
    }

    /// Makes a catalogue ready before its file is; then the explorer of the version in that file.
    pub fn of(
        catalogue: &Catalogue,
        reference: &Reference,
        day: Date,
    ) -> Result<impl FnOnce(Arc<Version>) -> Self + Send + use<>, KioskError> {
        let words = search::Index::build(catalogue);
        let Catalogue {
            notice,
            subsidiaries,
            towns,
            projects,
            groups,
            units,
            offers,
            pictures,
            ..
        } = catalogue;
        let notice = notice.clone();
        let by_id: HashMap<String, usize> = projects
            .iter()
            .enumerate()
            .map(|(ord, p)| (p.id.clone(), ord))
            .collect();
        let in_use: HashSet<&str> = projects
            .iter()
            .flat_map(|p| [p.town.as_str(), p.subsidiary.as_str()])
            .collect();
        let towns: BTreeMap<String, Town> = towns
            .iter()
            .filter(|t| in_use.contains(t.id.as_str()))
            .map(|t| (t.id.clone(), t.clone()))
            .collect();
        let subsidiaries = subsidiaries
            .iter()
            .filter(|s| in_use.contains(s.id.as_str()))
            .map(|s| (s.id.clone(), s.clone()))
            .collect();
        let offers: Vec<Offer> = offers.iter().filter(|o| o.is_valid_on(day)).cloned().collect();
        let mut entries = entries(projects, &towns, &covers(pictures), &offers)?;
        let facts = read_units(&mut entries, &by_id, groups, units, reference.aid(day));
        let units = Units::new(entries.len(), facts);
        Ok(move |version| Self {
            units,
            version,
            day,
            entries,
            offers,
            towns,
            subsidiaries,
            words,
            notice,
            by_id,
            alphabets: Mutex::default(),
        })
    }

    /// Whether this is that version, on a day that is still today.
    pub fn shows(&self, version: &Arc<Version>, today: Date) -> bool {
        Arc::ptr_eq(&self.version, version) && self.day == today
    }

    pub fn ord(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.ord(id).map(|ord| &self.entries[ord])
    }

    pub fn region_of(&self, id: &str) -> Option<Region> {
        self.entry(id).map(|entry| entry.region)
    }

    pub fn town(&self, entry: &Entry) -> domain::Texts {
        let town = self.towns.get(&entry.project.town);
        town.map(|town| town.name.clone()).unwrap_or_default()
    }

    /// Units of a project that can be had.
    pub fn units(&self, ord: usize) -> &[UnitFacts] {
        self.units.of(ord)
    }

    pub fn units_available(&self) -> u32 {
        self.units.len() as u32
    }

    /// Where a project lies, or its town.
    pub fn point(&self, entry: &Entry) -> Option<(f64, f64)> {
        let own = entry.project.latitude.zip(entry.project.longitude);
        own.or_else(|| {
            self.towns
                .get(&entry.project.town)
                .map(|t| (t.latitude, t.longitude))
        })
    }

    /// Kilometres between two projects.
    pub fn km_between(&self, a: &Entry, b: &Entry) -> Option<f64> {
        Some(distance_km(self.point(a)?, self.point(b)?))
    }

    /// Place of each entry in the order of its name in a language.
    pub fn alphabet(&self, lang: Lang) -> Arc<[u32]> {
        let mut alphabets = self.alphabets.lock().unwrap_or_else(PoisonError::into_inner);
        let made = alphabets.entry(lang).or_insert_with(|| {
            let name = |ord: &usize| {
                let title = self.entries[*ord].project.title.pick(lang);
                fold::fold(title.as_ref().map_or("", |t| t.text.as_str()))
            };
            let mut order: Vec<usize> = (0..self.entries.len()).collect();
            order.sort_by_cached_key(name);
            let mut places = vec![0; order.len()];
            for (place, ord) in order.into_iter().enumerate() {
                places[ord] = place as u32;
            }
            places.into()
        });
        Arc::clone(made)
    }
}

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

fn entries(
    projects: &[Project],
    towns: &BTreeMap<String, Town>,
    covers: &HashMap<&str, &Picture>,
    offers: &[Offer],
) -> Result<Vec<Entry>, KioskError> {
    let entry = |project: &Project| {
        let town = towns.get(&project.town);
        let town = town
            .ok_or_else(|| KioskError::Internal(format!("project {}: its town is not there", project.id)))?;
        Ok(Entry {
            region: town.region,
            cover: covers.get(project.id.as_str()).copied().cloned(),
            types: Vec::new(),
            available: 0,
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

/// Adds to each entry what its groups and units say, and returns the units that can be had with their entry's place.
fn read_units(
    entries: &mut [Entry],
    by_id: &HashMap<String, usize>,
    groups: &[Group],
    units: &[Unit],
    rule: Option<&AidRule>,
) -> Vec<(usize, UnitFacts)> {
    let mut places: HashMap<&str, (usize, ProductType)> = HashMap::new();
    for group in groups {
        if let Some(&ord) = by_id.get(&group.project) {
            places.insert(&group.id, (ord, group.product_type));
            let types = &mut entries[ord].types;
            if !types.contains(&group.product_type) {
                types.push(group.product_type);
            }
        }
    }
    let can_be_had = units.iter().filter(|unit| unit.status == UnitStatus::Available);
    can_be_had
        .filter_map(|unit| {
            let (ord, product_type) = *places.get(unit.group.as_str())?;
            Some((ord, entries[ord].add(unit, product_type, rule)))
        })
        .collect()
}

impl Entry {
    fn add(&mut self, unit: &Unit, product_type: ProductType, rule: Option<&AidRule>) -> UnitFacts {
        let aid = rule.map_or(Aid::NotEligible, |rule| {
            rule.assess(&self.project, product_type, unit)
        });
        let aid = aid.amount().is_some();
        let (low, high) = self.surface_dm2.unwrap_or((unit.surface_dm2, unit.surface_dm2));
        self.available += 1;
        self.surface_dm2 = Some((low.min(unit.surface_dm2), high.max(unit.surface_dm2)));
        self.price_from = Some(self.price_from.map_or(unit.price, |price| price.min(unit.price)));
        self.aid |= aid;
        UnitFacts {
            price: unit.price,
            surface_dm2: unit.surface_dm2,
            traits: Traits::of(unit, product_type, aid),
        }
    }
}
