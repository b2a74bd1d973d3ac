//! Costs, compared with a second calculation in exact fractions, and at the limits to the centime.

use super::*;
use crate::rule_source::Confidence;

/// A repeatable sequence of numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit) as i64
    }
}

fn source() -> RuleSource {
    RuleSource {
        reference: String::new(),
        checked_on: Date::constant(2026, 1, 1),
        reviewer: String::new(),
        confidence: Confidence::High,
    }
}

fn rule(random: &mut Random) -> CostRule {
    let mut rate = || random.below(3_001);
    let [built_bp, land_bp, rate_bp, low_bp, more_bp, vat_bp] = std::array::from_fn(|_| rate());
    let mut amount = || Money(random.below(1_000_000));
    let [
        fixed,
        minimum,
        certificate,
        low_minimum,
        more,
        package,
        low,
        higher,
    ] = std::array::from_fn(|_| amount());
    CostRule {
        checked_on: Date::constant(2026, 1, 1),
        registration: Registration {
            built_bp,
            land_bp,
            source: source(),
        },
        land_registry: LandRegistry {
            rate_bp,
            fixed,
            minimum,
            certificate,
            source: source(),
        },
        notary: NotaryFee {
            low_bp,
            high_bp: low_bp + more_bp,
            low_minimum,
            high_minimum: low_minimum + more,
            vat_bp,
            package,
            package_max_price: Money::dirhams(300_000),
            source: source(),
        },
        miscellaneous: Miscellaneous {
            low,
            high: low + higher,
            source: source(),
        },
        mortgage: MortgageEntry {
            fixed,
            fixed_up_to: Money::dirhams(250_000),
            low_bp,
            high_bp: low_bp + more_bp,
            source: source(),
        },
        untraced_payment: UntracedPayment {
            valid_from: Date::constant(2026, 7, 1),
            rate_bp,
            above: Money::dirhams(300_000),
            source: source(),
        },
    }
}

/// The centimes of a part, from its exact fraction: the nearest whole number, the upper one of two.
fn part(sum: i64, basis_points: i64) -> i64 {
    let exact = i128::from(sum) * i128::from(basis_points);
    let (whole, rest) = (exact / 10_000, exact % 10_000);
    (whole + i128::from(rest * 2 >= 10_000)) as i64
}

/// Both ends of the total, from the description of the costs.
fn expected_total(rule: &CostRule, price: i64, product_type: ProductType) -> (i64, i64) {
    use ProductType::{
        Apartment, Block, CommercialPlot, CraftPlot, House, IndustrialPlot, ResidentialPlot,
        SemiFinishedVilla, Shop, Villa,
    };
    let (duty, is_home) = match product_type {
        ResidentialPlot | CraftPlot | IndustrialPlot | CommercialPlot | Block => {
            (rule.registration.land_bp, false)
        }
        Apartment | House | Villa | SemiFinishedVilla => (rule.registration.built_bp, true),
        Shop => (rule.registration.built_bp, false),
    };
    let registry = &rule.land_registry;
    let entry = (part(price, registry.rate_bp) + registry.fixed.0).max(registry.minimum.0);
    let shared = price + part(price, duty) + entry + registry.certificate.0;
    let notary = &rule.notary;
    let fee = |rate, minimum: Money| {
        if is_home && price <= notary.package_max_price.0 {
            notary.package.0
        } else {
            let fee = part(price, rate).max(minimum.0);
            fee + part(fee, notary.vat_bp)
        }
    };
    (
        shared + fee(notary.low_bp, notary.low_minimum) + rule.miscellaneous.low.0,
        shared + fee(notary.high_bp, notary.high_minimum) + rule.miscellaneous.high.0,
    )
}

#[test]
fn totals_match_exact_fractions() {
    let mut random = Random(21);
    for _ in 0..10_000 {
        let rule = rule(&mut random);
        let magnitude = 10_u64.pow(3 + random.below(9) as u32);
        let price = random.below(magnitude);
        let product_type = ProductType::ALL[random.below(ProductType::ALL.len() as u64) as usize];
        let total = rule.total(Money(price), product_type);
        assert_eq!(
            (total.low.0, total.high.0),
            expected_total(&rule, price, product_type),
            "{product_type:?} at {price}: {rule:?}"
        );
        let lines = rule.lines(Money(price), product_type);
        assert_eq!(
            lines.into_iter().map(|line| line.amount).sum::<AmountRange>(),
            total
        );
    }
}

#[test]
fn limits_are_exact_to_the_centime() {
    let rule = rule(&mut Random(22));
    let has = |price: i64, code| {
        let lines = rule.lines(Money(price), ProductType::Apartment);
        lines.iter().any(|line| line.code == code)
    };
    for (price, is_package) in [(29_999_999, true), (30_000_000, true), (30_000_001, false)] {
        assert_eq!(has(price, CostCode::NotaryPackage), is_package, "{price}");
        assert_eq!(has(price, CostCode::Notary), !is_package, "{price}");
    }
    let entry = |loan| rule.mortgage_entry(Money(loan)).amount;
    assert_eq!(entry(25_000_000), AmountRange::exactly(rule.mortgage.fixed));
    assert_eq!(entry(25_000_001).low.0, part(25_000_001, rule.mortgage.low_bp));
    assert_eq!(entry(25_000_001).high.0, part(25_000_001, rule.mortgage.high_bp));
    let first_day = Date::constant(2026, 7, 1);
    let duty = |price, day| {
        rule.avoidable_duty(Money(price), day)
            .map(|line| line.amount.low.0)
    };
    assert_eq!(duty(30_000_000, first_day), None);
    assert_eq!(
        duty(30_000_001, first_day),
        Some(part(30_000_001, rule.untraced_payment.rate_bp))
    );
    assert_eq!(duty(30_000_001, Date::constant(2026, 6, 30)), None);
}
