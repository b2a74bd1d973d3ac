//! Views of projects, pictures and offers in one language, for several screens. Must not know: the screens.

use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::machine::elapsed::days_between;
use crate::reference::text;
use crate::views::{OfferCard, Picture, ProjectCard, Rendition};
use expo_domain::{Lang, Offer};
use jiff::civil::Date;

/// A project as a card, without filters: every available unit fits.
pub(crate) fn project_card(index: &CatalogueIndex, entry: &Entry, lang: Lang) -> ProjectCard {
    let project = &entry.project;
    let offers = &index.shared_rows.offers;
    ProjectCard {
        id: project.id.clone(),
        title: text(&project.title, lang),
        town: text(&index.town_name(entry), lang),
        region: text(&entry.region.names(), lang),
        region_code: entry.region.code().to_owned(),
        cover: entry.cover.as_ref().map(|cover| picture(cover, lang)),
        types: entry.types.clone(),
        price_from: entry.price_from,
        plan_from: None,
        surface_min: entry.surface_dm2.map(|(low, _)| low as f64 / 100.0),
        surface_max: entry.surface_dm2.map(|(_, high)| high as f64 / 100.0),
        delivery: project.delivery,
        delivery_on: project.delivery_on.map(|d| d.to_string()),
        available: entry.available,
        fitting: entry.available,
        sold_out: entry.is_sold_out(),
        aid: entry.aid,
        offer: entry.offer.map(|offer| text(&offers[offer].title, lang)),
        km: None,
    }
}

/// A picture in its three sizes.
pub(crate) fn picture(picture: &expo_domain::Picture, lang: Lang) -> Picture {
    let rendition = |r: &expo_domain::Rendition| Rendition {
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

/// An offer with the days it is still valid.
pub(crate) fn offer(offer: &Offer, today: Date, lang: Lang) -> OfferCard {
    OfferCard {
        id: offer.id.clone(),
        title: text(&offer.title, lang),
        text: text(&offer.text, lang),
        valid_from: offer.valid_from.to_string(),
        valid_to: offer.valid_to.to_string(),
        days_left: days_between(today, offer.valid_to).unwrap_or(0),
    }
}
