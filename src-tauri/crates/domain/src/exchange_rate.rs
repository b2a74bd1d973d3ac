//! Dated exchange rates, for an approximation of amounts in the currency of a stop. Must not know: stops, formats.

use crate::money::Money;
use crate::rule_source::RuleSource;
use serde::{Deserialize, Serialize};

/// The rates of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRates {
    /// The rates.
    pub rates: Vec<ExchangeRate>,
    /// Where they come from.
    pub source: RuleSource,
}

/// The rate of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// ISO 4217.
    pub currency: String,
    /// Dirhams for one unit, times 10,000.
    pub dirhams_e4: i64,
    /// Countries with this currency, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
}

impl ExchangeRates {
    /// The rate of the currency of a country.
    pub fn of_country(&self, country: &str) -> Option<&ExchangeRate> {
        let uses = |rate: &&ExchangeRate| rate.countries.iter().any(|code| code == country);
        self.rates.iter().find(uses)
    }

    /// The rate of a currency.
    pub fn of_currency(&self, currency: &str) -> Option<&ExchangeRate> {
        self.rates.iter().find(|rate| rate.currency == currency)
    }
}

impl ExchangeRate {
    /// Hundredths of the currency in dirhams, rounded half up. An amount too large to convert is the largest one.
    pub const fn to_dirhams(&self, hundredths: Money) -> Money {
        Money(hundredths.0.saturating_mul(self.dirhams_e4).saturating_add(5_000) / 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_converted_to_the_centime() {
        let euro = ExchangeRate {
            currency: "EUR".to_owned(),
            dirhams_e4: 107_523,
            countries: vec!["FR".to_owned()],
        };
        assert_eq!(euro.to_dirhams(Money::dirhams(100)), Money(107_523));
        assert_eq!(euro.to_dirhams(Money(1)), Money(11));
        assert!(euro.to_dirhams(Money(i64::MAX)) > Money::dirhams(1_000_000_000));
    }
}
