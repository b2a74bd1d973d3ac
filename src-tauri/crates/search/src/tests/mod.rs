//! A small invented catalogue for the tests of complete queries.

mod intents;
mod properties;
mod visitors;

use expo_domain::*;
use std::collections::BTreeMap;

/// Identifier, town, titles in French, Arabic and Tifinagh, product type, number of available units.
const PROJECTS: [(&str, &str, [&str; 3], ProductType, usize); 16] = [
    (
        "FES-1",
        "FES",
        ["Résidence Les Oliviers", "إقامة أشجار الزيتون", ""],
        ProductType::Apartment,
        12,
    ),
    (
        "FES-2",
        "FES",
        ["Jardins de Saïss", "حدائق سايس", ""],
        ProductType::Villa,
        3,
    ),
    (
        "MEK-1",
        "MEKNES",
        ["Lotissement Bab Mansour", "تجزئة باب منصور", ""],
        ProductType::ResidentialPlot,
        40,
    ),
    (
        "CAS-1",
        "CASABLANCA",
        ["Résidence Al Manar", "إقامة المنار", ""],
        ProductType::Apartment,
        8,
    ),
    (
        "CAS-2",
        "CASABLANCA",
        ["Les Arcades d’Anfa", "أروقة أنفا", ""],
        ProductType::Shop,
        5,
    ),
    (
        "CAS-3",
        "CASABLANCA",
        ["", "رياض السلام", ""],
        ProductType::Apartment,
        0,
    ),
    (
        "TMS-1",
        "TAMESNA",
        ["Résidence Annakhil", "إقامة النخيل", ""],
        ProductType::Apartment,
        20,
    ),
    (
        "RBT-1",
        "RABAT",
        ["Les Terrasses de l’Oudaya", "شرفات الوداية", ""],
        ProductType::Apartment,
        6,
    ),
    (
        "SAL-1",
        "SALE",
        ["Résidence Bouregreg", "إقامة أبي رقراق", ""],
        ProductType::Apartment,
        9,
    ),
    (
        "AGA-1",
        "AGADIR",
        ["", "", "ⵜⵉⴼⴰⵡⵉⵏ ⵏ ⵓⵎⴷⵍⵓ"],
        ProductType::House,
        4,
    ),
    (
        "AGA-2",
        "AGADIR",
        ["Villas du Souss", "فيلات سوس", ""],
        ProductType::Villa,
        2,
    ),
    (
        "LAA-1",
        "LAAYOUNE",
        ["Résidence Foum El Oued", "إقامة فم الواد", ""],
        ProductType::Apartment,
        15,
    ),
    (
        "JDD-1",
        "EL-JADIDA",
        ["Parc Industriel Mazagan", "المنطقة الصناعية مازاكان", ""],
        ProductType::IndustrialPlot,
        7,
    ),
    (
        "BML-1",
        "BENI-MELLAL",
        ["Résidence Tassemit", "إقامة تاسميت", ""],
        ProductType::Apartment,
        11,
    ),
    (
        "TNG-1",
        "TANGER",
        ["Cité de la Palmeraie", "حي النخلة", ""],
        ProductType::Apartment,
        10,
    ),
    (
        "OUJ-1",
        "OUJDA",
        ["Résidence Isly", "إقامة إيسلي", ""],
        ProductType::Apartment,
        5,
    ),
];

const TOWNS: [(&str, Region, &str, &str, f64, f64); 12] = [
    ("FES", Region::Fes, "Fès", "فاس", 34.0331, -5.0003),
    ("MEKNES", Region::Fes, "Meknès", "مكناس", 33.8935, -5.5473),
    (
        "CASABLANCA",
        Region::Casablanca,
        "Casablanca",
        "الدار البيضاء",
        33.5731,
        -7.5898,
    ),
    ("TAMESNA", Region::Rabat, "Tamesna", "تامسنا", 33.8167, -6.9167),
    ("RABAT", Region::Rabat, "Rabat", "الرباط", 34.0209, -6.8416),
    ("SALE", Region::Rabat, "Salé", "سلا", 34.0389, -6.8166),
    ("AGADIR", Region::Souss, "Agadir", "أكادير", 30.4278, -9.5981),
    (
        "LAAYOUNE",
        Region::Laayoune,
        "Laâyoune",
        "العيون",
        27.1536,
        -13.2033,
    ),
    (
        "EL-JADIDA",
        Region::Casablanca,
        "El Jadida",
        "الجديدة",
        33.2316,
        -8.5007,
    ),
    (
        "BENI-MELLAL",
        Region::BeniMellal,
        "Béni Mellal",
        "بني ملال",
        32.3373,
        -6.3498,
    ),
    ("TANGER", Region::Tangier, "Tanger", "طنجة", 35.7673, -5.7998),
    ("OUJDA", Region::Oriental, "Oujda", "وجدة", 34.6814, -1.9086),
];

fn texts<const N: usize>(texts: [(Lang, &str); N]) -> Texts {
    let filled = texts.into_iter().filter(|(_, text)| !text.is_empty());
    Texts(
        filled
            .map(|(lang, text)| (lang, text.to_owned()))
            .collect::<BTreeMap<_, _>>(),
    )
}

fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (id, region, fr, ar, latitude, longitude) in TOWNS {
        catalogue.towns.push(Town {
            name: texts([(Lang::Fr, fr), (Lang::Ar, ar)]),
            latitude,
            longitude,
            ..fixtures::town(id, region)
        });
    }
    for (id, town, [fr, ar, zgh], kind, available) in PROJECTS {
        add_project(
            &mut catalogue,
            id,
            town,
            texts([(Lang::Fr, fr), (Lang::Ar, ar), (Lang::Zgh, zgh)]),
            kind,
            available,
        );
    }
    catalogue.projects[0].district = Texts::fr("Route d’Imouzzer");
    catalogue.projects[8].description =
        Texts::fr("Face à Rabat, sur la rive droite, avec vue sur la kasbah.");
    catalogue.projects[3].features = vec!["pool".to_owned(), "parking".to_owned()];
    catalogue.projects[13].delivery = Delivery::OffPlan;
    catalogue
}

fn add_project(
    catalogue: &mut Catalogue,
    id: &str,
    town: &str,
    title: Texts,
    kind: ProductType,
    available: usize,
) {
    catalogue.projects.push(Project {
        title,
        ..fixtures::project(id, "AO", town)
    });
    let group = format!("{id}-G");
    catalogue.groups.push(Group {
        title: Texts::default(),
        ..fixtures::group(&group, id, kind)
    });
    for unit in 0..available {
        catalogue.units.push(Unit {
            rooms: (kind == ProductType::Apartment).then_some(2 + unit as u32 % 8),
            ..fixtures::unit(&format!("{id}-{unit}"), &group)
        });
    }
}
