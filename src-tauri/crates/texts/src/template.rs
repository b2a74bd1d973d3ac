//! Texts of the template of a catalogue source. Must not know: tables, column types, Excel.

/// A language of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TemplateLanguage {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl TemplateLanguage {
    /// All languages of the template.
    pub const ALL: [Self; 2] = [Self::French, Self::English];
}

/// Texts of the template in one language.
pub struct TemplateTexts {
    /// Name of the sheet with the instructions.
    pub instruction_sheet: &'static str,
    /// Content of that sheet.
    pub instructions: Instructions,
    /// Note of a column that must be filled, with the expected content.
    pub required_column: fn(&str) -> String,
    /// Note of a column that may stay empty, with the expected content.
    pub optional_column: fn(&str) -> String,
    /// Title of the error for a value that is not in the drop-down list.
    pub unknown_value_title: &'static str,
    /// Message of the same error.
    pub unknown_value_message: &'static str,
    /// What each type of column contains.
    pub columns: ColumnDescriptions,
}

/// Lines of the sheet with instructions.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Instructions {
    pub title: &'static str,
    pub save: &'static str,
    pub sheets: &'static str,
    pub headers: &'static str,
    pub example_row: &'static str,
    pub languages: &'static str,
    pub ids_and_prices: &'static str,
    pub photos: &'static str,
    pub demonstration: &'static str,
    pub check_and_build: &'static str,
    pub this_sheet: &'static str,
}

impl Instructions {
    /// The lines in their order; the first is the title.
    pub const fn lines(&self) -> [&'static str; 11] {
        [
            self.title,
            self.save,
            self.sheets,
            self.headers,
            self.example_row,
            self.languages,
            self.ids_and_prices,
            self.photos,
            self.demonstration,
            self.check_and_build,
            self.this_sheet,
        ]
    }
}

/// What a cell of each type should contain, as part of a sentence.
pub struct ColumnDescriptions {
    /// The identifier of the row.
    pub id: &'static str,
    /// An identifier in the table of this name.
    pub reference: fn(&str) -> String,
    /// Any number of identifiers in the table of this name; empty for all.
    pub references: fn(&str) -> String,
    /// Any number of identifiers in the table of this name; empty for none.
    pub own_references: fn(&str) -> String,
    /// A region code.
    pub region: &'static str,
    /// Region codes.
    pub regions: &'static str,
    /// One of these codes, given as a list with commas.
    pub one_of: fn(&str) -> String,
    /// Any number of these codes, given as a list with commas.
    pub any_of: fn(&str) -> String,
    /// Yes or no.
    pub yes_no: &'static str,
    /// A day.
    pub date: &'static str,
    /// A month.
    pub month: &'static str,
    /// A price in dirhams.
    pub price: &'static str,
    /// An area in square metres.
    pub surface: &'static str,
    /// Coefficient of land use (COS).
    pub coefficient: &'static str,
    /// Floor of a unit.
    pub floor: &'static str,
    /// An integer from minimum to maximum, both included.
    pub integer: fn(i32, i32) -> String,
    /// Position in the gallery.
    pub position: &'static str,
    /// A telephone number.
    pub phone: &'static str,
    /// Degrees north.
    pub latitude: &'static str,
    /// Degrees east.
    pub longitude: &'static str,
    /// Country codes.
    pub countries: &'static str,
    /// Number of a unit.
    pub unit_number: &'static str,
    /// Number of a land title.
    pub title_number: &'static str,
    /// Alternative spellings.
    pub spellings: &'static str,
    /// A file below `photos/`.
    pub photo: &'static str,
    /// The points of an outline on a site plan.
    pub outline: &'static str,
    /// A text with this maximum number of characters.
    pub text: fn(usize) -> String,
}
