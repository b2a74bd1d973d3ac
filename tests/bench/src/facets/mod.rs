//! P3: the counts beside every filter, with 100,000 units, beside plain SQL over the same rows. Exact is checked first:
//! the SQL is written from what the filters mean, not from the program.

mod scan;
mod selections;

use crate::report::Target;
use crate::stats::{percentile, timed};
use crate::stock::Stock;
use crate::{Bench, Failure};
use domain::Lang;
use generator::Recipe;
use kiosk::Kiosk;
use kiosk::views::{Explore, ExploreQuery, Facet};
use scan::{Ladders, Scan};
use std::collections::BTreeMap;

const RECIPE: Recipe = Recipe {
    seed: 3,
    projects: 2_000,
    units: 100_000,
    pictures: 40,
};
/// Selections whose every count is compared with the scan.
const CHECKED: usize = 300;
/// Selections timed alone.
const TIMED: usize = 3_000;
/// Times each of them is asked. The first counts for the target; the median of all tells what the selection itself
/// costs, without the moments in which another process had the core.
const AGAIN: usize = 5;
/// Selections of one measurement.
const BATCH: usize = 8;

/// Count by facet and value; what counts nought is left out.
type Counts = BTreeMap<String, u32>;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let stock = Stock::make(&RECIPE)?;
    let kiosk = stock.open()?;
    let (first, everything) = timed(|| kiosk.explore(&ExploreQuery::everything(Lang::Fr)));
    bench.figure(
        "first exploration, reads the catalogue",
        first,
        "ms",
        Target::None,
    );
    let ladders = ladders(&everything?);
    let scan = Scan::load(&stock.catalogue, kiosk_day(), ladders)?;
    bench.version("SQLite", scan.version()?);
    let selections = selections::selections(&stock.catalogue, TIMED);

    let wrong = differing(&kiosk, &scan, &selections[..CHECKED])?;
    bench.figure(
        &format!("selections of {CHECKED} with a wrong count"),
        wrong as f64,
        "",
        Target::AtMost(0.0),
    );

    let (mut times, mut settled) = (Vec::new(), Vec::new());
    for selection in &selections {
        let mut again = Vec::new();
        for _ in 0..AGAIN {
            let (time, found) = timed(|| kiosk.explore(selection));
            found?;
            again.push(time);
        }
        times.extend(again.first());
        settled.push(percentile(&again, 0.5));
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
        "the same, each selection the median of 5, p99",
        percentile(&settled, 0.99),
        "ms",
        Target::None,
    );

    let batch = &selections[..BATCH];
    bench.compare(
        &format!("counts of {BATCH} selections"),
        "SQL scan",
        "ms",
        Target::AtMost(1.0),
        &mut || {
            // Often enough to be measurable beside a scan.
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
    Ok(())
}

/// The day the stock's clock stands at.
fn kiosk_day() -> jiff::civil::Date {
    generator::PUBLISHED_ON.saturating_add(jiff::Span::new().days(7))
}

fn ladders(everything: &Explore) -> Ladders {
    Ladders {
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

/// How many selections have a count that the scan does not give; the first is told.
fn differing(kiosk: &Kiosk, scan: &Scan, selections: &[ExploreQuery]) -> Result<usize, Failure> {
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
                crate::say(&format!(
                    "Wrong counts of {selection:?}:\n  {}\n",
                    rows.join("\n  ")
                ));
            }
            wrong += 1;
        }
    }
    Ok(wrong)
}

fn counts(explore: &Explore) -> Counts {
    let facets = &explore.facets;
    let named = |name: &str, facets: &[Facet]| -> Vec<(String, u32)> {
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
    use domain::UnitStatus;

    #[test]
    fn the_scan_agrees_with_the_kiosk_and_notices_one_project_that_sold_out() {
        let recipe = Recipe {
            projects: 60,
            units: 900,
            pictures: 2,
            ..RECIPE
        };
        let stock = Stock::make(&recipe).unwrap();
        let kiosk = stock.open().unwrap();
        let everything = kiosk.explore(&ExploreQuery::everything(Lang::Fr)).unwrap();
        let selections = selections::selections(&stock.catalogue, 60);
        let scan = Scan::load(&stock.catalogue, kiosk_day(), ladders(&everything)).unwrap();
        assert_eq!(differing(&kiosk, &scan, &selections).unwrap(), 0);
        assert!(selections.iter().any(|s| kiosk.explore(s).unwrap().total > 0));

        let mut sold = stock.catalogue.clone();
        let group = sold.units[0].group.clone();
        for unit in sold.units.iter_mut().filter(|unit| unit.group == group) {
            unit.status = UnitStatus::Sold;
        }
        let scan = Scan::load(&sold, kiosk_day(), ladders(&everything)).unwrap();
        assert!(differing(&kiosk, &scan, &selections).unwrap() > 0);
    }
}
