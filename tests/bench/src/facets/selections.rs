//! Seeded random selections, from no filter to many at once. Must not know how results are counted.

use expo_domain::{Catalogue, Delivery, LandTitle, Lang, Money, ProductType, Region};
use expo_kiosk_core::views::ExploreQuery;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// `count` selections for a catalogue, the same in every run.
pub fn selections(catalogue: &Catalogue, count: usize) -> Vec<ExploreQuery> {
    let mut rng = StdRng::seed_from_u64(0x5e1e);
    let towns: Vec<String> = catalogue.towns.iter().map(|town| town.id.clone()).collect();
    let subsidiaries: Vec<String> = catalogue.subsidiaries.iter().map(|s| s.id.clone()).collect();
    let regions: Vec<String> = Region::ALL
        .iter()
        .map(|region| region.code().to_owned())
        .collect();
    let prices: Vec<Money> = catalogue.units.iter().map(|unit| unit.price).collect();
    (0..count)
        .map(|_| ExploreQuery {
            regions: random_subset(&regions, 0.35, 3, &mut rng),
            towns: random_subset(&towns, 0.12, 20, &mut rng),
            subsidiaries: random_subset(&subsidiaries, 0.12, 3, &mut rng),
            types: random_subset(ProductType::ALL, 0.4, 3, &mut rng),
            max_price: rng
                .random_bool(0.4)
                .then(|| prices.choose(&mut rng).copied())
                .flatten(),
            max_plan: rng
                .random_bool(0.25)
                .then(|| prices.choose(&mut rng).copied())
                .flatten(),
            plan_counts_aid: rng.random_bool(0.5),
            min_surface: rng.random_bool(0.25).then(|| rng.random_range(30..300)),
            rooms: random_subset(&[1, 2, 3, 4, 5], 0.25, 3, &mut rng),
            deliveries: random_subset(Delivery::ALL, 0.2, 2, &mut rng),
            land_titles: random_subset(LandTitle::ALL, 0.15, 2, &mut rng),
            aid: rng.random_bool(0.15),
            offer: rng.random_bool(0.1),
            limit: 24,
            ..ExploreQuery::everything(Lang::Fr)
        })
        .collect()
}

/// With the given probability one to `max` different values, otherwise none.
fn random_subset<T: Clone>(values: &[T], probability: f64, max: usize, rng: &mut StdRng) -> Vec<T> {
    if !rng.random_bool(probability) {
        return Vec::new();
    }
    let count = rng.random_range(1..=max);
    values.sample(rng, count).cloned().collect()
}
