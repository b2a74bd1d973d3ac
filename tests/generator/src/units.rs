//! Generates groups and units with plausible sizes and prices by product type. Must not know: towns and prices of projects.

use crate::Recipe;
use crate::projects::ProjectPlan;
use crate::words::{Word, heading, texts};
use expo_domain::{Catalogue, Group, Lang, Money, ProductType, Texts, Unit, UnitStatus};
use rand::RngExt;
use rand::rngs::StdRng;

/// Number of units of the largest project, if there are enough units.
const MAX_UNITS_PER_PROJECT: usize = 1_000;

/// Typical ranges of a product type: surface in m², and price per m² in dirhams.
const fn typical_ranges(product_type: ProductType) -> ((u32, u32), (u32, u32)) {
    match product_type {
        ProductType::Apartment => ((42, 140), (4_200, 11_500)),
        ProductType::House => ((80, 180), (4_500, 9_000)),
        ProductType::Villa => ((160, 420), (6_500, 13_000)),
        ProductType::SemiFinishedVilla => ((150, 350), (4_000, 8_000)),
        ProductType::ResidentialPlot => ((80, 500), (900, 6_500)),
        ProductType::CraftPlot => ((60, 300), (600, 2_200)),
        ProductType::IndustrialPlot => ((400, 5_000), (350, 1_400)),
        ProductType::CommercialPlot => ((150, 1_500), (1_500, 7_000)),
        ProductType::Shop => ((14, 120), (8_000, 22_000)),
        ProductType::Block => ((1_500, 20_000), (800, 3_500)),
    }
}

const fn is_land(product_type: ProductType) -> bool {
    use ProductType as P;
    matches!(
        product_type,
        P::ResidentialPlot | P::CraftPlot | P::IndustrialPlot | P::CommercialPlot | P::Block
    )
}

/// Adds the groups and units of all projects to the catalogue.
pub fn add_units(catalogue: &mut Catalogue, recipe: &Recipe, plans: &[ProjectPlan], rng: &mut StdRng) {
    let counts = units_per_project(recipe, rng);
    for (plan, units) in plans.iter().zip(counts) {
        let groups = plan.types.len();
        for (index, product_type) in plan.types.iter().enumerate() {
            let id = format!("{}-G{}", plan.project.id, index + 1);
            catalogue.groups.push(Group {
                id: id.clone(),
                project: plan.project.id.clone(),
                product_type: *product_type,
                title: group_title(*product_type, index),
            });
            // The remainder of the division goes to the main group.
            let count = units / groups + if index == 0 { units % groups } else { 0 };
            let price_level = rng.random_range(0.0..1.0);
            for number in 1..=count {
                catalogue.units.push(unit(
                    &id,
                    number,
                    *product_type,
                    price_level,
                    plan.is_sold_out,
                    rng,
                ));
            }
        }
    }
}

/// Number of units of each project. One project is very large, the others differ in size. The sum is the number in the
/// recipe.
fn units_per_project(recipe: &Recipe, rng: &mut StdRng) -> Vec<usize> {
    let projects = recipe.projects;
    let mut counts = vec![usize::from(recipe.units >= projects); projects];
    let mut left = recipe.units - counts.iter().sum::<usize>();
    if let Some(first) = counts.first_mut() {
        let large = left.min(MAX_UNITS_PER_PROJECT - *first).min(recipe.units / 4);
        *first += large;
        left -= large;
    }
    if projects < 2 {
        for count in &mut counts {
            *count += left;
        }
        return counts;
    }
    let weights: Vec<f64> = (1..projects)
        .map(|_| rng.random_range(0.05_f64..1.0).powi(2))
        .collect();
    let sum: f64 = weights.iter().sum();
    let shared = left;
    for (count, weight) in counts[1..].iter_mut().zip(&weights) {
        let more = ((shared as f64 * weight / sum) as usize)
            .min(MAX_UNITS_PER_PROJECT - 1 - *count)
            .min(left);
        *count += more;
        left -= more;
    }
    // Rounding leaves less than one unit per project, unless all projects are full.
    let mut index = 0;
    while left > 0 {
        counts[1 + index % (projects - 1)] += 1;
        index += 1;
        left -= 1;
    }
    counts
}

fn unit(
    group: &str,
    number: usize,
    product_type: ProductType,
    price_level: f64,
    is_sold_out: bool,
    rng: &mut StdRng,
) -> Unit {
    let is_land_unit = is_land(product_type);
    let ((min_surface, max_surface), (min_price, max_price)) = typical_ranges(product_type);
    let share: f64 = rng.random();
    let square_metres = f64::from(min_surface) + f64::from(max_surface - min_surface) * share * share;
    let surface_dm2 = (square_metres * 10.0).round() as i64 * 10;
    let price_per_square_metre = f64::from(min_price)
        + f64::from(max_price - min_price) * (0.85 * price_level + 0.15 * rng.random::<f64>());
    let price =
        Money::dirhams(((square_metres * price_per_square_metre / 1_000.0).round() as i64).max(1) * 1_000);
    let is_building = matches!(
        product_type,
        ProductType::House | ProductType::Villa | ProductType::SemiFinishedVilla
    );
    let block = char::from(b'A' + (number / 60 % 26) as u8);
    Unit {
        id: format!("{group}-{number:04}"),
        group: group.to_owned(),
        number: if is_land_unit {
            format!("L{number}")
        } else {
            format!("{block}-{number:03}")
        },
        price,
        surface_dm2,
        floor: match product_type {
            ProductType::Apartment => Some(rng.random_range(0..=8)),
            ProductType::Shop => Some(rng.random_range(-1..=1)),
            _ => None,
        },
        rooms: (is_building || product_type == ProductType::Apartment)
            .then(|| (square_metres / 28.0).round().clamp(1.0, 12.0) as u32),
        levels: (is_land_unit || is_building).then(|| rng.random_range(1..=5)),
        facades: (is_land_unit || is_building).then(|| rng.random_range(1..=4)),
        cos_hundredths: (is_land_unit && rng.random_bool(0.6)).then(|| rng.random_range(4..=40) * 10),
        status: status(is_sold_out, rng),
        designation: designation(product_type, number),
        outline: None,
    }
}

fn status(is_sold_out: bool, rng: &mut StdRng) -> UnitStatus {
    match rng.random_range(0..100) {
        0..65 if !is_sold_out => UnitStatus::Available,
        65..80 => UnitStatus::Reserved,
        _ => UnitStatus::Sold,
    }
}

fn group_title(product_type: ProductType, index: usize) -> Texts {
    let Word { fr, ar, en, zgh } = heading(product_type);
    let part = index + 1;
    texts(&[
        (Lang::Fr, &format!("{fr}, partie {part}")),
        (Lang::Ar, &format!("{ar}، الجزء {part}")),
        (Lang::En, &format!("{en}, part {part}")),
        (Lang::Zgh, &format!("{zgh} {part}")),
    ])
}

/// A designation for every tenth unit; the others have none.
fn designation(product_type: ProductType, number: usize) -> Texts {
    if !number.is_multiple_of(10) {
        return Texts::default();
    }
    let Word { fr, ar, .. } = heading(product_type);
    texts(&[
        (Lang::Fr, &format!("{fr}, bien n° {number}")),
        (Lang::Ar, &format!("{ar}، رقم {number}")),
    ])
}
