//! The index itself: how it is built and what can be looked up. Must not know: which index is current.

use super::entry::{Entry, add_units, entries};
use super::units::{UnitFacts, Units};
use crate::catalogue::error::CatalogueError;
use crate::lock::lock;
use crate::reference::Reference;
use expo_domain::place::distance_km;
use expo_domain::{Catalogue, Document, Lang, Offer, Region, Rules, Subsidiary, Texts, Town, fold};
use expo_store::catalogue::Version;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

/// Index of one catalogue version on one day.
pub(crate) struct CatalogueIndex {
    pub version: Arc<Version>,
    pub day: Date,
    pub entries: Vec<Entry>,
    pub shared_rows: SharedRows,
    /// The rules of this version, and those of the program for files that it does not have.
    pub rules: Arc<Rules>,
    pub search: expo_search::Index,
    units: Units,
    by_id: HashMap<String, usize>,
    /// Rank of each entry by name, per language; computed on first use.
    name_ranks: Mutex<HashMap<Lang, Arc<[u32]>>>,
}

/// Rows that are not of one project.
pub(crate) struct SharedRows {
    /// Offers valid on the day of the index.
    pub offers: Vec<Offer>,
    /// Towns with a project, by identifier.
    pub towns: BTreeMap<String, Town>,
    /// Subsidiaries with a project, by identifier.
    pub subsidiaries: BTreeMap<String, Subsidiary>,
    /// Guides, partners and rules.
    pub documents: Vec<Document>,
    /// Sentence shown with the catalogue.
    pub notice: Texts,
}

impl CatalogueIndex {
    /// Reads a version and builds its index.
    pub fn build(version: Arc<Version>, reference: &Reference, day: Date) -> Result<Self, CatalogueError> {
        Ok(Self::prepare(&version.read_all()?, reference, day)?(version))
    }

    /// Prepares the index of a catalogue that is not installed yet. The result completes it with the installed version.
    pub fn prepare(
        catalogue: &Catalogue,
        reference: &Reference,
        day: Date,
    ) -> Result<impl FnOnce(Arc<Version>) -> Self + Send + use<>, CatalogueError> {
        let search = expo_search::Index::build(catalogue);
        let shared_rows = SharedRows::of(catalogue, day);
        let rules = Arc::new(reference.rules.with_documents(&catalogue.documents));
        let projects = &catalogue.projects;
        let by_id: HashMap<String, usize> = projects
            .iter()
            .enumerate()
            .map(|(ordinal, project)| (project.id.clone(), ordinal))
            .collect();
        let mut entries = entries(
            projects,
            &shared_rows.towns,
            &catalogue.pictures,
            &shared_rows.offers,
        )?;
        let units = add_units(
            &mut entries,
            &by_id,
            &catalogue.groups,
            &catalogue.units,
            rules.for_units(day),
        );
        let units = Units::new(entries.len(), units);
        Ok(move |version| Self {
            version,
            day,
            entries,
            shared_rows,
            rules,
            search,
            units,
            by_id,
            name_ranks: Mutex::default(),
        })
    }

    /// Whether this is the index of `version` on `today`.
    pub fn is_of(&self, version: &Arc<Version>, today: Date) -> bool {
        Arc::ptr_eq(&self.version, version) && self.day == today
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&ordinal| &self.entries[ordinal])
    }

    pub fn region_of(&self, id: &str) -> Option<Region> {
        self.entry(id).map(|entry| entry.region)
    }

    pub fn town_name(&self, entry: &Entry) -> Texts {
        let town = self.shared_rows.towns.get(&entry.project.town);
        town.map(|town| town.name.clone()).unwrap_or_default()
    }

    /// Available units of a project by its ordinal, the index in `entries`.
    pub fn units(&self, ordinal: usize) -> &[UnitFacts] {
        self.units.of(ordinal)
    }

    pub fn units_available(&self) -> u32 {
        self.units.len() as u32
    }

    /// Distance between two projects; a project without coordinates counts as in the centre of its town.
    pub fn km_between(&self, a: &Entry, b: &Entry) -> Option<f64> {
        Some(distance_km(self.coordinates(a)?, self.coordinates(b)?))
    }

    /// Distance of a project from the centre of a town.
    pub fn km_from_town(&self, town: &str, entry: &Entry) -> Option<f64> {
        let town = self.shared_rows.towns.get(town)?;
        Some(distance_km(
            (town.latitude, town.longitude),
            self.coordinates(entry)?,
        ))
    }

    fn coordinates(&self, entry: &Entry) -> Option<(f64, f64)> {
        let own = entry.project.latitude.zip(entry.project.longitude);
        own.or_else(|| {
            let town = self.shared_rows.towns.get(&entry.project.town);
            town.map(|t| (t.latitude, t.longitude))
        })
    }

    /// Rank of each entry by its name in a language.
    pub fn name_ranks(&self, lang: Lang) -> Arc<[u32]> {
        let mut name_ranks = lock(&self.name_ranks);
        let ranks = name_ranks.entry(lang).or_insert_with(|| {
            let name = |ordinal: &usize| {
                let title = self.entries[*ordinal].project.title.pick(lang);
                fold::fold(title.as_ref().map_or("", |t| t.text.as_str()))
            };
            let mut by_name: Vec<usize> = (0..self.entries.len()).collect();
            by_name.sort_by_cached_key(name);
            let mut ranks = vec![0; by_name.len()];
            for (rank, ordinal) in by_name.into_iter().enumerate() {
                ranks[ordinal] = rank as u32;
            }
            ranks.into()
        });
        Arc::clone(ranks)
    }
}

impl SharedRows {
    fn of(catalogue: &Catalogue, day: Date) -> Self {
        let used: HashSet<&str> = catalogue
            .projects
            .iter()
            .flat_map(|p| [p.town.as_str(), p.subsidiary.as_str()])
            .collect();
        let towns = catalogue.towns.iter().filter(|t| used.contains(t.id.as_str()));
        let subsidiaries = &catalogue.subsidiaries;
        let subsidiaries = subsidiaries.iter().filter(|s| used.contains(s.id.as_str()));
        let offers = catalogue.offers.iter().filter(|o| o.is_valid_on(day));
        Self {
            offers: offers.cloned().collect(),
            towns: towns.map(|t| (t.id.clone(), t.clone())).collect(),
            subsidiaries: subsidiaries.map(|s| (s.id.clone(), s.clone())).collect(),
            documents: catalogue.documents.clone(),
            notice: catalogue.notice.clone(),
        }
    }
}
