//! Projects: what they are called, where they stand and how far they are. Must not know units.

use crate::Recipe;
use crate::words::{NAMES, QUALITIES, Word, heading, texts};
use domain::{Delivery, LandTitle, Lang, ProductType, Project, Subsidiary, Texts, Town};
use jiff::civil::{Date, date};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// A project with what is decided about its units already.
pub struct Draft {
    pub project: Project,
    /// Types of its groups, the main one first.
    pub types: Vec<ProductType>,
    /// Whether nothing of it can be had.
    pub sold_out: bool,
}

/// Which languages a title is written in; of a hundred, in order.
const SCRIPTS: [(u32, Script); 7] = [
    (52, Script::Four),
    (22, Script::Three),
    (8, Script::FrenchOnly),
    (8, Script::ArabicOnly),
    (6, Script::TifinaghOnly),
    (2, Script::Cyrillic),
    (2, Script::Greek),
];

#[derive(Clone, Copy, PartialEq)]
enum Script {
    /// French, Arabic, English, Amazigh.
    Four,
    /// French, Arabic, English.
    Three,
    FrenchOnly,
    /// The French column holds the Arabic title too, because a source must fill it.
    ArabicOnly,
    TifinaghOnly,
    /// Scripts that nobody planned for.
    Cyrillic,
    Greek,
}

const FEATURES: [&str; 15] = [
    "parking",
    "lift",
    "green_space",
    "playground",
    "school",
    "mosque",
    "shops",
    "security",
    "sea_view",
    "mountain_view",
    "transport",
    "health_centre",
    "sport",
    "pool",
    "terrace",
];

/// As many projects as the recipe says, in towns of which the first are far more frequent.
pub fn projects(
    recipe: &Recipe,
    towns: &[Town],
    subsidiaries: &[Subsidiary],
    chance: &mut StdRng,
) -> Vec<Draft> {
    (0..recipe.projects)
        .map(|number| {
            let share: f64 = chance.random();
            // Every town gets its first project in turn; then few towns have many, as in life.
            let index = if number < towns.len() {
                number
            } else {
                (share * share * towns.len() as f64) as usize
            };
            draft(number, &towns[index], subsidiaries, chance)
        })
        .collect()
}

fn draft(number: usize, town: &Town, subsidiaries: &[Subsidiary], chance: &mut StdRng) -> Draft {
    let types = types(chance);
    let script = script(chance);
    let subsidiary = subsidiaries.iter().find(|s| s.regions.contains(&town.region));
    let delivery = *pick(
        &[
            Delivery::Delivered,
            Delivery::UnderConstruction,
            Delivery::Delivered,
            Delivery::OffPlan,
            Delivery::UnderConstruction,
        ],
        chance,
    );
    let (building_permit_on, habitation_permit_on, delivery_on) = dates(delivery, chance);
    let near = |degrees: f64, chance: &mut StdRng| {
        ((degrees + chance.random_range(-0.02..0.02)) * 10_000.0).round() / 10_000.0
    };
    let placed = chance.random_bool(0.8);
    let project = Project {
        id: format!("P-{:06}", number + 1),
        subsidiary: subsidiary.map(|s| s.id.clone()).unwrap_or_default(),
        town: town.id.clone(),
        district: district(chance),
        title: title(number, types[0], script, chance),
        description: description(town, types[0], script, chance),
        delivery,
        delivery_on,
        building_permit_on,
        habitation_permit_on,
        land_title: *pick(LandTitle::ALL, chance),
        land_title_number: chance
            .random_bool(0.7)
            .then(|| format!("TEST-{:05}/{:02}", number + 1, number % 60)),
        latitude: placed.then(|| near(town.latitude, chance)),
        longitude: placed.then(|| near(town.longitude, chance)),
        features: FEATURES
            .iter()
            .filter(|_| chance.random_bool(0.3))
            .map(|f| (*f).to_owned())
            .collect(),
    };
    Draft {
        project,
        types,
        sold_out: chance.random_bool(0.06),
    }
}

fn pick<'a, T>(choices: &'a [T], chance: &mut StdRng) -> &'a T {
    choices.choose(chance).unwrap_or(&choices[0])
}

fn script(chance: &mut StdRng) -> Script {
    let mut left = chance.random_range(0..100);
    for (share, script) in SCRIPTS {
        if left < share {
            return script;
        }
        left -= share;
    }
    Script::Three
}

fn types(chance: &mut StdRng) -> Vec<ProductType> {
    use ProductType as P;
    let mixes: [&[P]; 16] = [
        &[P::Apartment],
        &[P::Apartment],
        &[P::Apartment, P::Shop],
        &[P::Apartment, P::Shop],
        &[P::Apartment, P::Apartment, P::Shop],
        &[P::Villa],
        &[P::Villa, P::House],
        &[P::House],
        &[P::SemiFinishedVilla],
        &[P::ResidentialPlot],
        &[P::ResidentialPlot, P::CommercialPlot],
        &[P::ResidentialPlot, P::Block],
        &[P::CraftPlot],
        &[P::IndustrialPlot, P::CommercialPlot],
        &[P::Shop, P::CommercialPlot],
        &[P::Block],
    ];
    pick(&mixes, chance).to_vec()
}

/// Permits and delivery that follow one another, relative to the edition.
fn dates(delivery: Delivery, chance: &mut StdRng) -> (Option<Date>, Option<Date>, Option<Date>) {
    let day =
        |year: i16, chance: &mut StdRng| date(year, chance.random_range(1..=12), chance.random_range(1..=28));
    let month = |year: i16, chance: &mut StdRng| date(year, chance.random_range(1..=12), 1);
    match delivery {
        Delivery::Delivered => {
            let permit = chance.random_range(2014..=2023);
            let building = day(permit, chance);
            let inhabit = chance
                .random_bool(0.8)
                .then(|| day(permit + chance.random_range(1..=3), chance));
            (
                Some(building),
                inhabit,
                chance.random_bool(0.3).then(|| month(permit + 3, chance)),
            )
        }
        Delivery::UnderConstruction => (
            Some(day(chance.random_range(2023..=2025), chance)),
            None,
            Some(month(chance.random_range(2027..=2028), chance)),
        ),
        Delivery::OffPlan => (None, None, Some(month(chance.random_range(2028..=2030), chance))),
    }
}

fn district(chance: &mut StdRng) -> Texts {
    let name = pick(&NAMES, chance);
    texts(&[
        (Lang::Fr, &format!("Hay {}", name.fr)),
        (Lang::Ar, &format!("حي {}", name.ar)),
        (Lang::En, &format!("{} Quarter", name.en)),
    ])
}

fn title(number: usize, product_type: ProductType, script: Script, chance: &mut StdRng) -> Texts {
    let (head, name, quality) = (
        heading(product_type),
        pick(&NAMES, chance),
        pick(&QUALITIES, chance),
    );
    // Combinations run out in large catalogues: then instalments are numbered, as they really are.
    let part = if number >= 1_500 || chance.random_bool(0.15) {
        (number / 1_500 + 1).to_string()
    } else {
        String::new()
    };
    let joined = |pick: fn(&Word) -> &'static str, after: &str| {
        // Now and then somebody writes everything into the title.
        let more = if number % 97 == 96 { 4 } else { 0 };
        let long = (1..=more)
            .map(|step| pick(&NAMES[(number + step) % NAMES.len()]))
            .collect::<Vec<_>>()
            .join(", ");
        let parts = [pick(&head), pick(name), pick(quality), &long, after];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let fr = joined(|w| w.fr, &part);
    let ar = joined(|w| w.ar, &part);
    let en = joined(|w| w.en, &part);
    let zgh = joined(|w| w.zgh, &part);
    match script {
        Script::Four => texts(&[
            (Lang::Fr, &fr),
            (Lang::Ar, &ar),
            (Lang::En, &en),
            (Lang::Zgh, &zgh),
        ]),
        Script::Three => texts(&[(Lang::Fr, &fr), (Lang::Ar, &ar), (Lang::En, &en)]),
        Script::FrenchOnly => texts(&[(Lang::Fr, &fr)]),
        Script::ArabicOnly => texts(&[(Lang::Fr, &ar), (Lang::Ar, &ar)]),
        Script::TifinaghOnly => texts(&[(Lang::Fr, &zgh), (Lang::Zgh, &zgh)]),
        Script::Cyrillic => texts(&[(Lang::Fr, &other(&CYRILLIC, number, &part))]),
        Script::Greek => texts(&[(Lang::Fr, &other(&GREEK, number, &part))]),
    }
}

const CYRILLIC: [&str; 8] = [
    "Жасмин",
    "Оливковая роща",
    "Морской берег",
    "Солнечный двор",
    "Кедровый парк",
    "Лунный свет",
    "Белый город",
    "Золотые дюны",
];
const GREEK: [&str; 8] = [
    "Γιασεμί",
    "Ελαιώνας",
    "Ακρογιάλι",
    "Ήλιος",
    "Κεδρόδασος",
    "Σελήνη",
    "Λευκή Πόλη",
    "Χρυσή Άμμος",
];

fn other(names: &[&str; 8], number: usize, part: &str) -> String {
    format!("{} {} {part}", names[number % 8], number / 8 + 1)
        .trim_end()
        .to_owned()
}

fn description(town: &Town, product_type: ProductType, script: Script, chance: &mut StdRng) -> Texts {
    let (head, near) = (heading(product_type), pick(&NAMES, chance));
    let minutes = chance.random_range(3..40);
    let place = |lang| town.name.pick(lang).map(|text| text.text).unwrap_or_default();
    let fr = format!(
        "{} à {}, à {minutes} minutes du parc « {} ». Voirie, eau et électricité sont en place ; l’école du quartier se rejoint à pied. Texte d’essai.",
        head.fr,
        place(Lang::Fr),
        near.fr
    );
    let ar = format!(
        "{} في {}، على بعد {minutes} دقيقة من حديقة {}. الطرق والماء والكهرباء جاهزة، ومدرسة الحي قريبة. نص تجريبي.",
        head.ar,
        place(Lang::Ar),
        near.ar
    );
    let en = format!(
        "{} in {}, {minutes} minutes from {} park. Roads, water and electricity are in place; the local school can be reached on foot. Test text.",
        head.en,
        place(Lang::En),
        near.en
    );
    let zgh = format!(
        "{} ⴳ {}, {minutes} ⵜⵓⵙⴷⵉⴷⵉⵏ ⵙⴳ {}.",
        head.zgh,
        place(Lang::Zgh),
        near.zgh
    );
    match script {
        Script::Four => texts(&[
            (Lang::Fr, &fr),
            (Lang::Ar, &ar),
            (Lang::En, &en),
            (Lang::Zgh, &zgh),
        ]),
        Script::Three => texts(&[(Lang::Fr, &fr), (Lang::Ar, &ar), (Lang::En, &en)]),
        Script::ArabicOnly => texts(&[(Lang::Fr, &ar), (Lang::Ar, &ar)]),
        Script::TifinaghOnly => texts(&[(Lang::Fr, &zgh), (Lang::Zgh, &zgh)]),
        Script::FrenchOnly | Script::Cyrillic | Script::Greek => texts(&[(Lang::Fr, &fr)]),
    }
}
