//! The takeaway: up to three shortlist items in the notes of a contact, in a QR code that is readable offline. Owns
//! the content of the text and keeps it small enough to scan. Must not know: the window, fixed addresses or phone
//! numbers; these come from the catalogue and the stop.

mod item;
mod link;
#[cfg(test)]
mod tests;
mod text;
pub(super) mod vcard;

pub(super) use text::name as line;

use super::browse::Browse;
use super::qr_code::qr_code;
use super::totals::{self, UnitTotal};
use crate::error::KioskError;
use crate::reference;
use crate::views::{ShortlistItem, TakeAway};
use expo_domain::{Contact, Lang, UnitStatus};
use expo_store::ProjectRows;
use item::{Facts, Item, Price, Product, Unit};
use text::TakeawayContext;

/// Maximum number of items in a QR code that is still easy to scan.
const MAX_ITEMS: usize = 3;

impl Browse {
    /// The takeaway of these items. Items after the third, and items that are no longer in the catalogue, are left out
    /// and counted; an error if none remains.
    pub fn shortlist(&self, items: &[ShortlistItem], lang: Lang) -> Result<TakeAway, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let version = &index.version;
        let stop = self.env.settings().stop()?;
        let mut requested: Vec<&ShortlistItem> = Vec::new();
        let mut included = Vec::new();
        let mut units = Vec::new();
        let rules = index.rules.for_units(index.day);
        for item in items {
            if requested.contains(&item) {
                continue;
            }
            requested.push(item);
            if included.len() < MAX_ITEMS
                && let Some(rows) = version.project(&item.project)?
            {
                included.extend(describe(&rows, item.unit.as_deref(), lang, &stop.group));
                units.extend(
                    item.unit
                        .as_deref()
                        .and_then(|id| UnitTotal::of(rules, &rows, id)),
                );
            }
        }
        if included.is_empty() {
            let first = requested.first().map_or("", |item| &item.project);
            return Err(KioskError::not_found(first));
        }
        let name = reference::text(&stop.name, lang).text;
        let context = TakeawayContext {
            name: &name,
            phone: stop.group.phone.as_deref(),
            day: self.env.today()?,
            catalogue_date: self.env.published_on(version.installed())?,
            site: stop.group.site.as_deref(),
            choice_page: stop.group.choice_page.as_deref(),
            total: totals::sum(&units),
        };
        let takeaway = text::compose(&included, &context, lang);
        Ok(TakeAway {
            qr_svg: qr_code(&takeaway.vcard)?,
            url: stop.group.site.clone(),
            left_out: (requested.len() - included.len()) as u32,
            text: takeaway.text,
        })
    }
}

/// Describes a project or one of its units; `None` if the project has no such unit.
fn describe(rows: &ProjectRows, unit: Option<&str>, lang: Lang, group: &Contact) -> Option<Item> {
    let pick = |texts: &expo_domain::Texts| reference::text(texts, lang).text;
    let (product, price) = if let Some(id) = unit {
        let unit = rows.units.iter().find(|unit| unit.id == id)?;
        let price = match unit.status {
            UnitStatus::Available => Price::Exactly(unit.price),
            UnitStatus::Reserved => Price::Reserved,
            UnitStatus::Sold => Price::Sold,
        };
        let facts = Unit {
            number: unit.number.clone(),
            surface_dm2: unit.surface_dm2,
        };
        (Product::Unit(facts), price)
    } else {
        (Product::Project(project_facts(rows)), project_price(rows))
    };
    Some(Item {
        title: pick(&rows.project.title),
        district: rows.project.district.pick(lang).map(|district| district.text),
        town: pick(&rows.town.name),
        reference: rows.project.id.clone(),
        product,
        price,
        phone: rows.subsidiary.phone.clone().or_else(|| group.phone.clone()),
    })
}

fn project_facts(rows: &ProjectRows) -> Facts {
    let surfaces = || rows.units.iter().map(|unit| unit.surface_dm2);
    Facts {
        surfaces_dm2: surfaces().min().zip(surfaces().max()),
        delivery: rows.project.delivery,
        delivery_on: rows.project.delivery_on,
    }
}

fn project_price(rows: &ProjectRows) -> Price {
    let with = |status: UnitStatus| rows.units.iter().filter(move |unit| unit.status == status);
    let lowest = with(UnitStatus::Available).map(|unit| unit.price).min();
    match lowest {
        Some(price) => Price::From(price),
        None if with(UnitStatus::Reserved).next().is_some() => Price::AllReserved,
        None => Price::SoldOut,
    }
}
