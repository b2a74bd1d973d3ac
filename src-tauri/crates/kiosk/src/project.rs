//! A project's page: rows of the catalogue with what the rules say of each unit.

use crate::explore::card;
use crate::explorer::{Entry, Explorer};
use crate::reference::{Reference, text};
use crate::views::{
    AidKind, CostLine, CostPlan, OfferCard, Picture, ProjectCard, ProjectPage, Rendition, SubsidiaryCard,
    UnitAid, UnitGroup, UnitRow,
};
use crate::{Kiosk, KioskError};
use domain::aid::Aid;
use domain::{Group, Lang, Money, Offer, ProductType, Project, Unit, UnitStatus};
use jiff::civil::Date;
use std::cmp::Reverse;
use store::ProjectRows;

/// Similar projects shown under a page.
const SIMILAR: usize = 4;

impl Kiosk {
    /// A project's page for a reader.
    pub fn project(&self, id: &str, lang: Lang) -> Result<ProjectPage, KioskError> {
        let explorer = self.explorer()?;
        let missing = || KioskError::NotFound(id.chars().take(40).collect());
        let rows = explorer.version.project(id)?.ok_or_else(missing)?;
        let entry = explorer.entry(id).ok_or_else(missing)?;
        let page = Page {
            reference: &self.reference,
            day: explorer.day,
            project: &rows.project,
            lang,
        };
        Ok(page.build(&rows, &explorer, entry))
    }
}

struct Page<'a> {
    reference: &'a Reference,
    day: Date,
    project: &'a Project,
    lang: Lang,
}

impl Page<'_> {
    fn build(&self, rows: &ProjectRows, explorer: &Explorer, entry: &Entry) -> ProjectPage {
        let (project, lang) = (self.project, self.lang);
        let date = |date: Option<Date>| date.map(|d| d.to_string());
        let installed = explorer.version.installed();
        ProjectPage {
            id: project.id.clone(),
            title: text(&project.title, lang),
            description: text(&project.description, lang),
            town: text(&rows.town.name, lang),
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
            offers: explorer
                .offers
                .iter()
                .filter(|o| o.projects.is_empty() || o.projects.contains(&project.id))
                .map(|o| offer(o, lang))
                .collect(),
            groups: rows
                .groups
                .iter()
                .map(|group| self.group(group, &rows.units))
                .collect(),
            similar: similar(explorer, entry, lang),
            sold_out: entry.available == 0,
            catalogue_version: installed.version,
            published_on: day_of(&installed.published_at),
        }
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
        let rule = self.reference.aid(self.day);
        let aid = rule.map_or(Aid::NotEligible, |rule| {
            rule.assess(self.project, product_type, unit)
        });
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
            aid: UnitAid {
                kind: match aid {
                    Aid::Eligible(_) => AidKind::Eligible,
                    Aid::AtDelivery(_) => AidKind::AtDelivery,
                    Aid::ToConfirm => AidKind::ToConfirm,
                    Aid::NotEligible => AidKind::NotEligible,
                },
                amount: aid.amount(),
                rule: rule.map_or_else(String::new, |rule| rule.version.clone()),
                checked_on: rule.map_or_else(String::new, |rule| rule.checked_on.to_string()),
            },
            plan: (unit.status == UnitStatus::Available)
                .then(|| self.plan(unit, product_type, aid))
                .flatten(),
        }
    }

    fn plan(&self, unit: &Unit, product_type: ProductType, aid: Aid) -> Option<CostPlan> {
        let costs = self.reference.costs(self.day)?;
        let lines = costs.plan(unit.price, product_type, aid);
        Some(CostPlan {
            total: lines.iter().map(|line| line.amount).sum(),
            lines: lines
                .into_iter()
                .map(|l| CostLine {
                    code: l.code.to_owned(),
                    amount: l.amount,
                    estimated: l.estimated,
                })
                .collect(),
            checked_on: costs.checked_on.to_string(),
        })
    }
}

/// Projects with a type in common that can be had: same town first, then same region, then nearest in price.
fn similar(explorer: &Explorer, of: &Entry, lang: Lang) -> Vec<ProjectCard> {
    let price = of.price_from(&[], false);
    let mut others: Vec<&Entry> = explorer
        .entries
        .iter()
        .filter(|e| e.project.id != of.project.id && e.available > 0)
        .filter(|e| e.types.iter().any(|t| of.types.contains(t)))
        .collect();
    others.sort_by_key(|e| {
        let near = (e.project.town == of.project.town, e.region == of.region);
        let gap = price
            .zip(e.price_from(&of.types, false))
            .map(|(a, b): (Money, Money)| (a.0 - b.0).abs());
        (Reverse(near), gap.unwrap_or(i64::MAX))
    });
    others
        .into_iter()
        .take(SIMILAR)
        .map(|entry| card(explorer, entry, lang))
        .collect()
}

/// A picture for a reader.
pub(crate) fn picture(picture: &domain::Picture, lang: Lang) -> Picture {
    let rendition = |r: &domain::Rendition| Rendition {
        hash: r.hash.clone(),
        width: r.width,
        height: r.height,
    };
    Picture {
        small: rendition(&picture.small),
        medium: rendition(&picture.medium),
        large: rendition(&picture.large),
        thumbhash: picture.thumbhash.clone(),
        alt: text(&picture.caption, lang),
        kind: picture.kind,
    }
}

/// An offer for a reader.
pub(crate) fn offer(offer: &Offer, lang: Lang) -> OfferCard {
    OfferCard {
        id: offer.id.clone(),
        title: text(&offer.title, lang),
        text: text(&offer.text, lang),
        valid_to: offer.valid_to.to_string(),
    }
}

/// The day of an RFC 3339 instant.
pub(crate) fn day_of(instant: &str) -> String {
    instant.chars().take(10).collect()
}
