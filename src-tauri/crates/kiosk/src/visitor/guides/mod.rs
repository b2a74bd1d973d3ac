//! Guides and partners for visitors of this stop. Must not know: windows, how catalogues arrive.

mod stand;
mod takeaway;
#[cfg(test)]
mod tests;

use super::browse::Browse;
use crate::error::KioskError;
use crate::reference::text;
use crate::views::{Guidance, GuideCard, GuidePage, PartnerCard, TakeAway};
use expo_domain::{Document, DocumentContent, Guide, GuideText, Lang, Partner, Text};
pub(super) use stand::stand;
use takeaway::GuideContext;

impl Browse {
    /// The page of a guide.
    pub fn guide(&self, key: &str, lang: Lang) -> Result<GuidePage, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let stop = self.env.settings().stop()?;
        let documents = &index.shared_rows.documents;
        let guide = find(documents, key, stop.form_country()).ok_or_else(|| KioskError::not_found(key))?;
        let (lang_of_text, text) = pick(guide, lang).ok_or_else(|| KioskError::not_found(key))?;
        let answers = |partner: &&(&str, &Partner)| partner.1.topics.iter().any(|t| guide.topics.contains(t));
        let partners = partners(documents, stop.form_country());
        Ok(GuidePage {
            key: key.to_owned(),
            lang: lang_of_text,
            text: text.clone(),
            checked_on: guide.checked_on.to_string(),
            partners: partners
                .iter()
                .filter(answers)
                .map(|(id, partner)| partner_card(id, partner, lang))
                .collect(),
        })
    }

    /// The papers of a guide, or its steps if it has no papers, to take away. `ready` are the numbers of the papers that
    /// the visitor has, from 0; others are ignored.
    pub fn guide_takeaway(&self, key: &str, ready: &[u32], lang: Lang) -> Result<TakeAway, KioskError> {
        let page = self.guide(key, lang)?;
        let stop = self.env.settings().stop()?;
        let context = GuideContext {
            name: &text(&stop.name, lang).text,
            phone: stop.group.phone.as_deref(),
            site: stop.group.site.as_deref(),
        };
        takeaway::compose(&page.text, ready, &context, page.lang)
    }
}

/// Guides and partners of a stop in this country.
pub(super) fn guidance(documents: &[Document], country: &str, lang: Lang) -> Guidance {
    let shown = guides(documents).filter(|guide| {
        find(documents, &guide.key, country).is_some_and(|found| std::ptr::eq(found, *guide))
    });
    Guidance {
        guides: shown.filter_map(|guide| guide_card(guide, lang)).collect(),
        partners: partners(documents, country)
            .iter()
            .map(|(id, partner)| partner_card(id, partner, lang))
            .collect(),
        stand: Vec::new(),
    }
}

fn guides(documents: &[Document]) -> impl Iterator<Item = &Guide> {
    documents.iter().filter_map(|document| match &document.content {
        DocumentContent::Guide(guide) => Some(guide),
        _ => None,
    })
}

/// The partners at stops of this country, with their identifiers.
pub(super) fn partners<'d>(documents: &'d [Document], country: &str) -> Vec<(&'d str, &'d Partner)> {
    let partners = documents.iter().filter_map(|document| match &document.content {
        DocumentContent::Partner(partner) => Some((document.id.as_str(), partner)),
        _ => None,
    });
    partners
        .filter(|(_, partner)| partner.is_present_in(country))
        .collect()
}

/// The variant of a guide for this country, or the one for all others.
fn find<'d>(documents: &'d [Document], key: &str, country: &str) -> Option<&'d Guide> {
    let with = |wanted: Option<&str>| {
        guides(documents).find(|guide| guide.key == key && guide.country.as_deref() == wanted)
    };
    with(Some(country)).or_else(|| with(None))
}

/// The text for a reader of `lang`, with its language.
fn pick(guide: &Guide, lang: Lang) -> Option<(Lang, &GuideText)> {
    let chain = lang.fallback().iter();
    chain
        .copied()
        .find_map(|lang| guide.texts.get(&lang).map(|text| (lang, text)))
}

fn guide_card(guide: &Guide, lang: Lang) -> Option<GuideCard> {
    let (lang, text) = pick(guide, lang)?;
    let in_lang = |text: &str| Text {
        text: text.to_owned(),
        lang,
    };
    Some(GuideCard {
        key: guide.key.clone(),
        situation: guide.situation,
        title: in_lang(&text.title),
        summary: in_lang(&text.summary),
        topics: guide.topics.clone(),
        product_types: guide.product_types.clone(),
    })
}

fn partner_card(id: &str, partner: &Partner, lang: Lang) -> PartnerCard {
    PartnerCard {
        id: id.to_owned(),
        kind: partner.kind,
        name: text(&partner.name, lang),
        desk: text(&partner.desk, lang),
        text: text(&partner.text, lang),
        hours: partner.hours.pick(lang),
        languages: partner.languages.clone(),
        topics: partner.topics.clone(),
        lead_desk: partner.kind.desk(),
    }
}
