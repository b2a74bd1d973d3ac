//! The privacy notice and the consent sentences, from `assets/legal/notice.toml`: texts for every stop, and paragraphs about
//! the law of the country of the stop. Must not know: forms, leads.

use crate::error::KioskError;
use crate::views;
use expo_domain::Lang;
use expo_domain::hash::sha256_hex;
use serde::Deserialize;
use std::collections::BTreeMap;

/// SHA-256 of a notice and its consent sentences, for the proof of consent.
pub(crate) fn notice_sha256(notice: &views::Notice) -> Result<String, serde_json::Error> {
    Ok(sha256_hex(&serde_json::to_vec(notice)?))
}

/// The file, as parsed.
#[derive(Deserialize)]
pub(crate) struct NoticeFile {
    notice: Metadata,
    text: BTreeMap<Lang, NoticeText>,
    consent: BTreeMap<Lang, ConsentText>,
    law: Vec<Law>,
}

#[derive(Deserialize)]
struct Metadata {
    version: String,
    /// What the controller has to complete in the texts for every stop.
    to_complete: Vec<String>,
}

#[derive(Deserialize)]
struct NoticeText {
    title: String,
    summary: String,
    full: Vec<String>,
}

#[derive(Deserialize)]
struct ConsentText {
    call: String,
    whatsapp: String,
    email: String,
    bank: String,
}

/// Paragraphs about the law of some countries.
#[derive(Deserialize)]
struct Law {
    /// Countries where it applies, ISO 3166-1 alpha-2; empty for all countries that no other law names.
    countries: Vec<String>,
    /// What the controller has to complete or confirm.
    #[serde(default)]
    to_complete: Vec<String>,
    /// One paragraph by language.
    text: BTreeMap<Lang, String>,
}

impl NoticeFile {
    /// Parses the file.
    pub fn load() -> Result<Self, KioskError> {
        toml::from_str(include_str!("../../../../assets/legal/notice.toml"))
            .map_err(|error| KioskError::Internal(format!("assets/legal/notice.toml: {error}")))
    }

    /// The notice for a stop in a country, in a language or the nearest fallback in which all its texts exist.
    pub fn notice(&self, lang: Lang, country: &str) -> Option<views::Notice> {
        let laws = self.laws(country);
        let is_complete = |lang: &&Lang| {
            let has_laws = laws.iter().all(|law| law.text.contains_key(lang));
            has_laws && self.text.contains_key(lang) && self.consent.contains_key(lang)
        };
        let lang = *lang.fallback().iter().find(is_complete)?;
        let (text, consent) = (self.text.get(&lang)?, self.consent.get(&lang)?);
        let paragraphs = laws.iter().filter_map(|law| law.text.get(&lang));
        Some(views::Notice {
            version: format!("{}-{country}", self.notice.version),
            lang,
            title: text.title.clone(),
            summary: text.summary.clone(),
            full: text.full.iter().chain(paragraphs).cloned().collect(),
            consents: views::ConsentTexts {
                call: consent.call.clone(),
                whatsapp: consent.whatsapp.clone(),
                email: consent.email.clone(),
                bank: consent.bank.clone(),
            },
        })
    }

    /// The notice of a version, in exactly this language; `None` if this file has another version.
    pub fn of_version(&self, version: &str, lang: Lang) -> Option<views::Notice> {
        let country = version.strip_prefix(&self.notice.version)?.strip_prefix('-')?;
        self.notice(lang, country).filter(|notice| notice.lang == lang)
    }

    /// What the controller still has to complete in the notice of this country, before real visitors see it.
    pub fn to_complete(&self, country: &str) -> Vec<&str> {
        let of_laws = self.laws(country).into_iter().flat_map(|law| &law.to_complete);
        self.notice
            .to_complete
            .iter()
            .chain(of_laws)
            .map(String::as_str)
            .collect()
    }

    /// The laws of a country, in the order of the file.
    fn laws(&self, country: &str) -> Vec<&Law> {
        let applies = |law: &&Law| law.countries.iter().any(|code| code == country);
        let laws: Vec<&Law> = self.law.iter().filter(applies).collect();
        if laws.is_empty() {
            return self.law.iter().filter(|law| law.countries.is_empty()).collect();
        }
        laws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Countries for which the notice has paragraphs of its own.
    const COUNTRIES: [&str; 9] = ["FR", "BE", "NL", "DE", "ES", "IT", "GB", "CA", "AE"];

    #[test]
    fn every_country_has_the_notice_in_every_language_of_visitors() {
        let file = NoticeFile::load().unwrap();
        for country in COUNTRIES.into_iter().chain(["MA", "BR"]) {
            for lang in file.text.keys() {
                let notice = file.notice(*lang, country).unwrap();
                assert_eq!(notice.lang, *lang, "{country}");
                assert!(notice.consents.bank.contains("{bank}"), "{lang}");
            }
        }
    }

    #[test]
    fn paragraphs_follow_the_country_of_the_stop() {
        let file = NoticeFile::load().unwrap();
        let full = |country| file.notice(Lang::Fr, country).unwrap().full.join("\n");
        assert!(full("FR").contains("L.223-1") && full("FR").contains("RGPD"));
        assert!(!full("BE").contains("L.223-1") && full("BE").contains("RGPD"));
        for country in ["PL", "GR", "NO"] {
            assert!(full(country).contains("RGPD") && !full(country).contains("loi locale"));
        }
        assert!(full("CA").contains("Québec") && !full("CA").contains("RGPD"));
        assert!(full("BR").contains("loi locale") && !full("BR").contains("RGPD"));
    }

    #[test]
    fn version_names_the_country() {
        let file = NoticeFile::load().unwrap();
        let version = |country| file.notice(Lang::En, country).unwrap().version;
        assert!(version("GB").ends_with("-GB"));
        assert_ne!(version("GB"), version("CA"));
        let british = file.of_version(&version("GB"), Lang::En).unwrap();
        assert_eq!(british, file.notice(Lang::En, "GB").unwrap());
        assert_eq!(file.of_version("2020-01-GB", Lang::En), None);
    }

    #[test]
    fn open_points_are_listed_by_country() {
        let file = NoticeFile::load().unwrap();
        assert!(file.to_complete("FR").len() > file.to_complete("BR").len());
    }
}
