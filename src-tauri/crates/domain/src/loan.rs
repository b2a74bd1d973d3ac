//! A loan with constant monthly instalments: instalment, sum that an instalment repays, table by year. The visitor gives the
//! rate; 0 % works. Must not know: banks, offers, default rates.
//!
//! The instalment is M = P·i / (1 − (1 + i)^−n) with the monthly rate i, and P / n at 0 %. Its factor is computed with
//! `ln_1p` and `exp_m1`, which lose no digits at small rates. The relative error stays below 10⁻¹³, so that the result is
//! the exact instalment rounded to the centime for all amounts up to [`MAX_AMOUNT`].

use crate::money::{AmountRange, Money};
use crate::rule_source::RuleSource;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Largest amount that is calculated: one billion dirhams.
pub const MAX_AMOUNT: Money = Money::dirhams(1_000_000_000);
/// Highest yearly rate in basis points.
pub const MAX_RATE_BP: u32 = 3_000;
/// Longest term.
pub const MAX_YEARS: u32 = 40;

/// Ranges of what banks usually ask; never a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LoanRule {
    /// Lower limit of debts to income, in basis points.
    pub debt_ratio_low_bp: u32,
    /// Upper limit of debts to income, in basis points.
    pub debt_ratio_high_bp: u32,
    /// Part of the price that cautious banks finance, in basis points.
    pub financed_low_bp: u32,
    /// Part of the price that generous banks finance, in basis points.
    pub financed_high_bp: u32,
    /// Shorter usual longest term.
    pub years_low: u32,
    /// Longer usual longest term.
    pub years_high: u32,
    /// Where the ranges come from.
    pub source: RuleSource,
}

/// Rate and term that a visitor gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanTerms {
    rate_bp: u32,
    months: u32,
}

/// One year of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct LoanYear {
    /// Number of the year, from 1.
    pub year: u32,
    /// Interest paid in the year.
    pub interest: Money,
    /// Part of the loan repaid in the year.
    pub repaid: Money,
    /// Rest of the loan at the end of the year.
    pub rest: Money,
}

impl LoanTerms {
    /// Terms with a yearly rate in basis points; `None` if the term or the rate is out of bounds.
    pub const fn new(rate_bp: u32, years: u32) -> Option<Self> {
        if years == 0 || years > MAX_YEARS || rate_bp > MAX_RATE_BP {
            return None;
        }
        Some(Self {
            rate_bp,
            months: years * 12,
        })
    }

    /// The sum that one dirham per month repays.
    fn present_value(self) -> f64 {
        let months = f64::from(self.months);
        if self.rate_bp == 0 {
            return months;
        }
        let monthly_rate = f64::from(self.rate_bp) / 120_000.0;
        -(-months * monthly_rate.ln_1p()).exp_m1() / monthly_rate
    }

    /// The monthly instalment, rounded to the centime. Larger sums than [`MAX_AMOUNT`] count as this amount.
    pub fn instalment(self, sum: Money) -> Money {
        Money((bounded(sum) / self.present_value()).round() as i64)
    }

    /// The largest sum of whole dirhams that an instalment repays, at most [`MAX_AMOUNT`].
    pub fn sum_repaid_by(self, instalment: Money) -> Money {
        let dirhams = bounded(instalment) * self.present_value() / 100.0;
        Money::dirhams(dirhams.floor() as i64).min(MAX_AMOUNT)
    }

    /// The table by year. The last instalment repays the rest exactly.
    pub fn years(self, sum: Money) -> Vec<LoanYear> {
        let instalment = self.instalment(sum);
        let mut rest = Money(bounded(sum) as i64);
        let mut years: Vec<LoanYear> = Vec::new();
        for month in 0..self.months {
            let interest = self.interest_of_month(rest);
            let repaid = if month + 1 == self.months {
                rest
            } else {
                (instalment - interest).min(rest)
            };
            rest = rest - repaid;
            if month % 12 == 0 {
                years.push(LoanYear {
                    year: month / 12 + 1,
                    interest: Money(0),
                    repaid: Money(0),
                    rest,
                });
            }
            if let Some(year) = years.last_mut() {
                year.interest = year.interest + interest;
                year.repaid = year.repaid + repaid;
                year.rest = rest;
            }
        }
        years
    }

    /// Interest on a sum for one month, rounded half up to the centime.
    const fn interest_of_month(self, sum: Money) -> Money {
        Money((sum.0 * self.rate_bp as i64 + 60_000) / 120_000)
    }
}

impl LoanRule {
    /// The part of a price that banks usually finance, as a range.
    pub const fn financed(&self, price: Money) -> AmountRange {
        AmountRange {
            low: price.basis_points(self.financed_low_bp as i64),
            high: price.basis_points(self.financed_high_bp as i64),
        }
    }
}

/// Centimes within the bounds of the calculation.
fn bounded(amount: Money) -> f64 {
    amount.clamp(Money(0), MAX_AMOUNT).0 as f64
}

#[cfg(test)]
mod tests;
