//! Generates towns and subsidiaries: the towns of the demonstration with invented districts near each, so that many
//! places are close together. Must not know projects.

use crate::words::{NAMES, texts};
use expo_domain::{Lang, Region, Subsidiary, Texts, Town};
use std::collections::BTreeMap;

const DEMONSTRATION_TOWNS: &str = include_str!("../../../assets/demo/source/towns.csv");

/// Names of large towns in unsupported scripts: Cyrillic and Greek.
const OTHER_SCRIPTS: [(&str, &str, &str); 14] = [
    ("CASABLANCA", "Касабланка", "Καζαμπλάνκα"),
    ("RABAT", "Рабат", "Ραμπάτ"),
    ("FES", "Фес", "Φεζ"),
    ("MARRAKECH", "Марракеш", "Μαρακές"),
    ("TANGER", "Танжер", "Ταγγέρη"),
    ("AGADIR", "Агадир", "Αγκαντίρ"),
    ("MEKNES", "Мекнес", "Μεκνές"),
    ("OUJDA", "Уджда", "Ούτζντα"),
    ("KENITRA", "Кенитра", "Κενίτρα"),
    ("TETOUAN", "Тетуан", "Τετουάν"),
    ("SAFI", "Сафи", "Σαφί"),
    ("ESSAOUIRA", "Эс-Сувейра", "Εσαουίρα"),
    ("NADOR", "Надор", "Ναντόρ"),
    ("DAKHLA", "Дахла", "Ντάχλα"),
];

/// Number of invented districts near each town of the demonstration.
const DISTRICTS_PER_TOWN: usize = 2;

/// Sixty real towns, and two invented districts near each in the same region.
pub fn towns() -> Vec<Town> {
    let real = real_towns();
    let mut towns = real.clone();
    for (number, town) in real.iter().enumerate() {
        let (latitude, longitude) = region_centre(&real, town.region);
        for step in 0..DISTRICTS_PER_TOWN {
            let name = &NAMES[(number * DISTRICTS_PER_TOWN + step) % NAMES.len()];
            // Moves towards the centre of the region's towns, so that the district is inside the region and on land.
            let share = 0.06 + 0.07 * step as f64;
            let move_towards =
                |from: f64, to: f64| ((from + (to - from) * share) * 10_000.0).round() / 10_000.0;
            towns.push(Town {
                id: format!("{}-N{}", town.id, step + 1),
                region: town.region,
                name: texts(&[
                    (Lang::Fr, &format!("Pôle {} ({})", name.fr, town.name.french())),
                    (
                        Lang::Ar,
                        &format!("قطب {} ({})", name.ar, in_language(&town.name, Lang::Ar)),
                    ),
                    (
                        Lang::En,
                        &format!("{} Hub ({})", name.en, in_language(&town.name, Lang::En)),
                    ),
                    (Lang::Zgh, &format!("ⵜⴰⵎⴷⵉⵏⵜ {}", name.zgh)),
                ]),
                aliases: vec![format!("Ville nouvelle {}", name.fr)],
                latitude: move_towards(town.latitude, latitude),
                longitude: move_towards(town.longitude, longitude),
            });
        }
    }
    towns
}

fn real_towns() -> Vec<Town> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(DEMONSTRATION_TOWNS.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().flatten();
    rows.filter_map(|row| {
        let id = row.get("id")?.clone();
        let mut aliases: Vec<String> = row.get("aliases")?.split('|').map(str::to_owned).collect();
        if let Some((_, cyrillic, greek)) = OTHER_SCRIPTS.iter().find(|(town, ..)| *town == id) {
            aliases.extend([(*cyrillic).to_owned(), (*greek).to_owned()]);
        }
        let name = Lang::ALL.into_iter().filter_map(|lang| {
            let text = row.get(&format!("name_{lang}")).filter(|text| !text.is_empty())?;
            Some((lang, text.clone()))
        });
        Some(Town {
            region: Region::from_code(row.get("region")?)?,
            name: Texts(name.collect()),
            aliases,
            latitude: row.get("latitude")?.parse().ok()?,
            longitude: row.get("longitude")?.parse().ok()?,
            id,
        })
    })
    .collect()
}

/// The centre of the towns of a region, or a point east of the only one.
fn region_centre(towns: &[Town], region: Region) -> (f64, f64) {
    let in_region: Vec<&Town> = towns.iter().filter(|town| town.region == region).collect();
    let count = in_region.len().max(1) as f64;
    let latitude = in_region.iter().map(|town| town.latitude).sum::<f64>() / count;
    let longitude = in_region.iter().map(|town| town.longitude).sum::<f64>() / count;
    if in_region.len() == 1 {
        (latitude, longitude + 1.0)
    } else {
        (latitude, longitude)
    }
}

fn in_language(name: &Texts, lang: Lang) -> String {
    name.pick(lang).map(|text| text.text).unwrap_or_default()
}

/// Ten subsidiaries, which cover the twelve regions.
pub fn subsidiaries() -> Vec<Subsidiary> {
    let covered: [&[Region]; 10] = [
        &[Region::Tangier],
        &[Region::Oriental],
        &[Region::Fes],
        &[Region::Rabat],
        &[Region::BeniMellal],
        &[Region::Casablanca],
        &[Region::Marrakech],
        &[Region::Draa],
        &[Region::Souss, Region::Guelmim],
        &[Region::Laayoune, Region::Dakhla],
    ];
    let rows = covered.into_iter().enumerate();
    rows.map(|(number, regions)| {
        let names = regions[0].names();
        Subsidiary {
            id: format!("AO-{:02}", number + 1),
            name: texts(&[
                (
                    Lang::Fr,
                    &format!("Filiale d’essai {}", in_language(&names, Lang::Fr)),
                ),
                (Lang::Ar, &format!("فرع تجريبي {}", in_language(&names, Lang::Ar))),
                (
                    Lang::En,
                    &format!("Test subsidiary {}", in_language(&names, Lang::En)),
                ),
            ]),
            phone: Some(format!("+2125370000{:02}", number + 1)),
            regions: regions.to_vec(),
        }
    })
    .collect()
}
