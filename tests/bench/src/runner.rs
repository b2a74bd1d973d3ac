//! Two ways of doing the same in one run: in turn A B B A, so that a machine that warms up or slows down favours
//! nobody, and beside them the first way against itself, which must come out even. Must not know what is measured.

use crate::Failure;
use crate::stats::Spread;
use serde::Serialize;

/// Measures once: milliseconds, bytes or whatever is compared, above nought.
pub type Way<'a> = &'a mut dyn FnMut() -> Result<f64, Failure>;

/// How often is measured.
#[derive(Debug, Clone, Copy)]
pub struct Runner {
    /// Pairs of A and B, and as many of A and A.
    pub pairs: usize,
    /// Measurements of each way that are dropped before.
    pub warm_ups: usize,
}

/// What a comparison gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Ours, in the unit measured.
    pub ours: Spread,
    /// The peer's, in the unit measured.
    pub peer: Spread,
    /// Ours divided by the peer's, pair by pair.
    pub ratio: Spread,
    /// Ours divided by ours, pair by pair.
    pub control: Spread,
    /// Pairs measured.
    pub pairs: usize,
}

impl Compared {
    /// Within this the control must come out, or the machine was too restless for any conclusion.
    const EVEN: std::ops::RangeInclusive<f64> = 0.95..=1.05;

    /// Whether the control came out even.
    pub fn is_valid(&self) -> bool {
        Self::EVEN.contains(&self.control.median)
    }
}

impl Runner {
    /// Measures `ours` and `peer` in turn.
    pub fn compare(&self, ours: Way<'_>, peer: Way<'_>) -> Result<Compared, Failure> {
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
                // The first of two is as often above the line as below it.
                controls.push(if turn % 2 == 0 { one / other } else { other / one });
                turn += 1;
            }
        }
        Ok(Compared {
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
    fn ways_take_turns_and_a_drift_of_the_machine_favours_nobody() {
        let order = RefCell::new(String::new());
        let slow = std::cell::Cell::new(100.0);
        let measure = |name: char, cost: f64| {
            order.borrow_mut().push(name);
            slow.set(slow.get() * 1.001);
            Ok(cost * slow.get())
        };
        let compared = RUNNER
            .compare(&mut || measure('A', 2.0), &mut || measure('B', 4.0))
            .unwrap();
        assert!(order.borrow().starts_with("ABABBAAAAAABBA"), "{}", order.borrow());
        assert_eq!(compared.pairs, 16, "pairs come in twos");
        assert!(
            (compared.ratio.median - 0.5).abs() < 0.005 && compared.is_valid(),
            "{compared:?}"
        );
    }

    #[test]
    fn a_restless_machine_makes_the_run_void() {
        let mut turn = 0_u32;
        let restless = &mut || {
            turn += 1;
            Ok(if turn.is_multiple_of(2) { 1.0 } else { 1.2 })
        };
        let compared = RUNNER.compare(restless, &mut || Ok(1.0)).unwrap();
        assert!(!compared.is_valid(), "{compared:?}");
    }

    #[test]
    fn a_failure_ends_the_run() {
        assert!(
            RUNNER
                .compare(&mut || Ok(1.0), &mut || Err("the peer fell over".into()))
                .is_err()
        );
    }
}
