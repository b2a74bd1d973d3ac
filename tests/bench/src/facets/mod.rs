//! P3: result counts for all filter values, with 100,000 units, compared with plain SQL over the same rows. The counts are
//! checked for equality first: the SQL is written from the meaning of the filters, not from the program.

mod affordability;
mod selections;
mod sql_scan;

use crate::large_kiosk::LargeKiosk;
use crate::report::Target;
use crate::stats::{percentile, timed};
use crate::{Bench, Failure};
use expo_domain::Lang;
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::{Explore, ExploreQuery, FacetCount};
use generator::Recipe;
use sql_scan::{PriceAndSurfaceSteps, SqlScan};
use std::collections::BTreeMap;

const RECIPE: Recipe = Recipe {
    seed: 3,
    projects: 2_000,
    units: 100_000,
    pictures: 40,
};
/// Selections for which all counts are compared with the scan.
const CHECKED_SELECTIONS: usize = 300;
/// Selections timed without the peer.
const TIMED_SELECTIONS: usize = 3_000;
/// Repetitions of each selection. The first one counts for the target. The median of all excludes the moments in which
/// another process used the core.
const REPETITIONS: usize = 5;
/// Selections per measurement.
const BATCH_SIZE: usize = 8;

/// Count by facet and value, without zero counts.
type Counts = BTreeMap<String, u32>;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let large_kiosk = LargeKiosk::create(&RECIPE)?;
    let kiosk = large_kiosk.open()?;
    let (first_time, everything) = timed(|| kiosk.explore(&ExploreQuery::everything(Lang::Fr)));
    bench.figure(
        "first exploration, reads the catalogue",
        first_time,
        "ms",
        Target::None,
    );
    let steps = price_and_surface_steps(&everything?);
    let scan = SqlScan::load(&large_kiosk.catalogue, kiosk_day(), steps)?;
    bench.version("SQLite", scan.version()?);
    let selections = selections::selections(&large_kiosk.catalogue, TIMED_SELECTIONS);

    let wrong = count_differing(&kiosk, &scan, &selections[..CHECKED_SELECTIONS])?;
    bench.figure(
        &format!("selections of {CHECKED_SELECTIONS} with a wrong count"),
        wrong as f64,
        "",
        Target::AtMost(0.0),
    );

    let (mut times, mut medians) = (Vec::new(), Vec::new());
    for selection in &selections {
        let mut repeated = Vec::new();
        for _ in 0..REPETITIONS {
            let (time, found) = timed(|| kiosk.explore(selection));
            found?;
            repeated.push(time);
        }
        times.extend(repeated.first());
        medians.push(percentile(&repeated, 0.5));
    }
    bench.figure(
        "explore with all counts, p50",
        percentile(&times, 0.5),
        "ms",
        Target::None,
    );
    bench.figure(
        "explore with all counts, p99",
        percentile(&times, 0.99),
        "ms",
        Target::AtMost(10.0),
    );
    bench.figure(
        "explore with all counts, slowest",
        percentile(&times, 1.0),
        "ms",
        Target::None,
    );

    bench.figure(
        "explore with all counts, median of 5 per selection, p99",
        percentile(&medians, 0.99),
        "ms",
        Target::None,
    );

    let batch = &selections[..BATCH_SIZE];
    bench.compare(
        &format!("counts of {BATCH_SIZE} selections"),
        "SQL scan",
        "ms",
        Target::AtMost(1.0),
        &mut || {
            // Repeated, because one pass is too short to measure.
            let (time, done) = timed(|| {
                (0..40).try_for_each(|_| {
                    batch
                        .iter()
                        .try_for_each(|selection| kiosk.explore(selection).map(drop))
                })
            });
            done?;
            Ok(time / 40.0)
        },
        &mut || {
            let (time, done) = timed(|| {
                batch
                    .iter()
                    .try_for_each(|selection| scan.counts(selection).map(drop))
            });
            done?;
            Ok(time)
        },
    )?;
    affordability::run(bench, &kiosk, &scan, &large_kiosk.catalogue)
}

/// The date of the kiosk's fixed clock.
fn kiosk_day() -> jiff::civil::Date {
    generator::PUBLISHED_ON.saturating_add(jiff::Span::new().days(7))
}

fn price_and_surface_steps(everything: &Explore) -> PriceAndSurfaceSteps {
    PriceAndSurfaceSteps {
        plans: everything.facets.plans.iter().map(|step| step.max_plan).collect(),
        budgets: everything
            .facets
            .budgets
            .iter()
            .map(|step| step.max_price)
            .collect(),
        surfaces: everything
            .facets
            .surfaces
            .iter()
            .map(|step| step.min_surface)
            .collect(),
    }
}

/// Number of selections with a count that differs from the scan. Prints the first one.
fn count_differing(kiosk: &Kiosk, scan: &SqlScan, selections: &[ExploreQuery]) -> Result<usize, Failure> {
    let mut wrong = 0;
    for selection in selections {
        let (ours, theirs) = (counts(&kiosk.explore(selection)?), scan.counts(selection)?);
        if ours != theirs {
            if wrong == 0 {
                let keys = ours
                    .keys()
                    .chain(theirs.keys())
                    .filter(|key| ours.get(*key) != theirs.get(*key));
                let rows: Vec<String> = keys
                    .take(6)
                    .map(|key| format!("{key}: {:?}, scan {:?}", ours.get(key), theirs.get(key)))
                    .collect();
                crate::print_text(&format!(
                    "Wrong counts for {selection:?}:\n  {}\n",
                    rows.join("\n  ")
                ));
            }
            wrong += 1;
        }
    }
    Ok(wrong)
}

/// All counts of an exploration.
fn counts(explore: &Explore) -> Counts {
    let facets = &explore.facets;
    let named = |name: &str, facets: &[FacetCount]| -> Vec<(String, u32)> {
        facets
            .iter()
            .map(|facet| (format!("{name} {}", facet.value), facet.count))
            .collect()
    };
    let all = named("region", &facets.regions)
        .into_iter()
        .chain(named("town", &facets.towns))
        .chain(named("subsidiary", &facets.subsidiaries))
        .chain(named("type", &facets.types))
        .chain(named("rooms", &facets.rooms))
        .chain(named("delivery", &facets.deliveries))
        .chain(named("land_title", &facets.land_titles))
        .chain(
            facets
                .budgets
                .iter()
                .map(|step| (format!("budget {}", step.max_price.0), step.count)),
        )
        .chain(
            facets
                .plans
                .iter()
                .map(|step| (format!("plan {}", step.max_plan.0), step.count)),
        )
        .chain(
            facets
                .surfaces
                .iter()
                .map(|step| (format!("surface {}", step.min_surface), step.count)),
        )
        .chain([
            ("aid".to_owned(), facets.aid),
            ("offer".to_owned(), facets.offer),
            ("total".to_owned(), explore.total),
        ]);
    all.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expo_domain::UnitStatus;

    #[test]
    fn scan_agrees_with_kiosk_and_detects_a_sold_out_unit_group() {
        let recipe = Recipe {
            projects: 60,
            units: 900,
            pictures: 2,
            ..RECIPE
        };
        let large_kiosk = LargeKiosk::create(&recipe).unwrap();
        let kiosk = large_kiosk.open().unwrap();
        let everything = kiosk.explore(&ExploreQuery::everything(Lang::Fr)).unwrap();
        let selections = selections::selections(&large_kiosk.catalogue, 60);
        let scan = SqlScan::load(
            &large_kiosk.catalogue,
            kiosk_day(),
            price_and_surface_steps(&everything),
        )
        .unwrap();
        assert_eq!(count_differing(&kiosk, &scan, &selections).unwrap(), 0);
        assert!(selections.iter().any(|s| kiosk.explore(s).unwrap().total > 0));
        let visitors = affordability::visitors(&large_kiosk.catalogue, 60);
        assert_eq!(
            affordability::count_differing(&kiosk, &scan, &visitors).unwrap(),
            0
        );

        let mut sold = large_kiosk.catalogue.clone();
        let group = sold.units[0].group.clone();
        for unit in sold.units.iter_mut().filter(|unit| unit.group == group) {
            unit.status = UnitStatus::Sold;
        }
        let scan = SqlScan::load(&sold, kiosk_day(), price_and_surface_steps(&everything)).unwrap();
        assert!(count_differing(&kiosk, &scan, &selections).unwrap() > 0);
        assert!(affordability::count_differing(&kiosk, &scan, &visitors).unwrap() > 0);
    }
}
