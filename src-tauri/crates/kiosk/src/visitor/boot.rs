//! What a window needs to begin: the stop, languages, regions, catalogue, covers and offers of today.

use crate::explorer::{Entry, Explorer};
use crate::project::{days_between, offer, picture};
use crate::reference::text;
use crate::views::{Boot, CatalogueInfo, Cover, RegionName, Stop, SubsidiaryName, TownName};
use crate::{Kiosk, KioskError};
use domain::{Lang, Region, Text};
use std::collections::BTreeSet;

/// Pictures on the attract screen.
const COVERS: usize = 12;

impl Kiosk {
    /// All a visitor window needs to begin, in the language asked for or the stop's first.
    pub fn boot(&self, lang: Option<Lang>) -> Result<Boot, KioskError> {
        let stop = self.stop()?;
        let lang = lang
            .or_else(|| stop.languages.first().copied())
            .unwrap_or(Lang::Fr);
        // Without a readable catalogue visitors can still ask to be called back; the doctor names the fault.
        let explorer = self.explorer().ok();
        let region = |region: Region| RegionName {
            code: region.code().to_owned(),
            name: text(&region.names(), lang),
        };
        Ok(Boot {
            stop: Stop {
                id: stop.id.clone(),
                name: text(&stop.name, lang),
                city: text(&stop.city, lang),
                venue: stop.venue.pick(lang),
                starts_on: stop.starts_on.to_string(),
                ends_on: stop.ends_on.to_string(),
                demonstration: stop.demonstration,
            },
            languages: stop.languages.clone(),
            idle_seconds: stop.idle_seconds,
            countdown_seconds: stop.countdown_seconds,
            regions: Region::ALL.into_iter().map(region).collect(),
            towns: explorer.as_ref().map(|e| towns(e, lang)).unwrap_or_default(),
            subsidiaries: explorer
                .as_ref()
                .map(|e| subsidiaries(e, lang))
                .unwrap_or_default(),
            catalogue: explorer.as_ref().map(|e| self.info(e, lang)).transpose()?,
            covers: explorer.as_ref().map(|e| covers(e, lang)).unwrap_or_default(),
            offers: explorer
                .as_ref()
                .map(|e| e.offers.iter().map(|o| offer(o, e.day, lang)).collect())
                .unwrap_or_default(),
            banks: stop.banks,
            leads_open: self.leads_open(),
        })
    }

    /// Which catalogue is explored.
    pub(crate) fn info(&self, explorer: &Explorer, lang: Lang) -> Result<CatalogueInfo, KioskError> {
        let installed = explorer.version.installed();
        let published_on = self.published_on(installed)?;
        Ok(CatalogueInfo {
            version: installed.version,
            published_on: published_on.to_string(),
            age_days: days_between(published_on, explorer.day),
            projects: explorer.entries.len() as u32,
            units_available: explorer.units_available(),
            notice: explorer.notice.pick(lang),
        })
    }
}

fn towns(explorer: &Explorer, lang: Lang) -> Vec<TownName> {
    let name = |town: &domain::Town| TownName {
        id: town.id.clone(),
        name: text(&town.name, lang),
        region_code: town.region.code().to_owned(),
        latitude: town.latitude,
        longitude: town.longitude,
    };
    explorer.towns.values().map(name).collect()
}

fn subsidiaries(explorer: &Explorer, lang: Lang) -> Vec<SubsidiaryName> {
    let name = |subsidiary: &domain::Subsidiary| SubsidiaryName {
        id: subsidiary.id.clone(),
        name: text(&subsidiary.name, lang),
    };
    explorer.subsidiaries.values().map(name).collect()
}

/// Covers of projects that can be had: one of each region, then more.
fn covers(explorer: &Explorer, lang: Lang) -> Vec<Cover> {
    let mut regions = BTreeSet::new();
    let can_be_had = || {
        explorer
            .entries
            .iter()
            .filter(|e| e.available > 0 && e.cover.is_some())
    };
    let (first, rest): (Vec<&Entry>, Vec<&Entry>) = can_be_had().partition(|e| regions.insert(e.region));
    let chosen = first.into_iter().chain(rest).take(COVERS);
    let cover = |entry: &Entry| {
        let title = text(&entry.project.title, lang);
        let town = text(&explorer.town(entry), lang);
        Some(Cover {
            picture: picture(entry.cover.as_ref()?, lang),
            caption: Text {
                text: format!("{} · {}", title.text, town.text),
                lang: title.lang,
            },
            project: entry.project.id.clone(),
        })
    };
    chosen.filter_map(cover).collect()
}
