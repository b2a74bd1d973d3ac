//! What a visitor takes away: up to three saved items as a plain text inside a QR code, readable with no network.
//! Owns what the text says and how it is kept small enough to scan. Must not know the window, nor any address or
//! number of its own: those come with the catalogue and the stop.

#[cfg(test)]
mod tests;
mod text;
mod words;

use crate::reference;
use crate::views::{ShortlistItem, TakeAway};
use crate::{Kiosk, KioskError};
use domain::{Contact, Lang, UnitStatus};
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use store::ProjectRows;
use text::{Item, Letter, Price, Unit};

/// Items that fit into a code that is still easy to scan.
const MOST: usize = 3;

impl Kiosk {
    /// What these items say on a visitor's telephone. Items beyond three, or gone from the catalogue, are left out
    /// and counted; an error when none is left.
    pub fn shortlist(&self, items: &[ShortlistItem], lang: Lang) -> Result<TakeAway, KioskError> {
        let version = self.catalogues.current()?.ok_or(KioskError::NoCatalogue)?;
        let stop = self.stop()?;
        let mut asked: Vec<&ShortlistItem> = Vec::new();
        let mut taken = Vec::new();
        for item in items {
            if asked.contains(&item) {
                continue;
            }
            asked.push(item);
            if taken.len() < MOST
                && let Some(rows) = version.project(&item.project)?
            {
                taken.extend(read(&rows, item.unit.as_deref(), lang, &stop.group));
            }
        }
        if taken.is_empty() {
            let first = asked.first().map_or("", |item| &item.project);
            return Err(KioskError::NotFound(first.chars().take(40).collect()));
        }
        let letter = Letter {
            day: self.today()?,
            catalogue_of: self.published_on(version.installed())?,
            site: stop.group.site.as_deref(),
        };
        let text = text::compose(&taken, &letter, lang);
        Ok(TakeAway {
            qr_svg: code(&text)?,
            url: stop.group.site.clone(),
            left_out: (asked.len() - taken.len()) as u32,
            text,
        })
    }
}

/// What the text says of a project or one of its units; `None` when it has no such unit.
fn read(rows: &ProjectRows, unit: Option<&str>, lang: Lang, group: &Contact) -> Option<Item> {
    let picked = |texts: &domain::Texts| reference::text(texts, lang).text;
    let available = |unit: &&domain::Unit| unit.status == UnitStatus::Available;
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
        title: picked(&rows.project.title),
        district: rows.project.district.pick(lang).map(|district| district.text),
        town: picked(&rows.town.name),
        unit,
        price,
        phone: rows.subsidiary.phone.clone().or_else(|| group.phone.clone()),
    })
}

/// The code of a text, SVG markup: level M, dark on light, with the four modules around it that readers need.
fn code(text: &str) -> Result<String, KioskError> {
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
