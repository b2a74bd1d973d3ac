//! Generates projects: titles, places, delivery states and permits. Must not know units.

use crate::Recipe;
use crate::words::{NAMES, QUALITIES, Word, heading, texts};
use expo_domain::{Delivery, Feature, LandTitle, Lang, ProductType, Project, Subsidiary, Texts, Town};
use jiff::civil::{Date, date};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// A project, and the decisions about its units.
pub struct ProjectPlan {
    pub project: Project,
    /// Product types of its groups, the main one first.
    pub types: Vec<ProductType>,
    /// No unit is available.
    pub is_sold_out: bool,
}

/// Languages of titles, with their share in percent.
const TITLE_LANGUAGES: [(u32, TitleLanguages); 7] = [
    (52, TitleLanguages::Four),
    (22, TitleLanguages::Three),
    (8, TitleLanguages::FrenchOnly),
    (8, TitleLanguages::ArabicOnly),
    (6, TitleLanguages::TifinaghOnly),
    (2, TitleLanguages::Cyrillic),
    (2, TitleLanguages::Greek),
];

#[derive(Clone, Copy, PartialEq)]
enum TitleLanguages {
    /// French, Arabic, English, Amazigh.
    Four,
    /// French, Arabic, English.
    Three,
    FrenchOnly,
    /// The French column contains the Arabic title too, because it must be filled.
    ArabicOnly,
    TifinaghOnly,
    /// An unsupported script, in the French column.
    Cyrillic,
    Greek,
}

/// The projects of a recipe. The first towns of the list get most projects.
pub fn projects(
    recipe: &Recipe,
    towns: &[Town],
    subsidiaries: &[Subsidiary],
    rng: &mut StdRng,
) -> Vec<ProjectPlan> {
    (0..recipe.projects)
        .map(|number| {
            let share: f64 = rng.random();
            // Every town gets a first project. The others are concentrated in few towns, as in reality.
            let index = if number < towns.len() {
                number
            } else {
                (share * share * towns.len() as f64) as usize
            };
            plan(number, &towns[index], subsidiaries, rng)
        })
        .collect()
}

fn plan(number: usize, town: &Town, subsidiaries: &[Subsidiary], rng: &mut StdRng) -> ProjectPlan {
    let types = types(rng);
    let languages = title_languages(rng);
    let subsidiary = subsidiaries.iter().find(|s| s.regions.contains(&town.region));
    let delivery = *pick(
        &[
            Delivery::Delivered,
            Delivery::UnderConstruction,
            Delivery::Delivered,
            Delivery::OffPlan,
            Delivery::UnderConstruction,
        ],
        rng,
    );
    let (building_permit_on, habitation_permit_on, delivery_on) = dates(delivery, rng);
    let near = |degrees: f64, rng: &mut StdRng| {
        ((degrees + rng.random_range(-0.02..0.02)) * 10_000.0).round() / 10_000.0
    };
    let has_coordinates = rng.random_bool(0.8);
    let project = Project {
        id: format!("P-{:06}", number + 1),
        subsidiary: subsidiary.map(|s| s.id.clone()).unwrap_or_default(),
        town: town.id.clone(),
        district: district(rng),
        title: title(number, types[0], languages, rng),
        description: description(town, types[0], languages, rng),
        delivery,
        delivery_on,
        building_permit_on,
        habitation_permit_on,
        land_title: *pick(LandTitle::ALL, rng),
        land_title_number: rng
            .random_bool(0.7)
            .then(|| format!("TEST-{:05}/{:02}", number + 1, number % 60)),
        latitude: has_coordinates.then(|| near(town.latitude, rng)),
        longitude: has_coordinates.then(|| near(town.longitude, rng)),
        features: Feature::ALL
            .iter()
            .filter(|_| rng.random_bool(0.3))
            .map(|feature| feature.code().to_owned())
            .collect(),
    };
    ProjectPlan {
        project,
        types,
        is_sold_out: rng.random_bool(0.06),
    }
}

fn pick<'a, T>(choices: &'a [T], rng: &mut StdRng) -> &'a T {
    choices.choose(rng).unwrap_or(&choices[0])
}

fn title_languages(rng: &mut StdRng) -> TitleLanguages {
    let mut left = rng.random_range(0..100);
    for (share, languages) in TITLE_LANGUAGES {
        if left < share {
            return languages;
        }
        left -= share;
    }
    TitleLanguages::Three
}

fn types(rng: &mut StdRng) -> Vec<ProductType> {
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
    pick(&mixes, rng).to_vec()
}

/// Building permit, habitation permit and delivery, in this order and consistent with the publication day.
fn dates(delivery: Delivery, rng: &mut StdRng) -> (Option<Date>, Option<Date>, Option<Date>) {
    let day = |year: i16, rng: &mut StdRng| date(year, rng.random_range(1..=12), rng.random_range(1..=28));
    let month = |year: i16, rng: &mut StdRng| date(year, rng.random_range(1..=12), 1);
    match delivery {
        Delivery::Delivered => {
            let permit_year = rng.random_range(2014..=2023);
            let building_permit = day(permit_year, rng);
            let habitation_permit = rng
                .random_bool(0.8)
                .then(|| day(permit_year + rng.random_range(1..=3), rng));
            (
                Some(building_permit),
                habitation_permit,
                rng.random_bool(0.3).then(|| month(permit_year + 3, rng)),
            )
        }
        Delivery::UnderConstruction => (
            Some(day(rng.random_range(2023..=2025), rng)),
            None,
            Some(month(rng.random_range(2027..=2028), rng)),
        ),
        Delivery::OffPlan => (None, None, Some(month(rng.random_range(2028..=2030), rng))),
    }
}

fn district(rng: &mut StdRng) -> Texts {
    let name = pick(&NAMES, rng);
    texts(&[
        (Lang::Fr, &format!("Hay {}", name.fr)),
        (Lang::Ar, &format!("حي {}", name.ar)),
        (Lang::En, &format!("{} Quarter", name.en)),
    ])
}

fn title(number: usize, product_type: ProductType, languages: TitleLanguages, rng: &mut StdRng) -> Texts {
    let (head, name, quality) = (heading(product_type), pick(&NAMES, rng), pick(&QUALITIES, rng));
    // Large catalogues need more titles than there are combinations. Phases of a project are numbered, as in reality.
    let phase = if number >= 1_500 || rng.random_bool(0.15) {
        (number / 1_500 + 1).to_string()
    } else {
        String::new()
    };
    let joined = |pick: fn(&Word) -> &'static str, phase: &str| {
        // A few titles are very long.
        let more_names = if number % 97 == 96 { 4 } else { 0 };
        let long = (1..=more_names)
            .map(|step| pick(&NAMES[(number + step) % NAMES.len()]))
            .collect::<Vec<_>>()
            .join(", ");
        let parts = [pick(&head), pick(name), pick(quality), &long, phase];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let fr = joined(|w| w.fr, &phase);
    let ar = joined(|w| w.ar, &phase);
    let en = joined(|w| w.en, &phase);
    let zgh = joined(|w| w.zgh, &phase);
    match languages {
        TitleLanguages::Four => texts(&[
            (Lang::Fr, &fr),
            (Lang::Ar, &ar),
            (Lang::En, &en),
            (Lang::Zgh, &zgh),
        ]),
        TitleLanguages::Three => texts(&[(Lang::Fr, &fr), (Lang::Ar, &ar), (Lang::En, &en)]),
        TitleLanguages::FrenchOnly => texts(&[(Lang::Fr, &fr)]),
        TitleLanguages::ArabicOnly => texts(&[(Lang::Fr, &ar), (Lang::Ar, &ar)]),
        TitleLanguages::TifinaghOnly => texts(&[(Lang::Fr, &zgh), (Lang::Zgh, &zgh)]),
        TitleLanguages::Cyrillic => texts(&[(Lang::Fr, &numbered_name(&CYRILLIC, number, &phase))]),
        TitleLanguages::Greek => texts(&[(Lang::Fr, &numbered_name(&GREEK, number, &phase))]),
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

fn numbered_name(names: &[&str; 8], number: usize, phase: &str) -> String {
    format!("{} {} {phase}", names[number % 8], number / 8 + 1)
        .trim_end()
        .to_owned()
}

fn description(town: &Town, product_type: ProductType, languages: TitleLanguages, rng: &mut StdRng) -> Texts {
    let (head, near) = (heading(product_type), pick(&NAMES, rng));
    let minutes = rng.random_range(3..40);
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
    match languages {
        TitleLanguages::Four => texts(&[
            (Lang::Fr, &fr),
            (Lang::Ar, &ar),
            (Lang::En, &en),
            (Lang::Zgh, &zgh),
        ]),
        TitleLanguages::Three => texts(&[(Lang::Fr, &fr), (Lang::Ar, &ar), (Lang::En, &en)]),
        TitleLanguages::ArabicOnly => texts(&[(Lang::Fr, &ar), (Lang::Ar, &ar)]),
        TitleLanguages::TifinaghOnly => texts(&[(Lang::Fr, &zgh), (Lang::Zgh, &zgh)]),
        TitleLanguages::FrenchOnly | TitleLanguages::Cyrillic | TitleLanguages::Greek => {
            texts(&[(Lang::Fr, &fr)])
        }
    }
}
