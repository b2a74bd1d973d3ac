//! Types of columns. Faults and the notes of the template describe a type by the same texts. Must not know which columns
//! exist.

use crate::source::cells::comma_separated;
use expo_texts::ColumnDescriptions;

/// Type of the cells of a column.
#[derive(Clone, Copy)]
pub(super) enum ColumnType {
    /// The identifier of the row.
    Id,
    /// An identifier in the table of this name.
    Reference(&'static str),
    /// Any number of identifiers in the table of this name; empty for all.
    References(&'static str),
    /// Any number of identifiers in the table of this name; empty for none.
    OwnReferences(&'static str),
    Region,
    Regions,
    /// One of these codes.
    OneOf(fn() -> Vec<&'static str>),
    /// Any number of these codes.
    AnyOf(fn() -> Vec<&'static str>),
    YesNo,
    Date,
    Month,
    Price,
    Surface,
    /// Coefficient of land use (COS).
    Coefficient,
    Floor,
    /// An integer from minimum to maximum, both included.
    Integer(i32, i32),
    /// Position in the gallery.
    Position,
    Phone,
    Latitude,
    Longitude,
    /// Countries of stops.
    Countries,
    /// Number of a unit.
    Number,
    /// Number of a land title.
    TitleNumber,
    /// Alternative spellings.
    Spellings,
    /// A file below `photos/`.
    Photo,
    /// Outline on a site plan.
    Outline,
    /// A text with this maximum number of characters.
    Text(usize),
}

/// The codes of [`ColumnType::YesNo`].
const YES_NO: [&str; 2] = ["yes", "no"];

impl ColumnType {
    /// Whether a date, TRUE or a number format would change what visitors read.
    pub(super) const fn is_text(self) -> bool {
        !matches!(
            self,
            Self::YesNo
                | Self::Date
                | Self::Month
                | Self::Price
                | Self::Surface
                | Self::Coefficient
                | Self::Floor
                | Self::Integer(..)
                | Self::Position
                | Self::Latitude
                | Self::Longitude
        )
    }

    /// What a cell should contain, in the language of the descriptions.
    pub(super) fn describe(self, descriptions: &ColumnDescriptions) -> String {
        let text = match self {
            Self::Id => descriptions.id,
            Self::Reference(table) => return (descriptions.reference)(table),
            Self::References(table) => return (descriptions.references)(table),
            Self::OwnReferences(table) => return (descriptions.own_references)(table),
            Self::Region => descriptions.region,
            Self::Regions => descriptions.regions,
            Self::OneOf(codes) => return (descriptions.one_of)(&comma_separated(codes().into_iter())),
            Self::AnyOf(codes) => return (descriptions.any_of)(&comma_separated(codes().into_iter())),
            Self::YesNo => descriptions.yes_no,
            Self::Date => descriptions.date,
            Self::Month => descriptions.month,
            Self::Price => descriptions.price,
            Self::Surface => descriptions.surface,
            Self::Coefficient => descriptions.coefficient,
            Self::Floor => descriptions.floor,
            Self::Integer(min, max) => return (descriptions.integer)(min, max),
            Self::Position => descriptions.position,
            Self::Phone => descriptions.phone,
            Self::Latitude => descriptions.latitude,
            Self::Longitude => descriptions.longitude,
            Self::Countries => descriptions.countries,
            Self::Number => descriptions.unit_number,
            Self::TitleNumber => descriptions.title_number,
            Self::Spellings => descriptions.spellings,
            Self::Photo => descriptions.photo,
            Self::Outline => descriptions.outline,
            Self::Text(max_chars) => return (descriptions.text)(max_chars),
        };
        text.to_owned()
    }

    /// All values that a cell may contain, for types with few values; otherwise empty.
    pub(super) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::OneOf(codes) => codes(),
            Self::YesNo => YES_NO.to_vec(),
            Self::Region => expo_domain::Region::ALL
                .iter()
                .map(|region| region.code())
                .collect(),
            _ => Vec::new(),
        }
    }
}
