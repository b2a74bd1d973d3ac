//! What visitors can afford, and the plan of a unit.

use super::browse::{catalogue, everything, kiosk_with};
use crate::views::{CostPlan, ExploreQuery, Means, ShortlistItem};
use expo_domain::affordability::MeansProblem;
use expo_domain::{Catalogue, Lang, Money, UnitStatus};

fn with_cash(dirhams: i64) -> Means {
    Means {
        cash: Some(Money::dirhams(dirhams)),
        ..Means::default()
    }
}

fn plan(catalogue: &Catalogue, project: &str, unit: &str, means: &Means) -> CostPlan {
    let (_folder, kiosk) = kiosk_with(catalogue);
    kiosk.plan(project, unit, Lang::Fr, means).unwrap().unwrap()
}

/// The catalogue with these prices, in dirhams, for the apartments of the first group. Its project has a permit.
fn with_apartments(prices: [i64; 3]) -> Catalogue {
    let mut catalogue = catalogue();
    let units = catalogue.units.iter_mut().filter(|unit| unit.group == "P-0-G0");
    for (unit, price) in units.zip(prices) {
        unit.price = Money::dirhams(price);
        unit.status = UnitStatus::Available;
    }
    catalogue
}

#[test]
fn counts_of_a_budget_are_those_of_its_selection() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let reach = kiosk.affordability(&with_cash(700_000)).unwrap().reach.unwrap();
    assert!(reach.without_aid > 0);
    for (plan_counts_aid, count) in [(false, reach.without_aid), (true, reach.with_aid)] {
        let query = ExploreQuery {
            max_plan: Some(reach.budget.total),
            plan_counts_aid,
            ..everything()
        };
        assert_eq!(kiosk.explore(&query).unwrap().total, count);
    }
}

#[test]
fn amounts_beyond_all_bounds_are_faults() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    for currency in [None, Some("EUR".to_owned())] {
        let means = Means {
            currency,
            cash: Some(Money(i64::MAX)),
            ..Means::default()
        };
        let found = kiosk.affordability(&means).unwrap();
        assert_eq!(found.fault.unwrap().problem, MeansProblem::TooLarge);
        assert_eq!(found.reach, None);
    }
}

#[test]
fn unknown_currencies_are_refused() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let means = Means {
        currency: Some("XXX".to_owned()),
        ..with_cash(1)
    };
    assert!(kiosk.affordability(&means).is_err());
}

#[test]
fn plan_has_totals_with_and_without_the_aid() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let plan = plan(&catalogue, "P-0", "P-0-G0-0", &Means::default());
    assert_eq!(plan.total.low, Money::dirhams(641_900));
    assert_eq!(plan.total.high, Money::dirhams(647_000));
    let aid = plan.aid.unwrap();
    assert_eq!(aid.amount, Money::dirhams(70_000));
    assert_eq!(aid.total.high, Money::dirhams(577_000));
    assert_eq!(plan.threshold, None);
}

#[test]
fn threshold_warning_names_the_nearest_unit_below() {
    let catalogue = with_apartments([301_000, 295_000, 290_000]);
    let plan = plan(&catalogue, "P-0", "P-0-G0-0", &Means::default());
    let warning = plan.threshold.unwrap();
    assert_eq!(warning.excess, Money::dirhams(1_000));
    assert_eq!(warning.lost, Money::dirhams(30_000));
    assert_eq!(warning.nearest.unwrap().unit, "P-0-G0-1");
}

#[test]
fn unusable_means_count_as_not_given() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let without = plan(&catalogue, "P-0", "P-0-G0-0", &Means::default());
    let with = plan(&catalogue, "P-0", "P-0-G0-0", &with_cash(i64::MAX / 100));
    assert_eq!(with.payment, without.payment);
}

#[test]
fn without_cash_the_loan_covers_the_price() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let plan = plan(&catalogue, "P-0", "P-0-G0-0", &with_cash(0));
    assert_eq!(plan.payment.without_aid.loan, Money::dirhams(600_000));
}

#[test]
fn unusable_rate_keeps_the_cash() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let no_term = Means {
        rate_bp: Some(450),
        years: Some(0),
        ..with_cash(100_000)
    };
    let with = plan(&catalogue, "P-0", "P-0-G0-0", &no_term);
    let without = plan(&catalogue, "P-0", "P-0-G0-0", &with_cash(100_000));
    assert_eq!(with.payment, without.payment);
}

#[test]
fn unfinished_buildings_are_paid_by_stage() {
    let catalogue = catalogue();
    let plan = plan(&catalogue, "P-1", "P-1-G0-2", &Means::default());
    let unit = catalogue.units.iter().find(|unit| unit.id == "P-1-G0-2").unwrap();
    let off_plan = plan.payment.off_plan.unwrap();
    let paid: Money = off_plan.payments.iter().map(|payment| payment.amount).sum();
    assert_eq!(paid, unit.price);
    assert_eq!(off_plan.before_keys, unit.price.basis_points(8_000));
}

fn item(project: &str, unit: Option<&str>) -> ShortlistItem {
    ShortlistItem {
        project: project.to_owned(),
        unit: unit.map(str::to_owned),
    }
}

#[test]
fn totals_of_units_are_those_of_their_plans() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let (_folder, kiosk) = kiosk_with(&catalogue);
    let unit = |at| item("P-0", Some(["P-0-G0-0", "P-0-G0-1"][at]));
    let totals = kiosk.totals(&[unit(0), item("P-999", None), unit(1)]).unwrap();
    let plans = ["P-0-G0-0", "P-0-G0-1"].map(|unit| plan(&catalogue, "P-0", unit, &Means::default()));
    assert_eq!(totals.items.len(), 3);
    assert_eq!(totals.items[1], None);
    for (total, plan) in [totals.items[0], totals.items[2]].into_iter().zip(&plans) {
        let total = total.unwrap();
        assert_eq!(total.without_aid, plan.total);
        assert_eq!(total.with_aid, plan.aid.as_ref().map(|aid| aid.total));
    }
    let units = totals.units.unwrap();
    assert_eq!(
        (units.count, units.without_aid),
        (2, plans[0].total + plans[1].total)
    );
    // The aid is granted once.
    let aid = plans[0].aid.as_ref().unwrap().amount;
    assert_eq!(
        units.with_aid.unwrap(),
        units.without_aid.map(|total| total - aid)
    );
}

#[test]
fn total_of_a_project_covers_all_its_units() {
    let catalogue = with_apartments([600_000, 500_000, 400_000]);
    let (_folder, kiosk) = kiosk_with(&catalogue);
    let units: Vec<ShortlistItem> = catalogue
        .units
        .iter()
        .filter(|unit| unit.id.starts_with("P-0-"))
        .map(|unit| item("P-0", Some(&unit.id)))
        .collect();
    let each = kiosk.totals(&units).unwrap().items;
    let each: Vec<_> = each.into_iter().flatten().collect();
    let totals = kiosk.totals(&[item("P-0", None)]).unwrap();
    let project = totals.items[0].unwrap();
    let lowest = each.iter().map(|total| total.without_aid.low).min().unwrap();
    let highest = each.iter().map(|total| total.without_aid.high).max().unwrap();
    assert_eq!(
        (project.without_aid.low, project.without_aid.high),
        (lowest, highest)
    );
    assert!(project.with_aid.unwrap().low < lowest);
    assert_eq!(totals.units, None);
}

#[test]
fn takeaway_of_units_says_what_to_plan_for_them() {
    let (_folder, kiosk) = kiosk_with(&with_apartments([600_000, 500_000, 400_000]));
    let text = |items: &[ShortlistItem]| {
        let text = kiosk.shortlist(items, Lang::Fr).unwrap().text;
        text.replace('\u{a0}', " ")
    };
    let one = text(&[item("P-0", Some("P-0-G0-0"))]);
    assert!(
        one.contains("\nTotal à prévoir, frais compris : 641 900 DH – 647 000 DH\n"),
        "{one}"
    );
    assert!(
        one.contains("\nSi l’aide est accordée, une seule fois : 571 900 DH – 577 000 DH\n"),
        "{one}"
    );
    assert!(!text(&[item("P-0", None)]).contains("Total à prévoir"));
}
