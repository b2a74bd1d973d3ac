//! What a visitor can afford: the budget from the answers, and the projects within it. Must not know: windows, the plan of
//! single units.

use super::browse::{Browse, selection_total};
use crate::catalogue::index::CatalogueIndex;
use crate::error::KioskError;
use crate::views::{Affordability, CurrencyRate, ExploreQuery, Reach};
use expo_domain::affordability::Means;
use expo_domain::exchange_rate::ExchangeRates;
use expo_domain::{Lang, Money};

impl Browse {
    /// What a visitor can afford. Without answers it only has what the questions need.
    pub fn affordability(&self, means: &Means) -> Result<Affordability, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let means = in_dirhams(means, &index)?;
        let fault = means.fault();
        let budget = if fault.is_none() { means.budget() } else { None };
        let count = |max_plan: Money, plan_counts_aid| {
            let query = ExploreQuery {
                max_plan: Some(max_plan),
                plan_counts_aid,
                ..ExploreQuery::everything(Lang::Fr)
            };
            selection_total(&index, &query)
        };
        Ok(Affordability {
            fault,
            reach: budget.map(|budget| Reach {
                budget,
                without_aid: count(budget.total, false),
                with_aid: count(budget.total, true),
            }),
            rate: self.rate_of_stop(&index)?,
            banks: index.rules.loan(index.day).cloned(),
        })
    }

    fn rate_of_stop(&self, index: &CatalogueIndex) -> Result<Option<CurrencyRate>, KioskError> {
        let stop = self.env.settings().stop()?;
        let view = |rates: &ExchangeRates| {
            let rate = rates.of_country(stop.form_country())?;
            Some(CurrencyRate {
                currency: rate.currency.clone(),
                dirhams_e4: rate.dirhams_e4,
                source: rates.source.clone(),
            })
        };
        Ok(index.rules.rates(index.day).and_then(view))
    }
}

/// The answers with amounts in dirhams.
pub(super) fn in_dirhams(means: &Means, index: &CatalogueIndex) -> Result<Means, KioskError> {
    let Some(currency) = &means.currency else {
        return Ok(means.clone());
    };
    let rates = index.rules.rates(index.day);
    let rate = rates.and_then(|rates| rates.of_currency(currency));
    let rate = rate.ok_or_else(|| KioskError::not_found(currency))?;
    let convert = |amount: Option<Money>| amount.map(|amount| rate.to_dirhams(amount));
    Ok(Means {
        currency: None,
        cash: convert(means.cash),
        monthly: convert(means.monthly),
        ..means.clone()
    })
}
