//! Views for what a visitor can afford and for the plan of one unit. Must not know: rules, windows.

use expo_domain::affordability::{Budget, Financing, MeansFault};
use expo_domain::cost::CostLine;
use expo_domain::loan::LoanRule;
use expo_domain::offplan::StagePayment;
use expo_domain::rule_source::RuleSource;
use expo_domain::transfer::ForeignShare;
use expo_domain::{AmountRange, Money, Text};
use serde::Serialize;
use ts_rs::TS;

/// What a visitor can afford, in dirhams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Affordability {
    /// An answer that cannot be used; then nothing is calculated.
    pub fault: Option<MeansFault>,
    /// The result; `None` without an amount.
    pub reach: Option<Reach>,
    /// Rate of the currency of the stop; `None` at stops with dirhams.
    pub rate: Option<CurrencyRate>,
    /// What banks usually ask.
    pub banks: Option<LoanRule>,
}

/// A budget and the projects within it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reach {
    /// The budget.
    pub budget: Budget,
    /// Projects with a unit within the budget, without the direct aid.
    pub without_aid: u32,
    /// The same if the aid is granted wherever it is possible.
    pub with_aid: u32,
}

/// A dated exchange rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CurrencyRate {
    /// ISO 4217.
    pub currency: String,
    /// Dirhams for one unit, times 10,000.
    pub dirhams_e4: i64,
    /// Where it comes from.
    pub source: RuleSource,
}

/// What to plan for a unit, line by line, and how to pay it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CostPlan {
    /// Price and costs.
    pub lines: Vec<CostLine>,
    /// Sum of the lines.
    pub total: AmountRange,
    /// Costs that depend on the payment and are not part of the total.
    pub extra: Vec<CostLine>,
    /// Day the rules of costs were last checked.
    pub checked_on: String,
    /// Highest price for which the notary's package replaces the fee.
    pub package_max_price: Money,
    /// The direct aid; `None` if none is possible.
    pub aid: Option<PlannedAid>,
    /// A threshold of the aid that the price just exceeds.
    pub threshold: Option<ThresholdWarning>,
    /// How to pay it.
    pub payment: Payment,
}

/// The direct aid in a plan; never certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlannedAid {
    /// Amount.
    pub amount: Money,
    /// What to plan if it is granted.
    pub total: AmountRange,
}

/// What a threshold of the direct aid costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ThresholdWarning {
    /// Highest price with more aid.
    pub max_price: Money,
    /// How much the price exceeds it.
    pub excess: Money,
    /// Aid that is lost.
    pub lost: Money,
    /// The nearest unit of the same type below the threshold.
    pub nearest: Option<NearestUnit>,
}

/// A unit below a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NearestUnit {
    pub project: String,
    pub title: Text,
    pub unit: String,
    pub number: String,
    pub price: Money,
}

/// How to pay a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Payment {
    /// With the visitor's means, without the aid.
    pub without_aid: Financing,
    /// If the aid is granted.
    pub with_aid: Option<Financing>,
    /// The part of the price that banks usually finance; `None` without a rule.
    pub financed: Option<AmountRange>,
    /// Payments by stage of construction, for units that are not finished.
    pub off_plan: Option<OffPlanPayments>,
    /// The part paid in foreign currency.
    pub foreign: Option<ForeignCurrency>,
}

/// Payments of a sale off plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OffPlanPayments {
    /// In the order of payment.
    pub payments: Vec<StagePayment>,
    /// Their sum before the keys.
    pub before_keys: Money,
    /// Where the shares come from.
    pub source: RuleSource,
}

/// Exchange rules applied to a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForeignCurrency {
    /// Amount in foreign currency that a loan in dirhams requires.
    pub required: Money,
    /// The same in basis points of the price.
    pub required_bp: u32,
    /// The parts to choose from.
    pub shares: Vec<ForeignShare>,
    /// Cash to declare at customs, from this amount.
    pub declare_cash_from: Money,
    /// Where the rules come from.
    pub source: RuleSource,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    expo_domain::affordability::Means::export_all(config)?;
    Affordability::export_all(config)?;
    CostPlan::export_all(config)
}
