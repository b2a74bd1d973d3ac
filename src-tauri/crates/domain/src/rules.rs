//! The rules of money and aid: which version of each file is in force on a day. Must not know: files, catalogues, what visitors
//! ask.

use crate::aid::{Aid, AidRule};
use crate::aid_questionnaire::AidStepId;
use crate::catalogue::{ProductType, Project, Unit};
use crate::cost::CostRule;
use crate::document::{Document, DocumentContent};
use crate::exchange_rate::ExchangeRates;
use crate::loan::LoanRule;
use crate::money::{AmountRange, Money};
use crate::offplan::OffPlanRule;
use crate::rule_set::RuleSet;
use crate::rule_source::Dated;
use crate::summer_plan::SummerRule;
use crate::transfer::ExchangeRule;
use jiff::civil::Date;

/// The rules of all files. A file that is missing has no version, so that nothing of it is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    aid: Vec<AidRule>,
    costs: Vec<Dated<CostRule>>,
    exchange: Vec<Dated<ExchangeRule>>,
    loan: Vec<Dated<LoanRule>>,
    off_plan: Vec<Dated<OffPlanRule>>,
    rates: Vec<Dated<ExchangeRates>>,
    summer: Vec<SummerRule>,
}

impl Rules {
    /// Replaces all versions of one file.
    pub fn replace(&mut self, set: RuleSet) {
        match set {
            RuleSet::Aid(versions) => self.aid = versions,
            RuleSet::Costs(versions) => self.costs = versions,
            RuleSet::Exchange(versions) => self.exchange = versions,
            RuleSet::Loan(versions) => self.loan = versions,
            RuleSet::OffPlan(versions) => self.off_plan = versions,
            RuleSet::Rates(versions) => self.rates = versions,
            RuleSet::Summer(versions) => self.summer = versions,
        }
    }

    /// These rules, each file replaced by that of a catalogue if it has it.
    #[must_use]
    pub fn with_documents(&self, documents: &[Document]) -> Self {
        let mut rules = self.clone();
        for document in documents {
            if let DocumentContent::Rules(set) = &document.content {
                rules.replace(set.clone());
            }
        }
        rules
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

    /// A step of the aid that is the length of a stage, with the first day of a version of the aid that has no deadline for it.
    pub fn aid_step_without_deadline(&self) -> Option<(AidStepId, Date)> {
        let needed = || self.summer.iter().flat_map(SummerRule::aid_steps);
        self.aid.iter().find_map(|version| {
            let steps = &version.procedure.steps;
            let has_deadline = |id| steps.iter().any(|step| step.id == id && step.days.is_some());
            let missing = needed().find(|id| !has_deadline(*id))?;
            Some((missing, version.valid_from))
        })
    }

    /// The rules of aid and costs in force on a day.
    pub fn for_units(&self, day: Date) -> UnitRules<'_> {
        UnitRules {
            aid: self.aid(day),
            costs: self.costs(day),
        }
    }
}

/// The rules that say what to plan for a unit; `None` where none is in force.
#[derive(Debug, Clone, Copy)]
pub struct UnitRules<'a> {
    /// The direct aid.
    pub aid: Option<&'a AidRule>,
    /// The costs.
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
