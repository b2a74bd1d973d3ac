//! The tables of a source: which there are, which columns they have, what a cell holds and what stands in the example
//! row of the template. The one place that says so: reader, faults and template go by it.

use crate::source::cells::{NAME, PARAGRAPHS, SENTENCE};
use crate::source::kinds::Kind;
use crate::source::projects::FEATURES;
use domain::{Delivery, LandTitle, Lang, PictureKind, ProductType, UnitStatus};

/// How often a column exists and whether its cells must be filled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// A single column; its cells must be filled.
    Required,
    /// A single column that may be absent or empty.
    Optional,
    /// `NAME_fr`, `NAME_ar` …; the French one must be filled.
    Texts,
    /// `NAME_fr`, `NAME_ar` …; all may be absent or empty.
    OptionalTexts,
}

use Need::{Optional, OptionalTexts, Required, Texts as InLanguages};

/// A column, or one a language.
pub(super) struct Column {
    pub name: &'static str,
    pub need: Need,
    pub kind: Kind,
    /// What stands in the example row; in French where there are languages.
    pub example: &'static str,
}

/// What a table looks like.
pub(super) struct Shape {
    pub name: &'static str,
    /// Whether a source without it is whole.
    pub may_be_absent: bool,
    pub columns: &'static [Column],
}

/// Names of the sheet that explains the template, in French and in English; what stands there is not read.
pub(super) const EXPLANATIONS: [&str; 2] = ["LISEZ-MOI", "READ-ME"];

/// Every table of a source.
pub(super) const SHAPES: &[Shape] = &[
    table("source", SOURCE),
    table("subsidiaries", SUBSIDIARIES),
    table("towns", TOWNS),
    table("projects", PROJECTS),
    table("groups", GROUPS),
    table("units", UNITS),
    Shape {
        may_be_absent: true,
        ..table("offers", OFFERS)
    },
    table("pictures", PICTURES),
];

const SOURCE: &[Column] = &[
    column(Required, "demonstration", Kind::YesNo, "yes"),
    column(Required, "published_on", Kind::Date, "2026-11-16"),
    column(
        InLanguages,
        "notice",
        Kind::Text(SENTENCE),
        "Exemple : informations données à titre indicatif.",
    ),
];

const SUBSIDIARIES: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-FILIALE"),
    column(InLanguages, "name", Kind::Text(NAME), "Filiale exemple"),
    column(Optional, "phone", Kind::Phone, "+212537000000"),
    column(Required, "regions", Kind::Regions, "MA-03|MA-04"),
];

const TOWNS: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-VILLE"),
    column(Required, "region", Kind::Region, "MA-04"),
    column(InLanguages, "name", Kind::Text(NAME), "Ville exemple"),
    column(Optional, "aliases", Kind::Spellings, "Exempleville|Example Town"),
    column(Required, "latitude", Kind::Latitude, "34.0209"),
    column(Required, "longitude", Kind::Longitude, "-6.8416"),
];

const PROJECTS: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-01"),
    column(
        Required,
        "subsidiary",
        Kind::Reference("subsidiaries"),
        "EXEMPLE-FILIALE",
    ),
    column(Required, "town", Kind::Reference("towns"), "EXEMPLE-VILLE"),
    column(OptionalTexts, "district", Kind::Text(NAME), "Quartier exemple"),
    column(InLanguages, "title", Kind::Text(NAME), "Résidence exemple"),
    column(
        InLanguages,
        "description",
        Kind::Text(PARAGRAPHS),
        "Exemple à remplacer : deux bâtiments autour d’un jardin.",
    ),
    column(
        Required,
        "delivery",
        Kind::OneOf(|| Delivery::ALL.iter().map(|value| value.code()).collect()),
        "under_construction",
    ),
    column(Optional, "delivery_on", Kind::Month, "2027-09"),
    column(Optional, "building_permit_on", Kind::Date, "2025-03-10"),
    column(Optional, "habitation_permit_on", Kind::Date, ""),
    column(
        Required,
        "land_title",
        Kind::OneOf(|| LandTitle::ALL.iter().map(|value| value.code()).collect()),
        "mother_title",
    ),
    column(Optional, "land_title_number", Kind::TitleNumber, "EXEMPLE/00"),
    column(Optional, "latitude", Kind::Latitude, "34.0251"),
    column(Optional, "longitude", Kind::Longitude, "-6.8366"),
    column(
        Optional,
        "features",
        Kind::AnyOf(FEATURES),
        "lift|green_space|school",
    ),
];

const GROUPS: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-01-A"),
    column(Required, "project", Kind::Reference("projects"), "EXEMPLE-01"),
    column(
        Required,
        "product_type",
        Kind::OneOf(|| ProductType::ALL.iter().map(|value| value.code()).collect()),
        "apartment",
    ),
    column(
        InLanguages,
        "title",
        Kind::Text(NAME),
        "Appartements de deux chambres",
    ),
];

const UNITS: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-01-A-101"),
    column(Required, "group", Kind::Reference("groups"), "EXEMPLE-01-A"),
    column(Required, "number", Kind::Number, "A-101"),
    column(Required, "price_dh", Kind::Price, "288000"),
    column(Required, "surface_m2", Kind::Surface, "58.5"),
    column(Optional, "floor", Kind::Floor, "1"),
    column(Optional, "rooms", Kind::Whole(1, 50), "3"),
    column(Optional, "levels", Kind::Whole(0, 100), ""),
    column(Optional, "facades", Kind::Whole(1, 4), ""),
    column(Optional, "cos", Kind::Coefficient, ""),
    column(
        Required,
        "status",
        Kind::OneOf(|| UnitStatus::ALL.iter().map(|value| value.code()).collect()),
        "available",
    ),
    column(
        OptionalTexts,
        "designation",
        Kind::Text(SENTENCE),
        "Appartement exemple, trois pièces",
    ),
];

const OFFERS: &[Column] = &[
    column(Required, "id", Kind::Id, "EXEMPLE-OFFRE"),
    column(Optional, "projects", Kind::References("projects"), "EXEMPLE-01"),
    column(InLanguages, "title", Kind::Text(NAME), "Offre exemple"),
    column(
        InLanguages,
        "text",
        Kind::Text(PARAGRAPHS),
        "Exemple à remplacer : conditions de l’offre.",
    ),
    column(Required, "valid_from", Kind::Date, "2026-11-01"),
    column(Required, "valid_to", Kind::Date, "2026-12-31"),
];

const PICTURES: &[Column] = &[
    column(Required, "project", Kind::Reference("projects"), "EXEMPLE-01"),
    column(Required, "file", Kind::Photo, "exemple-01/1-vue.jpg"),
    column(Required, "position", Kind::Position, "1"),
    column(
        Required,
        "kind",
        Kind::OneOf(|| PictureKind::ALL.iter().map(|value| value.code()).collect()),
        "view",
    ),
    column(
        InLanguages,
        "caption",
        Kind::Text(SENTENCE),
        "Exemple : la résidence vue du jardin",
    ),
];

const fn column(need: Need, name: &'static str, kind: Kind, example: &'static str) -> Column {
    Column {
        name,
        need,
        kind,
        example,
    }
}

const fn table(name: &'static str, columns: &'static [Column]) -> Shape {
    Shape {
        name,
        may_be_absent: false,
        columns,
    }
}

/// One column as it stands in a header.
pub(super) struct Heading {
    pub name: String,
    /// Its language, where there is one a language.
    pub lang: Option<Lang>,
    /// Whether its cells must be filled.
    pub is_required: bool,
    pub column: &'static Column,
}

impl Shape {
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        SHAPES.iter().find(|shape| shape.name == name)
    }

    /// What the cells of a column hold; its name without a language.
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        let column = self.columns.iter().find(|column| column.name == name)?;
        Some(column.kind)
    }

    /// Every column that is taken, in the order in which the template has them.
    pub(super) fn headings(&'static self) -> Vec<Heading> {
        let headings = self.columns.iter().flat_map(|column| {
            let languages: Vec<Option<Lang>> = match column.need {
                Required | Optional => vec![None],
                InLanguages | OptionalTexts => Lang::ALL.into_iter().map(Some).collect(),
            };
            languages.into_iter().map(move |lang| Heading {
                name: lang.map_or(column.name.to_owned(), |lang| format!("{}_{lang}", column.name)),
                lang,
                is_required: match column.need {
                    Required => true,
                    InLanguages => lang == Some(Lang::Fr),
                    Optional | OptionalTexts => false,
                },
                column,
            })
        });
        headings.collect()
    }
}
