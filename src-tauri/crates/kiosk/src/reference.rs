//! Reference data that ships with the program: rules of aid, costs and the summer plan, the privacy notice. Each is a file in `assets/` with
//! source and dates. An invalid file is an error at start, so tests detect it. Must not know: catalogues.

use crate::error::KioskError;
use crate::views;
use expo_domain::aid::AidRule;
use expo_domain::aid_questionnaire::MAX_QUESTIONS;
use expo_domain::cost::CostRule;
use expo_domain::summer_plan::SummerRule;
use expo_domain::{Lang, Texts};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The reference data.
pub(crate) struct Reference {
    aid: Vec<AidRule>,
    costs: Vec<DatedCosts>,
    summer: Vec<SummerRule>,
    notice: NoticeFile,
}

#[derive(Deserialize)]
struct Rules<T> {
    rule: Vec<T>,
}

#[derive(Deserialize)]
struct DatedCosts {
    valid_from: Date,
    #[serde(flatten)]
    rule: CostRule,
}

#[derive(Deserialize)]
struct NoticeFile {
    notice: NoticeMetadata,
    text: BTreeMap<Lang, NoticeText>,
    consent: BTreeMap<Lang, ConsentText>,
}

#[derive(Deserialize)]
struct NoticeMetadata {
    version: String,
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

impl Reference {
    /// Parses the files.
    pub fn load() -> Result<Self, KioskError> {
        Ok(Self {
            aid: checked_aid(
                read::<Rules<AidRule>>(
                    "rules/aid.toml",
                    include_str!("../../../../assets/rules/aid.toml"),
                )?
                .rule,
            )?,
            costs: read::<Rules<DatedCosts>>(
                "rules/costs.toml",
                include_str!("../../../../assets/rules/costs.toml"),
            )?
            .rule,
            summer: checked_summer(
                read::<Rules<SummerRule>>(
                    "rules/summer.toml",
                    include_str!("../../../../assets/rules/summer.toml"),
                )?
                .rule,
            )?,
            notice: read(
                "legal/notice.toml",
                include_str!("../../../../assets/legal/notice.toml"),
            )?,
        })
    }

    /// The rule of the direct aid in force on a day.
    pub fn aid(&self, day: Date) -> Option<&AidRule> {
        AidRule::current(&self.aid, day)
    }

    /// The rule of the direct aid that is reported on a day, to be confirmed.
    pub fn reported_aid(&self, day: Date) -> Option<&AidRule> {
        AidRule::reported(&self.aid, day)
    }

    /// The stages of a purchase during a stay, in force on a day.
    pub fn summer(&self, day: Date) -> Option<&SummerRule> {
        SummerRule::current(&self.summer, day)
    }

    /// The rule of costs in force on a day.
    pub fn costs(&self, day: Date) -> Option<&CostRule> {
        self.costs
            .iter()
            .filter(|c| c.valid_from <= day)
            .max_by_key(|c| c.valid_from)
            .map(|c| &c.rule)
    }

    /// The privacy notice in a language or its nearest fallback.
    pub fn notice(&self, lang: Lang) -> Option<views::Notice> {
        let exists =
            |lang: &&Lang| self.notice.text.contains_key(lang) && self.notice.consent.contains_key(lang);
        let lang = *lang.fallback().iter().find(exists)?;
        let (text, consent) = (self.notice.text.get(&lang)?, self.notice.consent.get(&lang)?);
        Some(views::Notice {
            version: self.notice.notice.version.clone(),
            lang,
            title: text.title.clone(),
            summary: text.summary.clone(),
            full: text.full.clone(),
            consents: views::ConsentTexts {
                call: consent.call.clone(),
                whatsapp: consent.whatsapp.clone(),
                email: consent.email.clone(),
                bank: consent.bank.clone(),
            },
        })
    }
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, KioskError> {
    toml::from_str(text).map_err(|e| KioskError::Internal(format!("assets/{file}: {e}")))
}

fn checked_aid(rules: Vec<AidRule>) -> Result<Vec<AidRule>, KioskError> {
    for rule in &rules {
        let questions = &rule.procedure.questions;
        let asked = questions.len() + questions.iter().filter(|q| q.unless.is_some()).count();
        if asked == 0 || asked > MAX_QUESTIONS || rule.bands.is_empty() {
            let error = format!(
                "assets/rules/aid.toml: version {} needs bands of prices and 1 to {MAX_QUESTIONS} questions, it has {asked}",
                rule.version
            );
            return Err(KioskError::Internal(error));
        }
    }
    Ok(rules)
}

fn checked_summer(rules: Vec<SummerRule>) -> Result<Vec<SummerRule>, KioskError> {
    for rule in &rules {
        if let Some(stage) = rule.misplaced_stage() {
            let error = format!(
                "assets/rules/summer.toml: in version {} the stage {stage:?} comes after one that is not listed above it",
                rule.version
            );
            return Err(KioskError::Internal(error));
        }
    }
    Ok(rules)
}

/// The text in a language or its fallback; empty if there is none, so that screens stay usable.
pub(crate) fn text(texts: &Texts, lang: Lang) -> expo_domain::Text {
    texts.pick(lang).unwrap_or(expo_domain::Text {
        text: String::new(),
        lang: Lang::Fr,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expo_domain::Money;

    #[test]
    fn reference_files_are_valid_and_complete() {
        let reference = Reference::load().unwrap();
        let day = Date::constant(2026, 2, 12);
        let rule = reference.aid(day).unwrap();
        assert_eq!(rule.bands[0].amount, Money::dirhams(100_000));
        assert_eq!(rule.bands[1].max_price, Money::dirhams(700_000));
        assert_eq!(reference.costs(day).unwrap().registration_built_bp, 400);
        for lang in [Lang::Fr, Lang::Ar, Lang::En] {
            let notice = reference.notice(lang).unwrap();
            assert_eq!(notice.lang, lang);
            assert!(notice.consents.bank.contains("{bank}"));
        }
        assert_eq!(reference.notice(Lang::Nl).unwrap().lang, Lang::En);
    }
}
