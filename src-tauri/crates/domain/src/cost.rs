//! Purchase costs in addition to the price: registration, land registry, notary. The rates are data with source and
//! date. Must not know: loans, banks, the aid.
//!
//! Source of the shipped rates: see each entry of `assets/rules/costs.toml`.

use crate::catalogue::ProductType;
use crate::money::{AmountRange, Money};
use crate::rule_source::RuleSource;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rates in force on the day they were checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostRule {
    /// Day the rates were last compared with their sources.
    pub checked_on: Date,
    /// Registration duty.
    pub registration: Registration,
    /// Land registry (ANCFCC).
    pub land_registry: LandRegistry,
    /// Notary's fee.
    pub notary: NotaryFee,
    /// Stamps, copies and formalities.
    pub miscellaneous: Miscellaneous,
    /// Entry of a mortgage.
    pub mortgage: MortgageEntry,
    /// Additional duty on payments without a trace.
    pub untraced_payment: UntracedPayment,
}

/// Registration duty, in basis points of the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Registration {
    pub built_bp: i64,
    pub land_bp: i64,
    pub source: RuleSource,
}

/// Tariff of the land registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LandRegistry {
    pub rate_bp: i64,
    pub fixed: Money,
    pub minimum: Money,
    pub certificate: Money,
    pub source: RuleSource,
}

/// Notary's fee: a range, or a package for homes up to a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NotaryFee {
    pub low_bp: i64,
    pub high_bp: i64,
    pub low_minimum: Money,
    pub high_minimum: Money,
    pub vat_bp: i64,
    /// Highest fee TTC for homes up to `package_max_price`.
    pub package: Money,
    pub package_max_price: Money,
    pub source: RuleSource,
}

/// A range by custom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Miscellaneous {
    pub low: Money,
    pub high: Money,
    pub source: RuleSource,
}

/// Tariff for the entry of a mortgage, on the sum lent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MortgageEntry {
    pub fixed: Money,
    pub fixed_up_to: Money,
    pub low_bp: i64,
    pub high_bp: i64,
    pub source: RuleSource,
}

/// Additional duty when the deed lacks the references of payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UntracedPayment {
    pub valid_from: Date,
    pub rate_bp: i64,
    /// Applies to prices above this one.
    pub above: Money,
    pub source: RuleSource,
}

/// What a line of the calculation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum CostCode {
    Price,
    Registration,
    LandRegistry,
    Certificate,
    Notary,
    NotaryVat,
    /// The notary's package instead of fee and VAT.
    NotaryPackage,
    Miscellaneous,
    /// Not part of the total.
    MortgageEntry,
    /// Not part of the total.
    UntracedPayment,
}

/// One line of the calculation shown to the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CostLine {
    /// What it is for.
    pub code: CostCode,
    /// The amount.
    pub amount: AmountRange,
    /// Source of an estimate; `None` for the price.
    pub source: Option<RuleSource>,
}

impl ProductType {
    /// Whether the duty for bare land applies.
    pub const fn is_land(self) -> bool {
        matches!(
            self,
            Self::ResidentialPlot
                | Self::CraftPlot
                | Self::IndustrialPlot
                | Self::CommercialPlot
                | Self::Block
        )
    }

    /// Whether it is a dwelling.
    pub const fn is_home(self) -> bool {
        matches!(
            self,
            Self::Apartment | Self::House | Self::Villa | Self::SemiFinishedVilla
        )
    }
}

impl CostRule {
    /// The price and each cost, in display order.
    fn amounts(&self, price: Money, product_type: ProductType) -> Vec<(CostCode, AmountRange)> {
        let registration = if product_type.is_land() {
            self.registration.land_bp
        } else {
            self.registration.built_bp
        };
        let registry = price.basis_points(self.land_registry.rate_bp) + self.land_registry.fixed;
        let mut amounts = vec![
            (CostCode::Price, AmountRange::exactly(price)),
            (
                CostCode::Registration,
                AmountRange::exactly(price.basis_points(registration)),
            ),
            (
                CostCode::LandRegistry,
                AmountRange::exactly(registry.max(self.land_registry.minimum)),
            ),
            (
                CostCode::Certificate,
                AmountRange::exactly(self.land_registry.certificate),
            ),
        ];
        let notary = &self.notary;
        if product_type.is_home() && price <= notary.package_max_price {
            amounts.push((CostCode::NotaryPackage, AmountRange::exactly(notary.package)));
        } else {
            let fee = AmountRange::new(
                price.basis_points(notary.low_bp).max(notary.low_minimum),
                price.basis_points(notary.high_bp).max(notary.high_minimum),
            );
            amounts.push((CostCode::Notary, fee));
            amounts.push((
                CostCode::NotaryVat,
                fee.map(|fee| fee.basis_points(notary.vat_bp)),
            ));
        }
        let Miscellaneous { low, high, .. } = self.miscellaneous;
        amounts.push((CostCode::Miscellaneous, AmountRange::new(low, high)));
        amounts
    }

    /// The lines of [`Self::amounts`] with their sources.
    pub fn lines(&self, price: Money, product_type: ProductType) -> Vec<CostLine> {
        let amounts = self.amounts(price, product_type).into_iter();
        amounts.map(|(code, amount)| self.line(code, amount)).collect()
    }

    /// Price and costs together.
    pub fn total(&self, price: Money, product_type: ProductType) -> AmountRange {
        let amounts = self.amounts(price, product_type).into_iter();
        amounts.map(|(_, amount)| amount).sum()
    }

    /// What the entry of a mortgage costs for a loan. Not part of the total.
    pub fn mortgage_entry(&self, loan: Money) -> CostLine {
        let mortgage = &self.mortgage;
        let amount = if loan <= mortgage.fixed_up_to {
            AmountRange::exactly(mortgage.fixed)
        } else {
            AmountRange::new(
                loan.basis_points(mortgage.low_bp),
                loan.basis_points(mortgage.high_bp),
            )
        };
        self.line(CostCode::MortgageEntry, amount)
    }

    /// The duty that traceable payments avoid on a day, if it concerns this price. Not part of the total.
    pub fn avoidable_duty(&self, price: Money, day: Date) -> Option<CostLine> {
        let rule = &self.untraced_payment;
        let applies = day >= rule.valid_from && price > rule.above;
        let amount = || AmountRange::exactly(price.basis_points(rule.rate_bp));
        applies.then(|| self.line(CostCode::UntracedPayment, amount()))
    }

    fn line(&self, code: CostCode, amount: AmountRange) -> CostLine {
        CostLine {
            code,
            amount,
            source: self.source(code).cloned(),
        }
    }

    const fn source(&self, code: CostCode) -> Option<&RuleSource> {
        Some(match code {
            CostCode::Price => return None,
            CostCode::Registration => &self.registration.source,
            CostCode::LandRegistry | CostCode::Certificate => &self.land_registry.source,
            CostCode::Notary | CostCode::NotaryVat | CostCode::NotaryPackage => &self.notary.source,
            CostCode::Miscellaneous => &self.miscellaneous.source,
            CostCode::MortgageEntry => &self.mortgage.source,
            CostCode::UntracedPayment => &self.untraced_payment.source,
        })
    }
}

#[cfg(test)]
mod tests;
