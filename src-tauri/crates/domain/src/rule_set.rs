//! The content of each rule file. Must not know: which version is in force, catalogues, what visitors ask.

use crate::aid::AidRule;
use crate::cost::CostRule;
use crate::exchange_rate::ExchangeRates;
use crate::loan::LoanRule;
use crate::offplan::OffPlanRule;
use crate::rule_source::Dated;
use crate::summer_plan::SummerRule;
use crate::transfer::ExchangeRule;
use serde::{Deserialize, Serialize};

/// Name of a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RuleFile {
    Aid,
    Costs,
    Exchange,
    Loan,
    OffPlan,
    Rates,
    Summer,
}

impl RuleFile {
    /// All files, by name.
    pub const ALL: [Self; 7] = [
        Self::Aid,
        Self::Costs,
        Self::Exchange,
        Self::Loan,
        Self::OffPlan,
        Self::Rates,
        Self::Summer,
    ];

    /// Name of the file without `.toml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aid => "aid",
            Self::Costs => "costs",
            Self::Exchange => "exchange",
            Self::Loan => "loan",
            Self::OffPlan => "offplan",
            Self::Rates => "rates",
            Self::Summer => "summer",
        }
    }

    /// Identifier of the document with these rules.
    pub fn document_id(self) -> String {
        format!("rules/{}", self.name())
    }
}

/// The versions in one rule file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// The direct housing aid.
    Aid(Vec<AidRule>),
    /// What buying costs besides the price.
    Costs(Vec<Dated<CostRule>>),
    /// Exchange rules for persons who live abroad.
    Exchange(Vec<Dated<ExchangeRule>>),
    /// What banks usually ask.
    Loan(Vec<Dated<LoanRule>>),
    /// Payments of a sale off plan.
    #[serde(rename = "offplan")]
    OffPlan(Vec<Dated<OffPlanRule>>),
    /// Exchange rates.
    Rates(Vec<Dated<ExchangeRates>>),
    /// Stages of a purchase during a stay.
    Summer(Vec<SummerRule>),
}

impl RuleSet {
    /// The file with these rules.
    pub const fn file(&self) -> RuleFile {
        match self {
            Self::Aid(_) => RuleFile::Aid,
            Self::Costs(_) => RuleFile::Costs,
            Self::Exchange(_) => RuleFile::Exchange,
            Self::Loan(_) => RuleFile::Loan,
            Self::OffPlan(_) => RuleFile::OffPlan,
            Self::Rates(_) => RuleFile::Rates,
            Self::Summer(_) => RuleFile::Summer,
        }
    }
}
