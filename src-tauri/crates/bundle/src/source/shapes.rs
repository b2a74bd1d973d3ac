//! The tables of a source: which there are and which columns they have.

use domain::Lang;

/// One column, or one column a language.
pub(super) enum Column {
    /// A single column; its cells must be filled.
    Required(&'static str),
    /// A single column that may be absent or empty.
    Optional(&'static str),
    /// `NAME_fr`, `NAME_ar` …; the French one must be filled.
    Texts(&'static str),
    /// `NAME_fr`, `NAME_ar` …; all may be absent or empty.
    OptionalTexts(&'static str),
}

use Column::{Optional, OptionalTexts, Required, Texts as InLanguages};

/// What a table looks like.
pub(super) struct Shape {
    pub name: &'static str,
    /// Whether a source without it is whole.
    pub may_be_absent: bool,
    pub columns: &'static [Column],
}

/// Every table of a source.
pub(super) const SHAPES: &[Shape] = &[
    shape(
        "source",
        &[
            Required("demonstration"),
            Required("published_on"),
            InLanguages("notice"),
        ],
    ),
    shape(
        "subsidiaries",
        &[
            Required("id"),
            InLanguages("name"),
            Optional("phone"),
            Required("regions"),
        ],
    ),
    shape(
        "towns",
        &[
            Required("id"),
            Required("region"),
            InLanguages("name"),
            Optional("aliases"),
            Required("latitude"),
            Required("longitude"),
        ],
    ),
    shape(
        "projects",
        &[
            Required("id"),
            Required("subsidiary"),
            Required("town"),
            OptionalTexts("district"),
            InLanguages("title"),
            InLanguages("description"),
            Required("delivery"),
            Optional("delivery_on"),
            Optional("building_permit_on"),
            Optional("habitation_permit_on"),
            Required("land_title"),
            Optional("land_title_number"),
            Optional("latitude"),
            Optional("longitude"),
            Optional("features"),
        ],
    ),
    shape(
        "groups",
        &[
            Required("id"),
            Required("project"),
            Required("product_type"),
            InLanguages("title"),
        ],
    ),
    shape(
        "units",
        &[
            Required("id"),
            Required("group"),
            Required("number"),
            Required("price_dh"),
            Required("surface_m2"),
            Optional("floor"),
            Optional("rooms"),
            Optional("levels"),
            Optional("facades"),
            Optional("cos"),
            Required("status"),
            OptionalTexts("designation"),
        ],
    ),
    Shape {
        may_be_absent: true,
        ..shape(
            "offers",
            &[
                Required("id"),
                Optional("projects"),
                InLanguages("title"),
                InLanguages("text"),
                Required("valid_from"),
                Required("valid_to"),
            ],
        )
    },
    shape(
        "pictures",
        &[
            Required("project"),
            Required("file"),
            Required("position"),
            Required("kind"),
            InLanguages("caption"),
        ],
    ),
];

const fn shape(name: &'static str, columns: &'static [Column]) -> Shape {
    Shape {
        name,
        may_be_absent: false,
        columns,
    }
}

impl Shape {
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        SHAPES.iter().find(|shape| shape.name == name)
    }

    /// Every column name that is taken, and whether it must be there.
    pub(super) fn columns(&self) -> Vec<(String, bool)> {
        let in_languages = |name: &str, french: bool| -> Vec<(String, bool)> {
            let each = Lang::ALL.into_iter();
            each.map(|lang| (format!("{name}_{lang}"), french && lang == Lang::Fr))
                .collect()
        };
        let columns = self.columns.iter().flat_map(|column| match column {
            Required(name) => vec![((*name).to_owned(), true)],
            Optional(name) => vec![((*name).to_owned(), false)],
            InLanguages(name) => in_languages(name, true),
            OptionalTexts(name) => in_languages(name, false),
        });
        columns.collect()
    }
}
