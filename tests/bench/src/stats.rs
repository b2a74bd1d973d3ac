//! Medians and percentiles. Must not know what is measured.

use serde::Serialize;
use std::time::{Duration, Instant};

/// The percentile for `share` (0 to 1) by the nearest-rank method. 0 if there are no values.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(rank.clamp(1, sorted.len().max(1)) - 1)
        .copied()
        .unwrap_or_default()
}

/// Median with the lowest and highest value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// Median.
    pub median: f64,
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

impl Spread {
    /// The spread of values; all 0 if there are none.
    pub fn of(values: &[f64]) -> Self {
        Self {
            median: percentile(values, 0.5),
            low: values.iter().copied().reduce(f64::min).unwrap_or_default(),
            high: values.iter().copied().reduce(f64::max).unwrap_or_default(),
        }
    }
}

/// Runs a function. Returns the time in milliseconds and its result.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (milliseconds(start.elapsed()), result)
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_measured_values() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            percentile(&values, 0.5).total_cmp(&50.0),
            std::cmp::Ordering::Equal
        );
        assert_eq!(
            percentile(&values, 0.99).total_cmp(&99.0),
            std::cmp::Ordering::Equal
        );
        assert_eq!(
            percentile(&values, 1.0).total_cmp(&100.0),
            std::cmp::Ordering::Equal
        );
        assert_eq!(percentile(&[], 0.5).total_cmp(&0.0), std::cmp::Ordering::Equal);
        assert_eq!(
            Spread::of(&[3.0, 1.0, 2.0]),
            Spread {
                median: 2.0,
                low: 1.0,
                high: 3.0
            }
        );
    }
}
