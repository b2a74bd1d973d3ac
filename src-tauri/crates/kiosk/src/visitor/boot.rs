//! Data for the start of a visitor window: stop, languages, regions, catalogue, covers and offers of today. Must not know:
//! the window.

use super::browse::Browse;
use super::cards::{offer, picture};
use super::guides::{guidance, stand};
use super::project::applies;
use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::error::KioskError;
use crate::reference::text;
use crate::views::{
    Boot, Cover, Guidance, OfferCard, RegionName, RulesInForce, Stop, SubsidiaryName, TownName,
};
use expo_domain::aid::AidRule;
use expo_domain::{Lang, Offer, Region, Rules, Text};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Maximum number of pictures on the attract screen.
const MAX_COVERS: usize = 12;

impl Browse {
    /// Data for the start of a visitor window, in the given language or the first one of the stop.
    pub fn boot(&self, lang: Option<Lang>, leads_open: bool) -> Result<Boot, KioskError> {
        let stop = self.env.settings().stop()?;
        let lang = lang
            .or_else(|| stop.languages.first().copied())
            .unwrap_or(Lang::Fr);
        // Without a readable catalogue visitors can still leave a lead; the doctor reports the problem.
        let index = self.catalogue.index().ok();
        let index = index.as_deref();
        let rules = match index {
            Some(index) => rules_in_force(&index.rules, index.day),
            None => rules_in_force(&self.reference.rules, self.env.today()?),
        };
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
                country: stop.form_country().to_owned(),
                demonstration: stop.demonstration,
            },
            languages: stop.languages.clone(),
            idle_seconds: stop.idle_seconds,
            long_idle_seconds: stop.idle_seconds_of_long_screens(),
            countdown_seconds: stop.countdown_seconds,
            regions: Region::ALL.into_iter().map(region).collect(),
            towns: index.map(|i| towns(i, lang)).unwrap_or_default(),
            subsidiaries: index.map(|i| subsidiaries(i, lang)).unwrap_or_default(),
            catalogue: index.map(|i| self.catalogue.info_of(i, lang)).transpose()?,
            covers: index.map(|i| covers(i, lang)).unwrap_or_default(),
            offers: index.map(|i| offers(i, lang)).unwrap_or_default(),
            guidance: index
                .map(|i| self.guidance(i, stop.form_country(), lang))
                .transpose()?
                .unwrap_or_default(),
            rules,
            banks: stop.banks,
            reply_days: stop.reply_days,
            leads_open,
        })
    }
}

fn rules_in_force(rules: &Rules, day: Date) -> RulesInForce {
    RulesInForce {
        aid_up_to: rules.aid(day).and_then(AidRule::highest_amount),
        costs: rules.costs(day).is_some(),
        stay: rules.summer(day).is_some(),
    }
}

impl Browse {
    /// Guides, partners and the plan of the stand.
    fn guidance(&self, index: &CatalogueIndex, country: &str, lang: Lang) -> Result<Guidance, KioskError> {
        let documents = &index.shared_rows.documents;
        let enrolment = self.env.settings().enrolment()?;
        let kiosk = enrolment.as_ref().map_or("", |enrolment| &enrolment.kiosk);
        Ok(Guidance {
            stand: stand(documents, country, kiosk, lang),
            ..guidance(documents, country, lang)
        })
    }
}

fn towns(index: &CatalogueIndex, lang: Lang) -> Vec<TownName> {
    let name = |town: &expo_domain::Town| TownName {
        id: town.id.clone(),
        name: text(&town.name, lang),
        region_code: town.region.code().to_owned(),
        latitude: town.latitude,
        longitude: town.longitude,
    };
    index.shared_rows.towns.values().map(name).collect()
}

fn subsidiaries(index: &CatalogueIndex, lang: Lang) -> Vec<SubsidiaryName> {
    let name = |subsidiary: &expo_domain::Subsidiary| SubsidiaryName {
        id: subsidiary.id.clone(),
        name: text(&subsidiary.name, lang),
    };
    index.shared_rows.subsidiaries.values().map(name).collect()
}

/// Offers for at least one project that is not sold out.
fn offers(index: &CatalogueIndex, lang: Lang) -> Vec<OfferCard> {
    let on_sale = |o: &&Offer| {
        let entries = &mut index.entries.iter();
        entries.any(|entry| !entry.is_sold_out() && applies(o, &entry.project.id))
    };
    let offers = index.shared_rows.offers.iter().filter(on_sale);
    offers.map(|o| offer(o, index.day, lang)).collect()
}

/// Covers of projects with available units: first one per region, then more.
fn covers(index: &CatalogueIndex, lang: Lang) -> Vec<Cover> {
    let mut regions = BTreeSet::new();
    let with_cover = index
        .entries
        .iter()
        .filter(|e| e.available > 0 && e.cover.is_some());
    let (first, rest): (Vec<&Entry>, Vec<&Entry>) = with_cover.partition(|e| regions.insert(e.region));
    let chosen = first.into_iter().chain(rest).take(MAX_COVERS);
    let cover = |entry: &Entry| {
        let title = text(&entry.project.title, lang);
        let town = text(&index.town_name(entry), lang);
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
