//! P3 for money: what a visitor can afford over 100,000 units, with the projects within the budget and all counts, compared
//! with the SQL scan. The budget is compared with a second calculation, the counts for equality. Must not use the program's
//! own budget or selection.

use super::sql_scan::SqlScan;
use super::{BATCH_SIZE, counts};
use crate::report::Target;
use crate::stats::{percentile, timed};
use crate::{Bench, Failure};
use expo_domain::{Catalogue, Lang, Money};
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::{Explore, ExploreQuery, Means, Reach, Sort};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// Visitors whose counts are all compared with the scan.
const CHECKED_VISITORS: usize = 100;
/// Visitors timed without the peer.
const TIMED_VISITORS: usize = 1_000;
/// How far a budget may differ from the second calculation, in centimes: it is rounded down to whole dirhams.
const BUDGET_TOLERANCE: i64 = 100;

/// The answers of one visitor, and whether the projects are those with the aid.
pub struct Visitor {
    means: Means,
    counts_aid: bool,
}

pub fn run(bench: &mut Bench, kiosk: &Kiosk, scan: &SqlScan, catalogue: &Catalogue) -> Result<(), Failure> {
    let visitors = visitors(catalogue, TIMED_VISITORS);
    let wrong = count_differing(kiosk, scan, &visitors[..CHECKED_VISITORS])?;
    bench.figure(
        &format!("visitors of {CHECKED_VISITORS} with a wrong budget or count"),
        wrong as f64,
        "",
        Target::AtMost(0.0),
    );
    let mut times = Vec::new();
    for visitor in &visitors {
        let (time, found) = timed(|| answer(kiosk, visitor));
        found?;
        times.push(time);
    }
    bench.figure(
        "affordability with all counts, p50",
        percentile(&times, 0.5),
        "ms",
        Target::None,
    );
    bench.figure(
        "affordability with all counts, p99",
        percentile(&times, 0.99),
        "ms",
        Target::AtMost(10.0),
    );
    let batch = &visitors[..BATCH_SIZE];
    bench.compare(
        &format!("what {BATCH_SIZE} visitors can afford, with all counts"),
        "SQL scan",
        "ms",
        Target::AtMost(1.0),
        &mut || {
            // Repeated, because one pass is too short to measure.
            let (time, done) = timed(|| {
                (0..20).try_for_each(|_| batch.iter().try_for_each(|one| answer(kiosk, one).map(drop)))
            });
            done?;
            Ok(time / 20.0)
        },
        &mut || {
            let (time, done) = timed(|| batch.iter().try_for_each(|one| scanned(scan, one).map(drop)));
            done?;
            Ok(time)
        },
    )?;
    Ok(())
}

/// The same visitors in every run: with cash, with a loan, with both.
pub fn visitors(catalogue: &Catalogue, count: usize) -> Vec<Visitor> {
    let mut rng = StdRng::seed_from_u64(0xca5);
    let prices: Vec<i64> = catalogue.units.iter().map(|unit| unit.price.0 / 100).collect();
    (0..count)
        .map(|_| {
            let price = prices.choose(&mut rng).copied().unwrap_or(300_000);
            let has_loan = rng.random_bool(0.6);
            let has_cash = !has_loan || rng.random_bool(0.7);
            let share = rng.random_range(10..=120);
            Visitor {
                means: Means {
                    cash: has_cash.then(|| Money::dirhams(price * share / 100)),
                    monthly: has_loan.then(|| Money::dirhams(rng.random_range(5..200) * 100)),
                    rate_bp: has_loan.then(|| rng.random_range(0..900)),
                    years: has_loan.then(|| rng.random_range(1..=30)),
                    ..Means::default()
                },
                counts_aid: rng.random_bool(0.5),
            }
        })
        .collect()
}

/// What the window asks for: the budget with its two counts, then the projects within it with the counts of all filters.
fn answer(kiosk: &Kiosk, visitor: &Visitor) -> Result<(Reach, Explore), Failure> {
    let reach = kiosk
        .affordability(&visitor.means)?
        .reach
        .ok_or("the visitor has no budget")?;
    let found = kiosk.explore(&query(reach.budget.total, visitor.counts_aid))?;
    Ok((reach, found))
}

/// The same by the scan, for the budget of the second calculation.
fn scanned(scan: &SqlScan, visitor: &Visitor) -> Result<(), Failure> {
    let total = budget(&visitor.means);
    scan.within(total, false)?;
    scan.within(total, true)?;
    scan.counts(&query(total, visitor.counts_aid)).map(drop)
}

fn query(total: Money, counts_aid: bool) -> ExploreQuery {
    ExploreQuery {
        max_plan: Some(total),
        plan_counts_aid: counts_aid,
        sort: Sort::PlanAsc,
        limit: 24,
        ..ExploreQuery::everything(Lang::Fr)
    }
}

/// Cash and the sum that the payments repay, added up month by month: each payment is worth less by the interest until
/// it is made.
fn budget(means: &Means) -> Money {
    let loan = match (means.monthly, means.rate_bp, means.years) {
        (Some(monthly), Some(rate), Some(years)) => {
            let interest = 1.0 + f64::from(rate) / 10_000.0 / 12.0;
            let mut worth = monthly.0 as f64;
            let payments = (0..years * 12).map(|_| {
                worth /= interest;
                worth
            });
            Money::dirhams((payments.sum::<f64>() / 100.0).floor() as i64)
        }
        _ => Money(0),
    };
    means.cash.unwrap_or_default() + loan
}

/// Number of visitors whose budget or whose counts differ from the scan. Prints the first one.
pub fn count_differing(kiosk: &Kiosk, scan: &SqlScan, visitors: &[Visitor]) -> Result<usize, Failure> {
    let mut wrong = 0;
    for visitor in visitors {
        let (reach, found) = answer(kiosk, visitor)?;
        let total = reach.budget.total;
        let difference = (total.0 - budget(&visitor.means).0).abs();
        let is_right = difference <= BUDGET_TOLERANCE
            && reach.without_aid == scan.within(total, false)?
            && reach.with_aid == scan.within(total, true)?
            && counts(&found) == scan.counts(&query(total, visitor.counts_aid))?;
        if !is_right {
            if wrong == 0 {
                crate::print_text(&format!("Wrong for {:?}: {reach:?}\n", visitor.means));
            }
            wrong += 1;
        }
    }
    Ok(wrong)
}
