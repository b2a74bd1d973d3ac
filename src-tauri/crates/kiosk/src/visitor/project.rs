//! The page of a project: its rows in the catalogue, with the aid per unit. Must not know: filters, windows.

use super::browse::Browse;
use super::cards::{offer, picture, project_card};
use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::error::KioskError;
use crate::landmarks::Landmark;
use crate::machine::elapsed::days_between;
use crate::reference::{Reference, text};
use crate::views::{
    AidKind, AidRuleInfo, LandmarkKind, ProjectCard, ProjectPage, SubsidiaryCard, Surrounding, UnitAid,
    UnitGroup, UnitRow,
};
use expo_domain::aid::Aid;
use expo_domain::place::distance_km;
use expo_domain::{Group, Lang, Offer, ProductType, Project, Rules, Town, Unit, UnitStatus};
use expo_store::ProjectRows;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Maximum number of similar projects on a page.
const MAX_SIMILAR: usize = 4;
/// Maximum number of nearby projects on a page.
const MAX_NEARBY: usize = 4;
/// Maximum distance of a nearby project.
const MAX_NEARBY_KM: f64 = 60.0;

impl Browse {
    /// The page of a project.
    pub fn project(&self, id: &str, lang: Lang) -> Result<ProjectPage, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let missing = || KioskError::not_found(id);
        let rows = index.version.project(id)?.ok_or_else(missing)?;
        let entry = index.entry(id).ok_or_else(missing)?;
        let page = Page {
            reference: &self.reference,
            rules: &index.rules,
            day: index.day,
            project: &rows.project,
            lang,
            published_on: self.env.published_on(index.version.installed())?,
        };
        Ok(page.build(&rows, &index, entry))
    }
}

/// What all parts of a page need.
struct Page<'a> {
    reference: &'a Reference,
    rules: &'a Rules,
    day: Date,
    project: &'a Project,
    lang: Lang,
    published_on: Date,
}

impl Page<'_> {
    fn build(&self, rows: &ProjectRows, index: &CatalogueIndex, entry: &Entry) -> ProjectPage {
        let (project, lang) = (self.project, self.lang);
        let date = |date: Option<Date>| date.map(|d| d.to_string());
        ProjectPage {
            id: project.id.clone(),
            title: text(&project.title, lang),
            description: text(&project.description, lang),
            town: text(&rows.town.name, lang),
            town_id: rows.town.id.clone(),
            region: text(&rows.town.region.names(), lang),
            region_code: rows.town.region.code().to_owned(),
            district: project.district.pick(lang),
            subsidiary: SubsidiaryCard {
                name: text(&rows.subsidiary.name, lang),
                phone: rows.subsidiary.phone.clone(),
            },
            pictures: rows.pictures.iter().map(|p| picture(p, lang)).collect(),
            types: entry.types.clone(),
            delivery: project.delivery,
            delivery_on: date(project.delivery_on),
            building_permit_on: date(project.building_permit_on),
            habitation_permit_on: date(project.habitation_permit_on),
            land_title: project.land_title,
            land_title_number: project.land_title_number.clone(),
            features: project.features.clone(),
            latitude: project.latitude,
            longitude: project.longitude,
            surroundings: self.surroundings(&rows.town),
            offers: index
                .shared_rows
                .offers
                .iter()
                .filter(|o| !entry.is_sold_out() && applies(o, &project.id))
                .map(|o| offer(o, self.day, lang))
                .collect(),
            groups: rows
                .groups
                .iter()
                .map(|group| self.group(group, &rows.units))
                .collect(),
            nearby: nearby(index, entry, lang),
            similar: similar(index, entry, lang),
            sold_out: entry.is_sold_out(),
            aid_rule: self.rules.aid(self.day).map(|rule| AidRuleInfo {
                version: rule.version.clone(),
                checked_on: rule.source.checked_on.to_string(),
            }),
            catalogue_version: index.version.installed().version,
            published_on: self.published_on.to_string(),
            age_days: days_between(self.published_on, self.day),
        }
    }

    /// The town and the landmarks near the project.
    fn surroundings(&self, town: &Town) -> Vec<Surrounding> {
        let Some(from) = self.project.latitude.zip(self.project.longitude) else {
            return Vec::new();
        };
        let town = Landmark {
            kind: LandmarkKind::Town,
            name: Some(town.name.clone()),
            coordinates: (town.latitude, town.longitude),
        };
        let near = self.reference.landmarks().near(from);
        std::iter::once(town)
            .chain(near)
            .map(|place| Surrounding {
                kind: place.kind,
                name: place.name.as_ref().map(|name| text(name, self.lang)),
                km: distance_km(from, place.coordinates).round() as u32,
                latitude: place.coordinates.0,
                longitude: place.coordinates.1,
            })
            .collect()
    }

    fn group(&self, group: &Group, units: &[Unit]) -> UnitGroup {
        let units: Vec<&Unit> = units.iter().filter(|unit| unit.group == group.id).collect();
        let available = || units.iter().filter(|unit| unit.status == UnitStatus::Available);
        let surfaces = || units.iter().map(|unit| unit.surface_dm2);
        UnitGroup {
            id: group.id.clone(),
            product_type: group.product_type,
            title: text(&group.title, self.lang),
            available: available().count() as u32,
            total: units.len() as u32,
            price_from: available().map(|unit| unit.price).min(),
            price_to: available().map(|unit| unit.price).max(),
            surface_min: surfaces().min().unwrap_or(0) as f64 / 100.0,
            surface_max: surfaces().max().unwrap_or(0) as f64 / 100.0,
            units: units
                .iter()
                .map(|unit| self.unit(unit, group.product_type))
                .collect(),
        }
    }

    fn unit(&self, unit: &Unit, product_type: ProductType) -> UnitRow {
        let rules = self.rules.for_units(self.day);
        let aid = rules.assess(self.project, product_type, unit);
        UnitRow {
            id: unit.id.clone(),
            number: unit.number.clone(),
            price: unit.price,
            surface: unit.surface_dm2 as f64 / 100.0,
            floor: unit.floor,
            rooms: unit.rooms,
            levels: unit.levels,
            facades: unit.facades,
            cos: unit.cos_hundredths.map(|cos| f64::from(cos) / 100.0),
            status: unit.status,
            designation: unit.designation.pick(self.lang),
            outline: unit.outline.clone(),
            aid: unit_aid(aid),
        }
    }
}

/// Whether an offer is for a project.
pub(super) fn applies(offer: &Offer, project: &str) -> bool {
    offer.projects.is_empty() || offer.projects.iter().any(|id| id == project)
}

/// The view of an aid.
pub(super) const fn unit_aid(aid: Aid) -> UnitAid {
    UnitAid {
        kind: match aid {
            Aid::Eligible(_) => AidKind::Eligible,
            Aid::AtDelivery(_) => AidKind::AtDelivery,
            Aid::ToConfirm => AidKind::ToConfirm,
            Aid::NotEligible => AidKind::NotEligible,
        },
        amount: aid.amount(),
    }
}

/// Other projects with available units near a project, nearest first.
fn nearby(index: &CatalogueIndex, of: &Entry, lang: Lang) -> Vec<ProjectCard> {
    let others = index
        .entries
        .iter()
        .filter(|e| e.project.id != of.project.id && e.available > 0);
    let mut near: Vec<(f64, &Entry)> = others
        .filter_map(|e| Some((index.km_between(of, e)?, e)))
        .filter(|(km, _)| *km <= MAX_NEARBY_KM)
        .collect();
    near.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let card = |(km, entry): (f64, &Entry)| ProjectCard {
        km: Some(km.round() as u32),
        ..project_card(index, entry, lang)
    };
    near.into_iter().take(MAX_NEARBY).map(card).collect()
}

/// Other projects with available units and a product type in common: same town first, then same region, then by
/// difference in price.
fn similar(index: &CatalogueIndex, of: &Entry, lang: Lang) -> Vec<ProjectCard> {
    let price = of.price_from;
    let mut others: Vec<&Entry> = index
        .entries
        .iter()
        .filter(|e| e.project.id != of.project.id && e.available > 0)
        .filter(|e| e.types.iter().any(|t| of.types.contains(t)))
        .collect();
    others.sort_by_key(|e| {
        let near = (e.project.town == of.project.town, e.region == of.region);
        let gap = price.zip(e.price_from).map(|(a, b)| (a.0 - b.0).abs());
        (Reverse(near), gap.unwrap_or(i64::MAX))
    });
    others
        .into_iter()
        .take(MAX_SIMILAR)
        .map(|entry| project_card(index, entry, lang))
        .collect()
}
