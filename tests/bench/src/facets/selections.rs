//! What visitors choose: seeded selections from nothing to many filters at once. Must not know how they are counted.

use domain::{Catalogue, Delivery, LandTitle, Lang, Money, ProductType, Region};
use kiosk::views::ExploreQuery;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// So many selections of a catalogue, the same every time.
pub fn selections(catalogue: &Catalogue, count: usize) -> Vec<ExploreQuery> {
    let mut chance = StdRng::seed_from_u64(0x5e1e);
    let towns: Vec<String> = catalogue.towns.iter().map(|town| town.id.clone()).collect();
    let subsidiaries: Vec<String> = catalogue.subsidiaries.iter().map(|s| s.id.clone()).collect();
    let regions: Vec<String> = Region::ALL
        .iter()
        .map(|region| region.code().to_owned())
        .collect();
    let prices: Vec<Money> = catalogue.units.iter().map(|unit| unit.price).collect();
    (0..count)
        .map(|_| ExploreQuery {
            regions: some(&regions, 0.35, 3, &mut chance),
            towns: some(&towns, 0.12, 20, &mut chance),
            subsidiaries: some(&subsidiaries, 0.12, 3, &mut chance),
            types: some(ProductType::ALL, 0.4, 3, &mut chance),
            max_price: chance
                .random_bool(0.4)
                .then(|| prices.choose(&mut chance).copied())
                .flatten(),
            min_surface: chance.random_bool(0.25).then(|| chance.random_range(30..300)),
            rooms: some(&[1, 2, 3, 4, 5], 0.25, 3, &mut chance),
            deliveries: some(Delivery::ALL, 0.2, 2, &mut chance),
            land_titles: some(LandTitle::ALL, 0.15, 2, &mut chance),
            aid: chance.random_bool(0.15),
            offer: chance.random_bool(0.1),
            limit: 24,
            ..ExploreQuery::everything(Lang::Fr)
        })
        .collect()
}

/// With some likelihood one to `most` different values, else none.
fn some<T: Clone>(of: &[T], likely: f64, most: usize, chance: &mut StdRng) -> Vec<T> {
    if !chance.random_bool(likely) {
        return Vec::new();
    }
    let count = chance.random_range(1..=most);
    of.sample(chance, count).cloned().collect()
}
