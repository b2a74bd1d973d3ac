//! Loans, compared with a second implementation in exact rational arithmetic.

use super::*;
use num_bigint::BigUint;

/// A repeatable sequence of numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn input(&mut self) -> (Money, u32, u32) {
        let magnitude = 10_u64.pow(2 + self.below(10) as u32);
        let rate = if self.below(10) == 0 { 0 } else { self.below(3_001) };
        let years = 1 + self.below(40);
        (Money(self.below(magnitude) as i64), rate as u32, years as u32)
    }
}

/// Numerator and denominator of the exact instalment: P·r·q^n / (d·(q^n − d^n)) with i = r/d and q = d + r.
fn exact_instalment(sum: Money, rate_bp: u32, months: u32) -> (BigUint, BigUint) {
    let sum = BigUint::from(sum.0.unsigned_abs());
    if rate_bp == 0 {
        return (sum, BigUint::from(months));
    }
    let denominator = BigUint::from(120_000_u32);
    let grown = BigUint::from(120_000 + rate_bp).pow(months);
    let flat = denominator.pow(months);
    (
        sum * BigUint::from(rate_bp) * &grown,
        denominator * (grown - flat),
    )
}

#[test]
fn instalment_is_within_half_a_centime_of_the_exact_value() {
    let mut random = Random(15);
    for _ in 0..10_000 {
        let (sum, rate, years) = random.input();
        let ours = LoanTerms::new(rate, years).unwrap().instalment(sum);
        let (exact, unit) = exact_instalment(sum, rate, years * 12);
        let ours = BigUint::from(ours.0.unsigned_abs()) * &unit;
        let distance = if ours > exact {
            &ours - &exact
        } else {
            &exact - &ours
        };
        assert!(
            distance * 2_u32 <= unit,
            "{sum:?} at {rate} bp over {years} years"
        );
    }
}

#[test]
fn sum_repaid_is_the_largest_one_in_whole_dirhams() {
    let mut random = Random(16);
    for _ in 0..10_000 {
        let (instalment, rate, years) = random.input();
        let sum = LoanTerms::new(rate, years).unwrap().sum_repaid_by(instalment);
        let exceeds = |sum: Money| {
            let (exact, unit) = exact_instalment(sum, rate, years * 12);
            exact > BigUint::from(instalment.0.unsigned_abs()) * unit
        };
        assert!(
            !exceeds(sum),
            "{sum:?} for {instalment:?} at {rate} bp, {years} years"
        );
        assert!(
            sum == MAX_AMOUNT || exceeds(sum + Money::dirhams(1)),
            "{sum:?} for {instalment:?} at {rate} bp, {years} years"
        );
    }
}

#[test]
fn table_repays_exactly_the_sum() {
    let mut random = Random(17);
    for _ in 0..300 {
        let (sum, rate, years) = random.input();
        let table = LoanTerms::new(rate, years).unwrap().years(sum);
        assert_eq!(table.len() as u32, years);
        assert_eq!(table.iter().map(|year| year.repaid).sum::<Money>(), sum);
        assert_eq!(table.last().unwrap().rest, Money(0));
    }
}

#[test]
fn loan_at_zero_percent_is_divided_by_its_months() {
    let terms = LoanTerms::new(0, 20).unwrap();
    assert_eq!(terms.instalment(Money::dirhams(240_000)), Money::dirhams(1_000));
    assert!(
        terms
            .years(Money::dirhams(240_000))
            .iter()
            .all(|y| y.interest == Money(0))
    );
}

#[test]
fn terms_out_of_bounds_are_refused() {
    assert_eq!(LoanTerms::new(450, 0), None);
    assert_eq!(LoanTerms::new(450, MAX_YEARS + 1), None);
    assert_eq!(LoanTerms::new(MAX_RATE_BP + 1, 20), None);
}

#[test]
fn amounts_beyond_the_bounds_count_as_the_bound() {
    let terms = LoanTerms::new(450, 20).unwrap();
    assert_eq!(terms.instalment(Money(i64::MAX)), terms.instalment(MAX_AMOUNT));
    assert_eq!(terms.instalment(Money(i64::MIN)), Money(0));
}
