//! Reference data that ships with the program: rules of aid, costs, loans and the summer plan, the privacy notice,
//! landmarks. Each is a file in `assets/` with
//! source and dates. An invalid file is an error at start, so tests detect it. Must not know: catalogues.

use crate::error::KioskError;
use crate::landmarks::Landmarks;
use crate::views;
use expo_domain::aid::{Aid, AidRule};
use expo_domain::aid_questionnaire::MAX_QUESTIONS;
use expo_domain::cost::CostRule;
use expo_domain::exchange_rate::ExchangeRates;
use expo_domain::hash::sha256_hex;
use expo_domain::loan::LoanRule;
use expo_domain::offplan::OffPlanRule;
use expo_domain::rule_source::Dated;
use expo_domain::summer_plan::SummerRule;
use expo_domain::transfer::ExchangeRule;
use expo_domain::{AmountRange, Lang, Money, ProductType, Project, Texts, Unit};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Display;

/// The reference data.
pub(crate) struct Reference {
    aid: Vec<AidRule>,
    costs: Vec<Dated<CostRule>>,
    loan: Vec<Dated<LoanRule>>,
    off_plan: Vec<Dated<OffPlanRule>>,
    exchange: Vec<Dated<ExchangeRule>>,
    rates: Vec<Dated<ExchangeRates>>,
    summer: Vec<SummerRule>,
    notice: NoticeFile,
    landmarks: Landmarks,
}

#[derive(Deserialize)]
struct Rules<T> {
    rule: Vec<T>,
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
            aid: aid_rules(include_str!("../../../../assets/rules/aid.toml"))?,
            costs: read::<Rules<Dated<CostRule>>>(
                "rules/costs.toml",
                include_str!("../../../../assets/rules/costs.toml"),
            )?
            .rule,
            loan: read::<Rules<Dated<LoanRule>>>(
                "rules/loan.toml",
                include_str!("../../../../assets/rules/loan.toml"),
            )?
            .rule,
            off_plan: off_plan_rules(include_str!("../../../../assets/rules/offplan.toml"))?,
            exchange: read::<Rules<Dated<ExchangeRule>>>(
                "rules/exchange.toml",
                include_str!("../../../../assets/rules/exchange.toml"),
            )?
            .rule,
            rates: exchange_rates(include_str!("../../../../assets/rules/rates.toml"))?,
            summer: summer_rules(include_str!("../../../../assets/rules/summer.toml"))?,
            notice: read(
                "legal/notice.toml",
                include_str!("../../../../assets/legal/notice.toml"),
            )?,
            landmarks: Landmarks::load()?,
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
        Dated::current(&self.costs, day)
    }

    /// The usual ranges of banks on a day.
    pub fn loan(&self, day: Date) -> Option<&LoanRule> {
        Dated::current(&self.loan, day)
    }

    /// The payments of a sale off plan, as in force on a day.
    pub fn off_plan(&self, day: Date) -> Option<&OffPlanRule> {
        Dated::current(&self.off_plan, day)
    }

    /// The exchange rules in force on a day.
    pub fn exchange(&self, day: Date) -> Option<&ExchangeRule> {
        Dated::current(&self.exchange, day)
    }

    /// The exchange rates of a day.
    pub fn rates(&self, day: Date) -> Option<&ExchangeRates> {
        Dated::current(&self.rates, day)
    }

    /// The rules of aid and costs in force on a day.
    pub fn unit_rules(&self, day: Date) -> UnitRules<'_> {
        UnitRules {
            aid: self.aid(day),
            costs: self.costs(day),
        }
    }

    /// Airports, railway stations and the coast.
    pub const fn landmarks(&self) -> &Landmarks {
        &self.landmarks
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

/// SHA-256 of a notice and its consent sentences, for the proof of consent.
pub(crate) fn notice_sha256(notice: &views::Notice) -> Result<String, serde_json::Error> {
    Ok(sha256_hex(&serde_json::to_vec(notice)?))
}

/// The rules that say what to plan for a unit; `None` where none is in force.
#[derive(Clone, Copy)]
pub(crate) struct UnitRules<'a> {
    pub aid: Option<&'a AidRule>,
    pub costs: Option<&'a CostRule>,
}

impl UnitRules<'_> {
    /// The direct aid for a unit.
    pub fn assess(&self, project: &Project, product_type: ProductType, unit: &Unit) -> Aid {
        self.aid
            .map_or(Aid::NotEligible, |rule| rule.assess(project, product_type, unit))
    }

    /// Price and costs of a unit; only the price without a rule of costs.
    pub fn to_plan(self, price: Money, product_type: ProductType) -> AmountRange {
        let without_costs = AmountRange::exactly(price);
        self.costs
            .map_or(without_costs, |rule| rule.total(price, product_type))
    }
}

/// Parses the payments of sales off plan and checks that they add up to the price.
fn off_plan_rules(text: &str) -> Result<Vec<Dated<OffPlanRule>>, KioskError> {
    let file = "rules/offplan.toml";
    let rules = read::<Rules<Dated<OffPlanRule>>>(file, text)?.rule;
    if rules.iter().all(|version| version.rule.is_complete()) {
        Ok(rules)
    } else {
        Err(invalid(file, "the shares of the stages do not add up to 10000"))
    }
}

/// Parses the exchange rates and checks that each is positive.
fn exchange_rates(text: &str) -> Result<Vec<Dated<ExchangeRates>>, KioskError> {
    let file = "rules/rates.toml";
    let rules = read::<Rules<Dated<ExchangeRates>>>(file, text)?.rule;
    let mut rates = rules.iter().flat_map(|version| &version.rule.rates);
    match rates.find(|rate| rate.dirhams_e4 <= 0) {
        Some(rate) => Err(invalid(
            file,
            format_args!("dirhams_e4 of {} is not positive", rate.currency),
        )),
        None => Ok(rules),
    }
}

fn invalid(file: &str, problem: impl Display) -> KioskError {
    KioskError::Internal(format!("assets/{file}: {problem}"))
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, KioskError> {
    toml::from_str(text).map_err(|e| invalid(file, e))
}

/// Parses the rules of the aid and checks that each has bands and few enough questions.
fn aid_rules(text: &str) -> Result<Vec<AidRule>, KioskError> {
    let file = "rules/aid.toml";
    let rules = read::<Rules<AidRule>>(file, text)?.rule;
    for rule in &rules {
        let questions = &rule.procedure.questions;
        let asked = questions.len() + questions.iter().filter(|q| q.unless.is_some()).count();
        if asked == 0 || asked > MAX_QUESTIONS || rule.bands.is_empty() {
            let problem = format!(
                "version {} needs bands of prices and 1 to {MAX_QUESTIONS} questions, it has {asked}",
                rule.version
            );
            return Err(invalid(file, problem));
        }
    }
    Ok(rules)
}

/// Parses the stages of the summer plan and checks their order.
fn summer_rules(text: &str) -> Result<Vec<SummerRule>, KioskError> {
    let file = "rules/summer.toml";
    let rules = read::<Rules<SummerRule>>(file, text)?.rule;
    for rule in &rules {
        if let Some(stage) = rule.misplaced_stage() {
            let problem = format!(
                "in version {} the stage {stage:?} comes after one that is not listed above it",
                rule.version
            );
            return Err(invalid(file, problem));
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

    #[test]
    fn reference_files_are_valid_and_complete() {
        let reference = Reference::load().unwrap();
        let day = Date::constant(2026, 2, 12);
        let rule = reference.aid(day).unwrap();
        assert_eq!(rule.bands[0].amount, Money::dirhams(100_000));
        assert_eq!(rule.bands[1].max_price, Money::dirhams(700_000));
        assert_eq!(reference.costs(day).unwrap().registration.built_bp, 400);
        assert!(reference.loan(day).is_some() && reference.off_plan(day).is_some());
        assert_eq!(reference.exchange(day).unwrap().min_foreign_share_bp, 3_000);
        let rates = reference.rates(day).unwrap();
        for (country, currency) in [("FR", "EUR"), ("GB", "GBP"), ("CA", "CAD")] {
            assert_eq!(rates.of_country(country).unwrap().currency, currency);
        }
        for lang in [Lang::Fr, Lang::Ar, Lang::En] {
            let notice = reference.notice(lang).unwrap();
            assert_eq!(notice.lang, lang);
            assert!(notice.consents.bank.contains("{bank}"));
        }
        assert_eq!(reference.notice(Lang::Nl).unwrap().lang, Lang::En);
    }

    #[test]
    fn costs_of_600_000_dirhams_match_the_worked_example() {
        let reference = Reference::load().unwrap();
        let rules = reference.unit_rules(Date::constant(2026, 11, 23));
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
        let avoidable = |dirhams, day| {
            let costs = reference.costs(day).unwrap();
            let line = costs.avoidable_duty(Money::dirhams(dirhams), day);
            line.map(|line| line.amount.high)
        };
        assert_eq!(avoidable(300_000, day), None);
        assert_eq!(avoidable(600_000, day), Some(Money::dirhams(12_000)));
        assert_eq!(avoidable(600_000, Date::constant(2026, 6, 30)), None);
    }

    #[test]
    fn invalid_rule_files_name_the_file_and_the_problem() {
        let text = include_str!("../../../../assets/rules/offplan.toml").replace("= 2_000", "= 1_000");
        let error = off_plan_rules(&text).unwrap_err().to_string();
        assert!(
            error.contains("offplan.toml") && error.contains("add up"),
            "{error}"
        );
        let text = include_str!("../../../../assets/rules/rates.toml").replace("107_500", "0");
        let error = exchange_rates(&text).unwrap_err().to_string();
        assert!(error.contains("EUR is not positive"), "{error}");
    }
}
