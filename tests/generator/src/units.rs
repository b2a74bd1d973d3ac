//! Groups and units: plausible sizes and prices by type. Must not know titles.

use crate::Recipe;
use crate::projects::Draft;
use crate::words::{Word, heading, texts};
use domain::{Catalogue, Group, Lang, Money, ProductType, Texts, Unit, UnitStatus};
use rand::RngExt;
use rand::rngs::StdRng;

/// Units of the one very large project, if there are enough.
const LARGEST: usize = 1_000;

/// What is usual for a type: surface in m², price per m² in dirhams.
const fn usual(product_type: ProductType) -> ((u32, u32), (u32, u32)) {
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

/// Writes the groups of every project and all units.
pub fn fill(catalogue: &mut Catalogue, recipe: &Recipe, drafts: &[Draft], chance: &mut StdRng) {
    let numbers = spread(recipe, chance);
    for (draft, units) in drafts.iter().zip(numbers) {
        let groups = draft.types.len();
        for (place, product_type) in draft.types.iter().enumerate() {
            let id = format!("{}-G{}", draft.project.id, place + 1);
            catalogue.groups.push(Group {
                id: id.clone(),
                project: draft.project.id.clone(),
                product_type: *product_type,
                title: group_title(*product_type, place),
            });
            // What does not divide evenly goes to the main group.
            let here = units / groups + if place == 0 { units % groups } else { 0 };
            let level = chance.random_range(0.0..1.0);
            for number in 1..=here {
                catalogue
                    .units
                    .push(unit(&id, number, *product_type, level, draft.sold_out, chance));
            }
        }
    }
}

/// Units of each project: one very large, the others from few to many, exactly as many in all as the recipe says.
fn spread(recipe: &Recipe, chance: &mut StdRng) -> Vec<usize> {
    let projects = recipe.projects;
    let mut numbers = vec![usize::from(recipe.units >= projects); projects];
    let mut left = recipe.units - numbers.iter().sum::<usize>();
    if let Some(first) = numbers.first_mut() {
        let large = left.min(LARGEST - *first).min(recipe.units / 4);
        *first += large;
        left -= large;
    }
    if projects < 2 {
        for number in &mut numbers {
            *number += left;
        }
        return numbers;
    }
    let weights: Vec<f64> = (1..projects)
        .map(|_| chance.random_range(0.05_f64..1.0).powi(2))
        .collect();
    let sum: f64 = weights.iter().sum();
    let before = left;
    for (number, weight) in numbers[1..].iter_mut().zip(&weights) {
        let more = ((before as f64 * weight / sum) as usize)
            .min(LARGEST - 1 - *number)
            .min(left);
        *number += more;
        left -= more;
    }
    // Rounding leaves less than one a project, unless all are full.
    let mut place = 0;
    while left > 0 {
        numbers[1 + place % (projects - 1)] += 1;
        place += 1;
        left -= 1;
    }
    numbers
}

fn unit(
    group: &str,
    number: usize,
    product_type: ProductType,
    level: f64,
    sold_out: bool,
    chance: &mut StdRng,
) -> Unit {
    let land = is_land(product_type);
    let ((small, large), (cheap, dear)) = usual(product_type);
    let share: f64 = chance.random();
    let square_metres = f64::from(small) + f64::from(large - small) * share * share;
    let surface_dm2 = (square_metres * 10.0).round() as i64 * 10;
    let per_metre =
        f64::from(cheap) + f64::from(dear - cheap) * (0.85 * level + 0.15 * chance.random::<f64>());
    let price = Money::dirhams(((square_metres * per_metre / 1_000.0).round() as i64).max(1) * 1_000);
    let built = matches!(
        product_type,
        ProductType::House | ProductType::Villa | ProductType::SemiFinishedVilla
    );
    let block = char::from(b'A' + (number / 60 % 26) as u8);
    Unit {
        id: format!("{group}-{number:04}"),
        group: group.to_owned(),
        number: if land {
            format!("L{number}")
        } else {
            format!("{block}-{number:03}")
        },
        price,
        surface_dm2,
        floor: match product_type {
            ProductType::Apartment => Some(chance.random_range(0..=8)),
            ProductType::Shop => Some(chance.random_range(-1..=1)),
            _ => None,
        },
        rooms: (built || product_type == ProductType::Apartment)
            .then(|| (square_metres / 28.0).round().clamp(1.0, 12.0) as u32),
        levels: (land || built).then(|| chance.random_range(1..=5)),
        facades: (land || built).then(|| chance.random_range(1..=4)),
        cos_hundredths: (land && chance.random_bool(0.6)).then(|| chance.random_range(4..=40) * 10),
        status: status(sold_out, chance),
        designation: designation(product_type, number),
    }
}

fn status(sold_out: bool, chance: &mut StdRng) -> UnitStatus {
    match chance.random_range(0..100) {
        0..65 if !sold_out => UnitStatus::Available,
        65..80 => UnitStatus::Reserved,
        _ => UnitStatus::Sold,
    }
}

fn group_title(product_type: ProductType, place: usize) -> Texts {
    let Word { fr, ar, en, zgh } = heading(product_type);
    let part = place + 1;
    texts(&[
        (Lang::Fr, &format!("{fr}, partie {part}")),
        (Lang::Ar, &format!("{ar}، الجزء {part}")),
        (Lang::En, &format!("{en}, part {part}")),
        (Lang::Zgh, &format!("{zgh} {part}")),
    ])
}

/// Most units have no words of their own.
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
