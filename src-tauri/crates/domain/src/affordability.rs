//! What a visitor can afford, and how a unit can be paid: available cash, monthly payment, own rate and term. Every answer
//! is optional. Must not know: catalogues, banks, eligibility of persons.

use crate::loan::{LoanTerms, LoanYear, MAX_AMOUNT, MAX_RATE_BP, MAX_YEARS};
use crate::money::{AmountRange, Money};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the money comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MoneyOrigin {
    /// Foreign currency, transferred through a bank.
    Abroad,
    /// Dirhams in Morocco.
    Morocco,
    /// Both.
    Both,
}

/// The answers; `None` where the visitor skipped a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Means {
    /// Currency of the amounts, ISO 4217; `None` for dirhams.
    pub currency: Option<String>,
    /// Cash available, in hundredths of the currency.
    pub cash: Option<Money>,
    /// Monthly payment, in hundredths of the currency.
    pub monthly: Option<Money>,
    /// The visitor's own yearly rate, in basis points.
    pub rate_bp: Option<u32>,
    /// Term of the loan.
    pub years: Option<u32>,
    /// Where the money comes from.
    pub origin: Option<MoneyOrigin>,
}

/// A question about means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum MeansQuestion {
    Cash,
    Monthly,
    Rate,
    Years,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MeansProblem {
    /// Cash and monthly payment are both zero.
    Zero,
    /// Less than zero.
    Negative,
    /// More than can be calculated.
    TooLarge,
    /// A term of zero years.
    NoTerm,
}

/// An answer that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MeansFault {
    /// The question.
    pub question: MeansQuestion,
    /// What is wrong.
    pub problem: MeansProblem,
}

/// The most that a visitor can plan for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Budget {
    /// Cash.
    pub cash: Money,
    /// The sum that the monthly payment repays; `None` without monthly payment, rate and term.
    pub loan: Option<Money>,
    /// Both together.
    pub total: Money,
}

/// How a unit can be paid with the means of a visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Financing {
    /// Sum to borrow: what the cash does not cover, up to the price.
    pub loan: Money,
    /// Cash needed before the keys: what to plan less the loan.
    pub cash_needed: AmountRange,
    /// Monthly instalment; `None` without rate and term.
    pub monthly: Option<Money>,
    /// The loan by year; empty without rate and term, or without a loan.
    pub years: Vec<LoanYear>,
}

impl Means {
    /// The first answer that cannot be used.
    pub fn fault(&self) -> Option<MeansFault> {
        let fault = |question, problem| Some(MeansFault { question, problem });
        for (question, amount) in [
            (MeansQuestion::Cash, self.cash),
            (MeansQuestion::Monthly, self.monthly),
        ] {
            match amount {
                Some(amount) if amount < Money(0) => return fault(question, MeansProblem::Negative),
                Some(amount) if amount > MAX_AMOUNT => return fault(question, MeansProblem::TooLarge),
                _ => {}
            }
        }
        match (self.rate_bp, self.years) {
            (Some(rate), _) if rate > MAX_RATE_BP => fault(MeansQuestion::Rate, MeansProblem::TooLarge),
            (_, Some(0)) => fault(MeansQuestion::Years, MeansProblem::NoTerm),
            (_, Some(years)) if years > MAX_YEARS => fault(MeansQuestion::Years, MeansProblem::TooLarge),
            _ if self.has_nothing_to_spend() => fault(MeansQuestion::Cash, MeansProblem::Zero),
            _ => None,
        }
    }

    /// Whether cash and monthly payment are zero as far as they are given.
    fn has_nothing_to_spend(&self) -> bool {
        let given = [self.cash, self.monthly];
        given.iter().any(Option::is_some) && given.iter().flatten().all(|amount| *amount == Money(0))
    }

    /// Rate and term, if both are given and can be used.
    pub fn terms(&self) -> Option<LoanTerms> {
        LoanTerms::new(self.rate_bp?, self.years?)
    }

    fn loan(&self) -> Option<Money> {
        Some(self.terms()?.sum_repaid_by(self.monthly?))
    }

    /// The most to plan for, in the unit of the amounts; `None` if no answer gives an amount.
    pub fn budget(&self) -> Option<Budget> {
        let loan = self.loan();
        if self.cash.is_none() && loan.is_none() {
            return None;
        }
        let cash = self.cash.unwrap_or_default();
        Some(Budget {
            cash,
            loan,
            total: cash + loan.unwrap_or_default(),
        })
    }

    /// How to pay a unit of this price with these means, for a total to plan. Without an answer about cash, the loan is the
    /// sum that the monthly payment repays.
    pub fn finance(&self, price: Money, to_plan: AmountRange) -> Financing {
        let wanted = match (self.cash, self.loan()) {
            (Some(cash), _) => to_plan.high - cash,
            (None, loan) => loan.unwrap_or_default(),
        };
        let loan = wanted.max(Money(0)).min(price).min(to_plan.low);
        let terms = self.terms().filter(|_| loan > Money(0));
        Financing {
            loan,
            cash_needed: AmountRange {
                low: to_plan.low - loan,
                high: to_plan.high - loan,
            },
            monthly: terms.map(|terms| terms.instalment(loan)),
            years: terms.map(|terms| terms.years(loan)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(cash: i64, monthly: i64, rate_bp: u32, years: u32) -> Means {
        Means {
            cash: Some(Money::dirhams(cash)),
            monthly: Some(Money::dirhams(monthly)),
            rate_bp: Some(rate_bp),
            years: Some(years),
            ..Means::default()
        }
    }

    #[test]
    fn budget_is_cash_and_the_loan_that_the_payment_repays() {
        let budget = means(100_000, 1_000, 0, 20).budget().unwrap();
        assert_eq!(budget.loan, Some(Money::dirhams(240_000)));
        assert_eq!(budget.total, Money::dirhams(340_000));
    }

    #[test]
    fn without_rate_no_loan_is_calculated() {
        let without_rate = Means {
            rate_bp: None,
            ..means(100_000, 1_000, 0, 20)
        };
        let budget = without_rate.budget().unwrap();
        assert_eq!((budget.loan, budget.total), (None, Money::dirhams(100_000)));
        assert_eq!(Means::default().budget(), None);
    }

    #[test]
    fn unusable_answers_name_their_question() {
        let fault = |means: Means| means.fault().map(|fault| (fault.question, fault.problem));
        let cash = MeansQuestion::Cash;
        assert_eq!(fault(means(0, 0, 0, 20)), Some((cash, MeansProblem::Zero)));
        assert_eq!(fault(means(-1, 0, 0, 20)), Some((cash, MeansProblem::Negative)));
        assert_eq!(
            fault(means(5_000_000_000, 0, 0, 20)),
            Some((cash, MeansProblem::TooLarge))
        );
        assert_eq!(
            fault(means(1, 1, 450, 0)),
            Some((MeansQuestion::Years, MeansProblem::NoTerm))
        );
        assert_eq!(
            fault(means(1, 1, 9_000, 20)),
            Some((MeansQuestion::Rate, MeansProblem::TooLarge))
        );
        assert_eq!(fault(means(0, 1_000, 0, 20)), None);
        assert_eq!(fault(Means::default()), None);
    }

    #[test]
    fn loan_covers_what_the_cash_does_not_cover() {
        let to_plan = AmountRange::new(Money::dirhams(340_000), Money::dirhams(345_000));
        let financing = means(105_000, 5_000, 0, 20).finance(Money::dirhams(320_000), to_plan);
        assert_eq!(financing.loan, Money::dirhams(240_000));
        assert_eq!(
            financing.cash_needed,
            AmountRange::new(Money::dirhams(100_000), Money::dirhams(105_000))
        );
        assert_eq!(financing.monthly, Some(Money::dirhams(1_000)));
        assert_eq!(financing.years.len(), 20);
    }

    #[test]
    fn loan_is_at_most_the_price() {
        let to_plan = AmountRange::new(Money::dirhams(340_000), Money::dirhams(345_000));
        let financing = means(0, 5_000, 0, 20).finance(Money::dirhams(320_000), to_plan);
        assert_eq!(financing.loan, Money::dirhams(320_000));
    }

    #[test]
    fn enough_cash_needs_no_loan() {
        let to_plan = AmountRange::new(Money::dirhams(340_000), Money::dirhams(345_000));
        let financing = means(400_000, 5_000, 450, 20).finance(Money::dirhams(320_000), to_plan);
        assert_eq!((financing.loan, financing.monthly), (Money(0), None));
        assert!(financing.years.is_empty());
    }
}
