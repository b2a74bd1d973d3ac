//! The plan of one unit: price, costs and aid, how to pay it, and what a threshold of the aid costs. Must not know: filters,
//! windows.

use super::affordability::in_dirhams;
use super::browse::Browse;
use crate::catalogue::index::{CatalogueIndex, Traits, UnitFacts};
use crate::error::KioskError;
use crate::reference::text;
use crate::views::{
    CostPlan, ForeignCurrency, NearestUnit, OffPlanPayments, Payment, PlannedAid, ThresholdWarning,
};
use expo_domain::affordability::{Means, MeansFault, MeansProblem, MeansQuestion};
use expo_domain::cost::CostRule;
use expo_domain::offplan::Stage;
use expo_domain::rules::{Rules, UnitRules};
use expo_domain::{Delivery, Lang, Money, ProductType, Unit, UnitStatus};
use expo_store::ProjectRows;
use jiff::civil::Date;

impl Browse {
    /// The plan of a unit with the means of a visitor. `None` if the unit is not available or no rule is in force. Answers
    /// that cannot be used count as not given.
    pub fn plan(
        &self,
        project: &str,
        unit: &str,
        lang: Lang,
        means: &Means,
    ) -> Result<Option<CostPlan>, KioskError> {
        let missing = || KioskError::not_found(unit);
        let index = self.catalogue.index_for_visitor()?;
        let rows = index.version.project(project)?.ok_or_else(missing)?;
        let unit = rows.units.iter().find(|u| u.id == unit).ok_or_else(missing)?;
        let group = rows
            .groups
            .iter()
            .find(|g| g.id == unit.group)
            .ok_or_else(missing)?;
        if unit.status != UnitStatus::Available {
            return Ok(None);
        }
        let means = usable(in_dirhams(means, &index)?);
        let planned = PlannedUnit {
            rules: index.rules.for_units(index.day),
            all_rules: &index.rules,
            day: index.day,
            rows: &rows,
            unit,
            product_type: group.product_type,
        };
        let Some(costs) = planned.rules.costs else {
            return Ok(None);
        };
        let mut plan = planned.plan(costs, &means);
        plan.threshold = planned.threshold(&index, lang)?;
        Ok(Some(plan))
    }
}

/// The means without the answers that cannot be used. Nothing to spend is an answer: the loan then covers the price.
fn usable(means: Means) -> Means {
    match means.fault() {
        None
        | Some(MeansFault {
            problem: MeansProblem::Zero,
            ..
        }) => means,
        Some(MeansFault {
            question: MeansQuestion::Rate | MeansQuestion::Years,
            ..
        }) => Means {
            rate_bp: None,
            years: None,
            ..means
        },
        Some(_) => Means::default(),
    }
}

/// A unit with what its plan is made of.
struct PlannedUnit<'a> {
    rules: UnitRules<'a>,
    all_rules: &'a Rules,
    day: Date,
    rows: &'a ProjectRows,
    unit: &'a Unit,
    product_type: ProductType,
}

impl PlannedUnit<'_> {
    fn aid_of(&self, unit: &Unit) -> Option<Money> {
        self.rules
            .assess(&self.rows.project, self.product_type, unit)
            .amount()
    }

    fn plan(&self, costs: &CostRule, means: &Means) -> CostPlan {
        let price = self.unit.price;
        let total = costs.total(price, self.product_type);
        let aid = self.aid_of(self.unit).map(|amount| PlannedAid {
            amount,
            total: total.map(|total| total - amount),
        });
        let without_aid = means.finance(price, total);
        let mortgage = (without_aid.loan > Money(0)).then(|| costs.mortgage_entry(without_aid.loan));
        let avoidable = costs.avoidable_duty(price, self.day);
        CostPlan {
            lines: costs.lines(price, self.product_type),
            total,
            extra: mortgage.into_iter().chain(avoidable).collect(),
            checked_on: costs.checked_on.to_string(),
            package_max_price: costs.notary.package_max_price,
            threshold: None,
            payment: Payment {
                without_aid,
                with_aid: aid.as_ref().map(|aid| means.finance(price, aid.total)),
                financed: self.all_rules.loan(self.day).map(|banks| banks.financed(price)),
                off_plan: self.off_plan(),
                foreign: self.foreign(),
            },
            aid,
        }
    }

    /// The payments by stage, for buildings that are not finished.
    fn off_plan(&self) -> Option<OffPlanPayments> {
        if self.rows.project.delivery == Delivery::Delivered || self.product_type.is_land() {
            return None;
        }
        let rule = self.all_rules.off_plan(self.day)?;
        let payments = rule.payments(self.unit.price);
        let before_keys = payments.iter().filter(|payment| payment.stage != Stage::Keys);
        Some(OffPlanPayments {
            before_keys: before_keys.map(|payment| payment.amount).sum(),
            payments,
            source: rule.source.clone(),
        })
    }

    fn foreign(&self) -> Option<ForeignCurrency> {
        let rule = self.all_rules.exchange(self.day)?;
        Some(ForeignCurrency {
            required: rule.required(self.unit.price),
            required_bp: rule.min_foreign_share_bp,
            shares: rule.shares(self.unit.price),
            declare_cash_from: rule.declare_cash_from,
            source: rule.source.clone(),
        })
    }

    /// The threshold of the aid that the price just exceeds, if the unit would have more aid below it.
    fn threshold(&self, index: &CatalogueIndex, lang: Lang) -> Result<Option<ThresholdWarning>, KioskError> {
        let exceeded = self
            .rules
            .aid
            .and_then(|rule| rule.exceeded_threshold(self.unit.price));
        let Some(exceeded) = exceeded else {
            return Ok(None);
        };
        let below = Unit {
            price: exceeded.max_price,
            ..self.unit.clone()
        };
        if self.aid_of(&below).is_none() {
            return Ok(None);
        }
        let nearest = match dearest_below(self.rows, exceeded.max_price, self.product_type, self.rules) {
            Some(unit) => Some(nearest_unit(self.rows, unit, lang)),
            None => self.nearest_elsewhere(index, exceeded.max_price, lang)?,
        };
        Ok(Some(ThresholdWarning {
            max_price: exceeded.max_price,
            excess: exceeded.excess,
            lost: exceeded.lost,
            nearest,
        }))
    }

    /// The unit below a price with aid in the nearest other project.
    fn nearest_elsewhere(
        &self,
        index: &CatalogueIndex,
        max_price: Money,
        lang: Lang,
    ) -> Result<Option<NearestUnit>, KioskError> {
        let Some(here) = index.entry(&self.rows.project.id) else {
            return Ok(None);
        };
        let fits = |unit: &UnitFacts| {
            unit.price <= max_price
                && unit.traits.intersects(Traits::AID)
                && unit.traits.intersects(Traits::of_type(self.product_type))
        };
        let others = index.entries.iter().enumerate();
        let others = others.filter(|(ordinal, _)| index.units(*ordinal).iter().any(fits));
        let nearest = others.min_by(|(_, a), (_, b)| {
            let km = |entry| index.km_between(here, entry).unwrap_or(f64::MAX);
            km(a).total_cmp(&km(b))
        });
        let Some((_, entry)) = nearest else {
            return Ok(None);
        };
        let rows = index.version.project(&entry.project.id)?;
        Ok(rows.and_then(|rows| {
            let unit = dearest_below(&rows, max_price, self.product_type, self.rules)?;
            Some(nearest_unit(&rows, unit, lang))
        }))
    }
}

/// The dearest available unit of a type with aid, up to a price.
fn dearest_below<'r>(
    rows: &'r ProjectRows,
    max_price: Money,
    product_type: ProductType,
    rules: UnitRules<'_>,
) -> Option<&'r Unit> {
    let of_type = |unit: &&Unit| {
        let mut groups = rows.groups.iter();
        groups.any(|group| group.id == unit.group && group.product_type == product_type)
    };
    let units = rows.units.iter();
    units
        .filter(|unit| unit.status == UnitStatus::Available && unit.price <= max_price)
        .filter(of_type)
        .filter(|unit| rules.assess(&rows.project, product_type, unit).amount().is_some())
        .max_by_key(|unit| unit.price)
}

fn nearest_unit(rows: &ProjectRows, unit: &Unit, lang: Lang) -> NearestUnit {
    NearestUnit {
        project: rows.project.id.clone(),
        title: text(&rows.project.title, lang),
        unit: unit.id.clone(),
        number: unit.number.clone(),
        price: unit.price,
    }
}
