//! Purchase costs in addition to the price: registration, land registry, notary. The rates are data with source and
//! date. Must not know: loans, banks.
//!
//! Source of the shipped rates: see each entry of `assets/rules/costs.toml`.

use crate::aid::Aid;
use crate::catalogue::ProductType;
use crate::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The rates in force on the day they were checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CostRule {
    /// Name of the version.
    pub version: String,
    /// Day the rates were last compared with their sources.
    pub checked_on: Date,
    /// Registration duty on built property, in basis points.
    pub registration_built_bp: i64,
    /// Registration duty on bare land, in basis points.
    pub registration_land_bp: i64,
    /// Land registry (ANCFCC), in basis points.
    pub land_registry_bp: i64,
    /// Land registry, fixed part, in centimes.
    pub land_registry_fixed: Money,
    /// Notary's fee, in basis points.
    pub notary_bp: i64,
    /// Minimum notary's fee, in centimes.
    pub notary_min: Money,
    /// VAT on the notary's fee, in basis points.
    pub notary_vat_bp: i64,
    /// Notary's flat fee TTC for low-priced homes, in centimes.
    pub notary_package: Money,
    /// Highest price to which the flat fee applies, in centimes.
    pub notary_package_max_price: Money,
    /// Certificates, stamps and the like, in centimes.
    pub miscellaneous: Money,
}

/// One line of the calculation shown to the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostLine {
    /// `price`, `registration`, `land_registry`, `notary`, `notary_vat`, `miscellaneous` or `aid`.
    pub code: &'static str,
    /// Centimes; negative for the aid.
    pub amount: Money,
    /// Whether it is an estimate.
    pub estimated: bool,
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
    /// Price, each cost and the aid in display order. Their sum is the total to plan for.
    pub fn plan(&self, price: Money, product_type: ProductType, aid: Aid) -> Vec<CostLine> {
        let registration = if product_type.is_land() {
            self.registration_land_bp
        } else {
            self.registration_built_bp
        };
        let mut lines = vec![
            CostLine {
                code: "price",
                amount: price,
                estimated: false,
            },
            estimate("registration", price.basis_points(registration)),
            estimate(
                "land_registry",
                price.basis_points(self.land_registry_bp) + self.land_registry_fixed,
            ),
        ];
        if product_type.is_home() && price <= self.notary_package_max_price {
            lines.push(estimate("notary", self.notary_package));
        } else {
            let fee = price.basis_points(self.notary_bp).max(self.notary_min);
            lines.push(estimate("notary", fee));
            lines.push(estimate("notary_vat", fee.basis_points(self.notary_vat_bp)));
        }
        lines.push(estimate("miscellaneous", self.miscellaneous));
        if let Some(amount) = aid.amount() {
            lines.push(estimate("aid", Money(-amount.0)));
        }
        lines
    }
}

const fn estimate(code: &'static str, amount: Money) -> CostLine {
    CostLine {
        code,
        amount,
        estimated: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plan_matches_worked_example_of_600_000_dirhams() {
        let rule = CostRule {
            version: "test".to_owned(),
            checked_on: Date::constant(2026, 1, 1),
            registration_built_bp: 400,
            registration_land_bp: 500,
            land_registry_bp: 150,
            land_registry_fixed: Money::dirhams(200),
            notary_bp: 100,
            notary_min: Money::dirhams(2_500),
            notary_vat_bp: 2_000,
            notary_package: Money::dirhams(2_500),
            notary_package_max_price: Money::dirhams(300_000),
            miscellaneous: Money::dirhams(1_500),
        };
        let lines = rule.plan(Money::dirhams(600_000), ProductType::Apartment, Aid::NotEligible);
        let costs: Money = lines.iter().filter(|l| l.code != "price").map(|l| l.amount).sum();
        assert_eq!(costs, Money::dirhams(41_900));
    }
}
