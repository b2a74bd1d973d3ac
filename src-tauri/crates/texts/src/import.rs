//! Texts about reading a catalogue source: what was expected in a cell, what must be confirmed, what was not read. Must
//! not know: tables, spreadsheets, pictures.

use crate::ColumnDescriptions;
use expo_domain::outline::OutlineError;

/// Texts about reading a source in one language. Each text completes a line such as `units.csv, row 3: found “x”, …`.
pub struct ImportTexts {
    /// What each type of column contains.
    pub types: &'static ColumnDescriptions,
    /// The fixed words of a line.
    pub line: LineTexts,
    /// Files and folders.
    pub files: FileTexts,
    /// Workbooks and CSV files.
    pub formats: FormatTexts,
    /// Headers and columns.
    pub columns: HeaderTexts,
    /// Single cells.
    pub cells: CellTexts,
    /// Rules that involve several cells.
    pub rows: RowTexts,
    /// Photos and values that must be confirmed.
    pub content: ContentTexts,
}

/// Workbooks and CSV files.
pub struct FormatTexts {
    /// Workbooks.
    pub workbook: WorkbookTexts,
    /// CSV files.
    pub csv: CsvTexts,
}

/// Photos, guides, rules, and valid values that are probably wrong.
pub struct ContentTexts {
    /// Guides.
    pub guides: GuideTexts,
    /// Rules of money and aid.
    pub rules: RuleTexts,
    /// Photos.
    pub photos: PhotoTexts,
    /// Reasons why a picture cannot be used.
    pub pictures: PictureTexts,
    /// Values to confirm.
    pub warnings: WarningTexts,
}

/// The fixed words of a line.
#[expect(missing_docs, reason = "the names say it")]
pub struct LineTexts {
    pub row: &'static str,
    /// A row of a text file.
    pub line: &'static str,
    pub column: &'static str,
    /// A key of a rule.
    pub key: &'static str,
    pub found: fn(&str) -> String,
    pub found_nothing: &'static str,
    pub expected: &'static str,
    pub fault_count: fn(usize) -> String,
    pub warning_count: fn(usize) -> String,
    pub more: fn(usize) -> String,
}

/// Files and folders.
#[expect(missing_docs, reason = "the names say it")]
pub struct FileTexts {
    pub folder: &'static str,
    pub readable: &'static str,
    pub max_bytes: fn(u64) -> String,
    pub missing_table: fn(&str) -> String,
    pub table_once: fn(&str, &str) -> String,
    pub csv_names: fn(&str) -> String,
    pub rename_to: fn(&str) -> String,
    pub save_as_workbook: &'static str,
    pub not_read: &'static str,
}

/// Workbooks.
#[expect(missing_docs, reason = "the names say it")]
pub struct WorkbookTexts {
    pub no_password: &'static str,
    /// The file has another format than its name says.
    pub other_format: fn(&str) -> String,
    pub formats: OtherFormatTexts,
    pub empty_file: &'static str,
    pub damaged: fn(&str) -> String,
    pub too_large: fn(u64) -> String,
    pub string_count: fn(u64, usize) -> String,
    pub sheet_names: fn(&str) -> String,
    pub hidden_sheet: &'static str,
    pub hidden_table: &'static str,
    pub instructions: &'static str,
}

/// What a file named `.xlsx` or `.csv` is instead.
#[expect(missing_docs, reason = "the names say it")]
pub struct OtherFormatTexts {
    pub workbook: &'static str,
    pub encrypted: &'static str,
    pub old_workbook: &'static str,
    pub binary_workbook: &'static str,
    pub open_document: &'static str,
    pub numbers: &'static str,
    pub web_page: &'static str,
    pub plain_text: &'static str,
    pub unknown: &'static str,
}

/// CSV files.
#[expect(missing_docs, reason = "the names say it")]
pub struct CsvTexts {
    pub utf8: &'static str,
    /// The file has another format than its name says.
    pub other_format: fn(&str) -> String,
    pub unclosed_quote: &'static str,
    pub text_after_quote: &'static str,
    pub swallowed_rows: &'static str,
}

/// Headers and columns.
#[expect(missing_docs, reason = "the names say it")]
pub struct HeaderTexts {
    pub misspelt: fn(&str) -> String,
    pub once: &'static str,
    pub missing: &'static str,
    pub extra: fn(&str) -> String,
    pub unnamed: fn(&str) -> String,
    pub outside: &'static str,
    pub above_header: &'static str,
    pub totals: &'static str,
}

/// Single cells.
#[expect(missing_docs, reason = "the names say it")]
pub struct CellTexts {
    pub failed_formula: fn(&str) -> String,
    pub no_result: fn(&str) -> String,
    pub not_a_date: fn(&str) -> String,
    pub not_a_boolean: fn(&str) -> String,
    pub hidden_format: fn(&str) -> String,
    pub scaled_number: fn(&str) -> String,
    pub ambiguous_date: fn(&str) -> String,
    pub one_line: fn(&str) -> String,
}

/// Rules that involve several cells or rows.
#[expect(missing_docs, reason = "the names say it")]
pub struct RowTexts {
    pub one_row: &'static str,
    pub only_one_row: &'static str,
    pub french_text: &'static str,
    pub duplicate: fn(u32) -> String,
    pub not_before: fn(&str) -> String,
    pub within_plan: fn(&str) -> String,
    pub because_not_delivered: fn(&str) -> String,
    pub because_other_degree: fn(&str) -> String,
    pub covering_subsidiary: fn(&str) -> String,
    pub cover: &'static str,
    pub empty_for_type: fn(&str) -> String,
    pub outline: fn(OutlineError) -> String,
    pub too_many_rows: fn(usize) -> String,
}

/// Photos.
#[expect(missing_docs, reason = "the names say it")]
pub struct PhotoTexts {
    pub missing: &'static str,
    pub several: fn(&str) -> String,
    pub link: &'static str,
    pub not_a_folder: &'static str,
    pub readable: fn(&str) -> String,
    pub prepared_bytes: fn(u64) -> String,
    pub unused: fn(usize) -> String,
}

/// Reasons why a picture cannot be used, and what to do.
#[expect(missing_docs, reason = "the names say it")]
pub struct PictureTexts {
    pub valid: fn(&str) -> String,
    pub empty: &'static str,
    pub too_many_bytes: fn(usize, usize) -> String,
    pub unknown_format: &'static str,
    pub heic: &'static str,
    pub avif: &'static str,
    pub too_large: fn(u32, u32) -> String,
    pub animated: &'static str,
    pub no_pixels: &'static str,
    pub cmyk: &'static str,
    pub arithmetic: &'static str,
    pub damaged: fn(&str) -> String,
    pub too_slow: fn(u64) -> String,
}

/// Files of guides.
#[expect(missing_docs, reason = "the names say it")]
pub struct GuideTexts {
    pub file_name: &'static str,
    pub utf8: &'static str,
    pub french_file: &'static str,
    pub head: &'static str,
    pub head_line: &'static str,
    pub head_in_french_only: &'static str,
    pub plain_characters: &'static str,
    pub markdown: &'static str,
    /// Parts of the text.
    pub parts: GuidePartTexts,
}

/// Parts of a guide. `no_…` is about a part that is missing, `in_…` about content that does not belong to a part.
#[expect(missing_docs, reason = "the names say it")]
pub struct GuidePartTexts {
    pub heading: &'static str,
    pub first_step: &'static str,
    pub text_of_step: &'static str,
    pub no_title: &'static str,
    pub no_summary: &'static str,
    pub no_short: &'static str,
    pub no_steps: &'static str,
    pub no_source: &'static str,
    pub in_start: &'static str,
    pub in_short: &'static str,
    pub in_steps: &'static str,
    pub in_papers: &'static str,
    pub in_source: &'static str,
    pub as_many_short: fn(usize) -> String,
    pub as_many_steps: fn(usize) -> String,
    pub as_many_papers: fn(usize) -> String,
}

/// Rules of money and aid.
#[expect(missing_docs, reason = "the names say it")]
pub struct RuleTexts {
    pub file_name: fn(&str) -> String,
    pub toml: &'static str,
    pub keys: fn(&str) -> String,
    pub text: &'static str,
    pub date: &'static str,
    pub flag: &'static str,
    pub number: fn(i64, i64) -> String,
    pub address: &'static str,
    pub currency: &'static str,
    pub country: &'static str,
    pub codes: fn(&str) -> String,
    pub length: &'static str,
    pub list: &'static str,
    pub table: &'static str,
    pub once: &'static str,
    pub not_before: fn(&str) -> String,
    pub follows: fn(&str, &str) -> String,
    pub at_least_key: fn(&str, &str) -> String,
    pub bands_rise: &'static str,
    pub most_questions: fn(usize) -> String,
    pub whole_price: &'static str,
    pub stage_above: &'static str,
}

/// Values that are possible and probably wrong.
#[expect(missing_docs, reason = "the names say it")]
pub struct WarningTexts {
    pub no_rows: fn(&str) -> String,
    pub price: &'static str,
    pub swapped: &'static str,
    pub surface: &'static str,
    pub far_from_town: fn(u64) -> String,
    pub permit_in_future: fn(&str) -> String,
    pub delivery_in_past: fn(&str) -> String,
    pub expired_offer: fn(&str) -> String,
}
