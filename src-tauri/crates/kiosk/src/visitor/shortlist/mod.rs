//! The takeaway: up to three shortlist items as plain text in a QR code, readable offline. Owns the content of the text and
//! keeps it small enough to scan. Must not know: the window, fixed addresses or phone numbers; these come from the
//! catalogue and the stop.

#[cfg(test)]
mod tests;
mod text;

use super::browse::Browse;
use crate::error::KioskError;
use crate::reference;
use crate::views::{ShortlistItem, TakeAway};
use expo_domain::{Contact, Lang, UnitStatus};
use expo_store::ProjectRows;
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use text::{Item, Price, TakeawayContext, Unit};

/// Maximum number of items in a QR code that is still easy to scan.
const MAX_ITEMS: usize = 3;

impl Browse {
    /// The takeaway of these items. Items after the third, and items that are no longer in the catalogue, are left out
    /// and counted; an error if none remains.
    pub fn shortlist(&self, items: &[ShortlistItem], lang: Lang) -> Result<TakeAway, KioskError> {
        let version = self.catalogue.required()?;
        let stop = self.env.settings().stop()?;
        let mut requested: Vec<&ShortlistItem> = Vec::new();
        let mut included = Vec::new();
        for item in items {
            if requested.contains(&item) {
                continue;
            }
            requested.push(item);
            if included.len() < MAX_ITEMS
                && let Some(rows) = version.project(&item.project)?
            {
                included.extend(describe(&rows, item.unit.as_deref(), lang, &stop.group));
            }
        }
        if included.is_empty() {
            let first = requested.first().map_or("", |item| &item.project);
            return Err(KioskError::not_found(first));
        }
        let context = TakeawayContext {
            day: self.env.today()?,
            catalogue_date: self.env.published_on(version.installed())?,
            site: stop.group.site.as_deref(),
        };
        let text = text::compose(&included, &context, lang);
        Ok(TakeAway {
            qr_svg: qr_code(&text)?,
            url: stop.group.site.clone(),
            left_out: (requested.len() - included.len()) as u32,
            text,
        })
    }
}

/// Describes a project or one of its units; `None` if the project has no such unit.
fn describe(rows: &ProjectRows, unit: Option<&str>, lang: Lang, group: &Contact) -> Option<Item> {
    let pick = |texts: &expo_domain::Texts| reference::text(texts, lang).text;
    let available = |unit: &&expo_domain::Unit| unit.status == UnitStatus::Available;
    let (unit, price) = if let Some(id) = unit {
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
        (Some(facts), price)
    } else {
        let lowest = rows.units.iter().filter(available).map(|unit| unit.price).min();
        (None, lowest.map_or(Price::SoldOut, Price::From))
    };
    Some(Item {
        title: pick(&rows.project.title),
        district: rows.project.district.pick(lang).map(|district| district.text),
        town: pick(&rows.town.name),
        unit,
        price,
        phone: rows.subsidiary.phone.clone().or_else(|| group.phone.clone()),
    })
}

/// A QR code as SVG markup: error correction level M, dark on light, with the quiet zone of four modules that readers
/// need.
fn qr_code(text: &str) -> Result<String, KioskError> {
    let qr = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|e| KioskError::Internal(format!("QR: {e}")))?;
    let mut svg = SvgBuilder::default();
    svg.margin(4)
        .background_color([255, 255, 255])
        .module_color([0, 0, 0]);
    Ok(svg.to_str(&qr))
}
