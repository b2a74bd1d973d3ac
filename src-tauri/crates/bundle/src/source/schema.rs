//! The tables of a source, their columns, the type of each column and the example row of the template. Reader, faults
//! and template are derived from this schema. Must not know rows.

use crate::source::cells::{MAX_DESCRIPTION_CHARS, MAX_LABEL_CHARS, MAX_NAME_CHARS, MAX_SENTENCE_CHARS};
use crate::source::column_type::ColumnType;
use expo_domain::{
    Delivery, Feature, LandTitle, Lang, PartnerKind, PictureKind, PlaceKind, ProductType, Topic, UnitStatus,
};

/// Whether a column exists once or for each language, and whether its cells must be filled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// A single column; its cells must be filled.
    Required,
    /// A single column that may be absent or empty.
    Optional,
    /// `NAME_fr`, `NAME_ar` …; the cells of the French one must be filled.
    RequiredTexts,
    /// `NAME_fr`, `NAME_ar` …; all may be absent or empty.
    OptionalTexts,
}

use Presence::{Optional, OptionalTexts, Required, RequiredTexts};

/// A column, or a group of columns with one for each language.
pub(super) struct Column {
    pub name: &'static str,
    pub presence: Presence,
    pub cell_type: ColumnType,
    /// Cell of the example row; for texts, the French one.
    pub example: &'static str,
}

/// Schema of a table.
pub(super) struct TableSchema {
    pub name: &'static str,
    /// Whether a source may omit this table.
    pub is_optional: bool,
    pub columns: &'static [Column],
}

/// The schemas of all tables.
pub(super) const SCHEMAS: &[TableSchema] = &[
    table("source", SOURCE),
    table("subsidiaries", SUBSIDIARIES),
    table("towns", TOWNS),
    table("projects", PROJECTS),
    table("groups", GROUPS),
    table("units", UNITS),
    TableSchema {
        is_optional: true,
        ..table("parcels", PARCELS)
    },
    TableSchema {
        is_optional: true,
        ..table("offers", OFFERS)
    },
    table("pictures", PICTURES),
    TableSchema {
        is_optional: true,
        ..table("partners", PARTNERS)
    },
    TableSchema {
        is_optional: true,
        ..table("stand", STAND)
    },
];

const SOURCE: &[Column] = &[
    column(Required, "demonstration", ColumnType::YesNo, "yes"),
    column(Required, "published_on", ColumnType::Date, "2026-11-16"),
    column(
        RequiredTexts,
        "notice",
        ColumnType::Text(MAX_SENTENCE_CHARS),
        "Exemple : informations données à titre indicatif.",
    ),
];

const SUBSIDIARIES: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-FILIALE"),
    column(
        RequiredTexts,
        "name",
        ColumnType::Text(MAX_NAME_CHARS),
        "Filiale exemple",
    ),
    column(Optional, "phone", ColumnType::Phone, "+212537000000"),
    column(Required, "regions", ColumnType::Regions, "MA-03|MA-04"),
];

const TOWNS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-VILLE"),
    column(Required, "region", ColumnType::Region, "MA-04"),
    column(
        RequiredTexts,
        "name",
        ColumnType::Text(MAX_NAME_CHARS),
        "Ville exemple",
    ),
    column(
        Optional,
        "aliases",
        ColumnType::Spellings,
        "Exempleville|Example Town",
    ),
    column(Required, "latitude", ColumnType::Latitude, "34.0209"),
    column(Required, "longitude", ColumnType::Longitude, "-6.8416"),
];

const PROJECTS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-01"),
    column(
        Required,
        "subsidiary",
        ColumnType::Reference("subsidiaries"),
        "EXEMPLE-FILIALE",
    ),
    column(Required, "town", ColumnType::Reference("towns"), "EXEMPLE-VILLE"),
    column(
        OptionalTexts,
        "district",
        ColumnType::Text(MAX_NAME_CHARS),
        "Quartier exemple",
    ),
    column(
        RequiredTexts,
        "title",
        ColumnType::Text(MAX_NAME_CHARS),
        "Résidence exemple",
    ),
    column(
        RequiredTexts,
        "description",
        ColumnType::Text(MAX_DESCRIPTION_CHARS),
        "Exemple à remplacer : deux bâtiments autour d’un jardin.",
    ),
    column(
        Required,
        "delivery",
        ColumnType::OneOf(|| Delivery::ALL.iter().map(|value| value.code()).collect()),
        "under_construction",
    ),
    column(Optional, "delivery_on", ColumnType::Month, "2027-09"),
    column(Optional, "building_permit_on", ColumnType::Date, "2025-03-10"),
    column(Optional, "habitation_permit_on", ColumnType::Date, ""),
    column(
        Required,
        "land_title",
        ColumnType::OneOf(|| LandTitle::ALL.iter().map(|value| value.code()).collect()),
        "mother_title",
    ),
    column(
        Optional,
        "land_title_number",
        ColumnType::TitleNumber,
        "EXEMPLE/00",
    ),
    column(Optional, "latitude", ColumnType::Latitude, "34.0251"),
    column(Optional, "longitude", ColumnType::Longitude, "-6.8366"),
    column(
        Optional,
        "features",
        ColumnType::AnyOf(|| Feature::ALL.iter().map(|value| value.code()).collect()),
        "lift|green_space|school",
    ),
];

const GROUPS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-01-A"),
    column(
        Required,
        "project",
        ColumnType::Reference("projects"),
        "EXEMPLE-01",
    ),
    column(
        Required,
        "product_type",
        ColumnType::OneOf(|| ProductType::ALL.iter().map(|value| value.code()).collect()),
        "apartment",
    ),
    column(
        RequiredTexts,
        "title",
        ColumnType::Text(MAX_NAME_CHARS),
        "Appartements de deux chambres",
    ),
];

const UNITS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-01-A-101"),
    column(Required, "group", ColumnType::Reference("groups"), "EXEMPLE-01-A"),
    column(Required, "number", ColumnType::Number, "A-101"),
    column(Required, "price_dh", ColumnType::Price, "288000"),
    column(Required, "surface_m2", ColumnType::Surface, "58.5"),
    column(Optional, "floor", ColumnType::Floor, "1"),
    column(Optional, "rooms", ColumnType::Integer(1, 50), "3"),
    column(Optional, "levels", ColumnType::Integer(0, 100), ""),
    column(Optional, "facades", ColumnType::Integer(1, 4), ""),
    column(Optional, "cos", ColumnType::Coefficient, ""),
    column(
        Required,
        "status",
        ColumnType::OneOf(|| UnitStatus::ALL.iter().map(|value| value.code()).collect()),
        "available",
    ),
    column(
        OptionalTexts,
        "designation",
        ColumnType::Text(MAX_SENTENCE_CHARS),
        "Appartement exemple, trois pièces",
    ),
];

const OFFERS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-OFFRE"),
    column(
        Optional,
        "projects",
        ColumnType::References("projects"),
        "EXEMPLE-01",
    ),
    column(
        RequiredTexts,
        "title",
        ColumnType::Text(MAX_NAME_CHARS),
        "Offre exemple",
    ),
    column(
        RequiredTexts,
        "text",
        ColumnType::Text(MAX_DESCRIPTION_CHARS),
        "Exemple à remplacer : conditions de l’offre.",
    ),
    column(Required, "valid_from", ColumnType::Date, "2026-11-01"),
    column(Required, "valid_to", ColumnType::Date, "2026-12-31"),
];

const PICTURES: &[Column] = &[
    column(
        Required,
        "project",
        ColumnType::Reference("projects"),
        "EXEMPLE-01",
    ),
    column(Required, "file", ColumnType::Photo, "exemple-01/1-vue.jpg"),
    column(Required, "position", ColumnType::Position, "1"),
    column(
        Required,
        "kind",
        ColumnType::OneOf(|| PictureKind::ALL.iter().map(|value| value.code()).collect()),
        "view",
    ),
    column(
        RequiredTexts,
        "caption",
        ColumnType::Text(MAX_SENTENCE_CHARS),
        "Exemple : la résidence vue du jardin",
    ),
];

const PARTNERS: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-NOTAIRES"),
    column(
        Required,
        "kind",
        ColumnType::OneOf(|| PartnerKind::ALL.iter().map(|value| value.code()).collect()),
        "notary",
    ),
    column(Optional, "countries", ColumnType::Countries, "FR|BE"),
    column(
        RequiredTexts,
        "name",
        ColumnType::Text(MAX_NAME_CHARS),
        "Comptoir exemple",
    ),
    column(
        RequiredTexts,
        "desk",
        ColumnType::Text(MAX_NAME_CHARS),
        "Comptoir 4, à droite de l’entrée",
    ),
    column(
        RequiredTexts,
        "text",
        ColumnType::Text(MAX_SENTENCE_CHARS),
        "Exemple à remplacer : ce que ce comptoir fait pour les visiteurs.",
    ),
    column(
        OptionalTexts,
        "hours",
        ColumnType::Text(MAX_NAME_CHARS),
        "De 10 h à 18 h",
    ),
    column(
        Required,
        "languages",
        ColumnType::AnyOf(|| Lang::ALL.iter().map(|value| value.code()).collect()),
        "fr|ar",
    ),
    column(
        Required,
        "topics",
        ColumnType::AnyOf(|| Topic::ALL.iter().map(|value| value.code()).collect()),
        "notary|costs",
    ),
];

const STAND: &[Column] = &[
    column(Required, "id", ColumnType::Id, "EXEMPLE-COMPTOIR"),
    column(
        Required,
        "kind",
        ColumnType::OneOf(|| PlaceKind::ALL.iter().map(|value| value.code()).collect()),
        "desk",
    ),
    column(Optional, "countries", ColumnType::Countries, "FR|BE"),
    column(
        Optional,
        "partners",
        ColumnType::OwnReferences("partners"),
        "EXEMPLE-NOTAIRES",
    ),
    column(
        RequiredTexts,
        "label",
        ColumnType::Text(MAX_LABEL_CHARS),
        "Comptoir 4",
    ),
    column(Required, "x", ColumnType::Integer(0, 99), "70"),
    column(Required, "y", ColumnType::Integer(0, 99), "10"),
    column(Required, "width", ColumnType::Integer(1, 100), "20"),
    column(Required, "height", ColumnType::Integer(1, 100), "15"),
];

const PARCELS: &[Column] = &[
    column(
        Required,
        "unit",
        ColumnType::Reference("units"),
        "EXEMPLE-01-A-101",
    ),
    column(Required, "points", ColumnType::Outline, "0 0|120 0|120 90|0 90"),
];

const fn column(
    presence: Presence,
    name: &'static str,
    cell_type: ColumnType,
    example: &'static str,
) -> Column {
    Column {
        name,
        presence,
        cell_type,
        example,
    }
}

const fn table(name: &'static str, columns: &'static [Column]) -> TableSchema {
    TableSchema {
        name,
        is_optional: false,
        columns,
    }
}

/// One column of a header row.
pub(super) struct Heading {
    pub name: String,
    /// The language of a text column.
    pub lang: Option<Lang>,
    /// Whether its cells must be filled.
    pub is_required: bool,
    pub column: &'static Column,
}

impl TableSchema {
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        SCHEMAS.iter().find(|schema| schema.name == name)
    }

    /// Whether a header may contain this name.
    pub(super) fn has_column(&'static self, name: &str) -> bool {
        self.headings().iter().any(|heading| heading.name == name)
    }

    /// Type of the column `name`, given without language.
    pub(super) fn column_type(&self, name: &str) -> Option<ColumnType> {
        let column = self.columns.iter().find(|column| column.name == name)?;
        Some(column.cell_type)
    }

    /// All columns of the header row, in the order of the template.
    pub(super) fn headings(&'static self) -> Vec<Heading> {
        let headings = self.columns.iter().flat_map(|column| {
            let languages: Vec<Option<Lang>> = match column.presence {
                Required | Optional => vec![None],
                RequiredTexts | OptionalTexts => Lang::ALL.into_iter().map(Some).collect(),
            };
            languages.into_iter().map(move |lang| Heading {
                name: lang.map_or(column.name.to_owned(), |lang| format!("{}_{lang}", column.name)),
                lang,
                is_required: match column.presence {
                    Required => true,
                    RequiredTexts => lang == Some(Lang::Fr),
                    Optional | OptionalTexts => false,
                },
                column,
            })
        });
        headings.collect()
    }
}
