//! Reference data that ships with the program: rules of money and aid, the privacy notice, landmarks. Each is a file in
//! `assets/` with source and dates. An invalid file is an error at start, so tests detect it. Must not know: catalogues.

use crate::error::KioskError;
use crate::landmarks::Landmarks;
use crate::notice::NoticeFile;
use expo_domain::{Lang, Rules, Texts};
use std::sync::Arc;

/// The reference data.
pub(crate) struct Reference {
    /// The rules of kiosks whose catalogue has none.
    pub rules: Arc<Rules>,
    notice: NoticeFile,
    landmarks: Landmarks,
}

impl Reference {
    /// Parses the files.
    pub fn load() -> Result<Self, KioskError> {
        let rules = expo_bundle::rules::built_in().map_err(|e| KioskError::Internal(e.to_string()))?;
        Ok(Self {
            rules: Arc::new(rules),
            notice: NoticeFile::load()?,
            landmarks: Landmarks::load()?,
        })
    }

    /// Airports, railway stations and the coast.
    pub const fn landmarks(&self) -> &Landmarks {
        &self.landmarks
    }

    /// The privacy notice.
    pub const fn notice(&self) -> &NoticeFile {
        &self.notice
    }
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
    use expo_domain::{AmountRange, Money, ProductType};
    use jiff::civil::Date;

    #[test]
    fn reference_files_are_valid_and_complete() {
        let reference = Reference::load().unwrap();
        let rules = &reference.rules;
        let day = Date::constant(2026, 2, 12);
        let rule = rules.aid(day).unwrap();
        assert_eq!(rule.bands[0].amount, Money::dirhams(100_000));
        assert_eq!(rule.bands[1].max_price, Money::dirhams(700_000));
        assert_eq!(rules.costs(day).unwrap().registration.built_bp, 400);
        assert!(rules.loan(day).is_some() && rules.off_plan(day).is_some());
        assert_eq!(rules.exchange(day).unwrap().min_foreign_share_bp, 3_000);
        let rates = rules.rates(day).unwrap();
        for (country, currency) in [("FR", "EUR"), ("GB", "GBP"), ("CA", "CAD")] {
            assert_eq!(rates.of_country(country).unwrap().currency, currency);
        }
    }

    #[test]
    fn costs_of_600_000_dirhams_match_the_worked_example() {
        let reference = Reference::load().unwrap();
        let rules = reference.rules.for_units(Date::constant(2026, 11, 23));
        let total = rules.to_plan(Money::dirhams(600_000), ProductType::Apartment);
        assert_eq!(
            total,
            AmountRange::new(Money::dirhams(641_900), Money::dirhams(647_000))
        );
    }

    #[test]
    fn traceable_payments_avoid_a_duty_above_300_000_dirhams() {
        let reference = Reference::load().unwrap();
        let day = Date::constant(2026, 11, 23);
        let avoidable = |centimes, day| {
            let costs = reference.rules.costs(day).unwrap();
            let line = costs.avoidable_duty(Money(centimes), day);
            line.map(|line| line.amount.high)
        };
        assert_eq!(avoidable(30_000_000, day), None);
        assert_eq!(avoidable(30_000_001, day), Some(Money(600_000)));
        assert_eq!(avoidable(60_000_000, day), Some(Money::dirhams(12_000)));
        assert_eq!(avoidable(60_000_000, Date::constant(2026, 6, 30)), None);
    }
}
