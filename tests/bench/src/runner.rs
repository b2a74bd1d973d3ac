//! Compares two implementations in one run. They alternate as A B B A, so that a machine that warms up or slows down
//! affects both equally. As a control, A is also stats with itself. Must not know what is measured.

use crate::Failure;
use crate::stats::Spread;
use serde::Serialize;

/// Measures once. Returns a positive number, such as milliseconds or bytes.
pub type Measurement<'a> = &'a mut dyn FnMut() -> Result<f64, Failure>;

/// Number of measurements.
#[derive(Debug, Clone, Copy)]
pub struct Runner {
    /// Number of pairs A and B, and of control pairs A and A.
    pub pairs: usize,
    /// Number of measurements of each side that are dropped at the start.
    pub warm_ups: usize,
}

/// Result of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonStats {
    /// The program, in the measured unit.
    pub ours: Spread,
    /// The peer, in the measured unit.
    pub peer: Spread,
    /// Ours divided by the peer, per pair.
    pub ratio: Spread,
    /// Ours divided by ours, per control pair.
    pub control: Spread,
    /// Number of measured pairs.
    pub pairs: usize,
}

impl ComparisonStats {
    /// Bounds of the control's median. Outside of them, the machine was too unstable for a conclusion.
    const CONTROL_BOUNDS: std::ops::RangeInclusive<f64> = 0.95..=1.05;

    /// Whether the control is within its bounds.
    pub fn is_valid(&self) -> bool {
        Self::CONTROL_BOUNDS.contains(&self.control.median)
    }
}

impl Runner {
    /// Measures `ours` and `peer` in turn.
    pub fn compare(&self, ours: Measurement<'_>, peer: Measurement<'_>) -> Result<ComparisonStats, Failure> {
        for _ in 0..self.warm_ups {
            ours()?;
            peer()?;
        }
        let (mut a, mut b, mut ratios, mut controls) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut turn = 0;
        while ratios.len() < self.pairs {
            let (first, second, third, fourth) = (ours()?, peer()?, peer()?, ours()?);
            a.extend([first, fourth]);
            b.extend([second, third]);
            ratios.extend([first / second, fourth / third]);
            for _ in 0..2 {
                let (one, other) = (ours()?, ours()?);
                // Alternates which of the two is the numerator.
                controls.push(if turn % 2 == 0 { one / other } else { other / one });
                turn += 1;
            }
        }
        Ok(ComparisonStats {
            ours: Spread::of(&a),
            peer: Spread::of(&b),
            ratio: Spread::of(&ratios),
            control: Spread::of(&controls),
            pairs: ratios.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    const RUNNER: Runner = Runner {
        pairs: 15,
        warm_ups: 1,
    };

    #[test]
    fn sides_alternate_so_that_machine_drift_cancels_out() {
        let order = RefCell::new(String::new());
        let slow = std::cell::Cell::new(100.0);
        let measure = |name: char, cost: f64| {
            order.borrow_mut().push(name);
            slow.set(slow.get() * 1.001);
            Ok(cost * slow.get())
        };
        let stats = RUNNER
            .compare(&mut || measure('A', 2.0), &mut || measure('B', 4.0))
            .unwrap();
        assert!(order.borrow().starts_with("ABABBAAAAAABBA"), "{}", order.borrow());
        assert_eq!(stats.pairs, 16, "pairs are measured two at a time");
        assert!(
            (stats.ratio.median - 0.5).abs() < 0.005 && stats.is_valid(),
            "{stats:?}"
        );
    }

    #[test]
    fn unstable_control_makes_the_run_void() {
        let mut turn = 0_u32;
        let unstable = &mut || {
            turn += 1;
            Ok(if turn.is_multiple_of(2) { 1.0 } else { 1.2 })
        };
        let stats = RUNNER.compare(unstable, &mut || Ok(1.0)).unwrap();
        assert!(!stats.is_valid(), "{stats:?}");
    }

    #[test]
    fn failure_ends_the_run() {
        assert!(
            RUNNER
                .compare(&mut || Ok(1.0), &mut || Err("the peer failed".into()))
                .is_err()
        );
    }
}
