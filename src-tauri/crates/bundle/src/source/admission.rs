//! Judges a cell by what the spreadsheet stored, before its text is parsed: dates and numbers that were once texts, and
//! formulas without a result. Must not know tables.

use crate::fault::{Message, message};
use crate::source::canonical::canonical;
use crate::source::column_type::ColumnType;
use crate::source::grid::{Cell, Content, column_letters};

/// Decimals of a price or surface; a number with more is never taken for thousands.
const MAX_DECIMALS: usize = 2;

/// The text of the cell in the strict form of its column, or what is expected instead.
pub(super) fn admit(cell_type: ColumnType, row: u32, cell: &Cell) -> Result<String, Message> {
    let describe = |explain: fn(&'static expo_texts::ImportTexts) -> fn(&str) -> String| {
        message(|t| explain(t)(&cell_type.describe(t.types)))
    };
    let name = format!("{}{row}", column_letters(cell.column));
    match cell.content {
        Content::Error => Err(message(|t| (t.cells.failed_formula)(&name))),
        Content::NoResult => Err(message(|t| (t.cells.no_result)(&name))),
        Content::Date if cell_type.is_text() => Err(describe(|t| t.cells.not_a_date)),
        Content::Boolean if cell_type.is_text() => Err(describe(|t| t.cells.not_a_boolean)),
        Content::Number {
            is_shown_differently: true,
            ..
        } if cell_type.is_text() => Err(describe(|t| t.cells.hidden_format)),
        Content::Number { is_scaled: true, .. } => Err(describe(|t| t.cells.scaled_number)),
        Content::Number { .. } if has_many_decimals(&cell.text) && !cell_type.is_text() => {
            Ok(cell.text.clone())
        }
        _ => Ok(canonical(cell_type, &cell.text)),
    }
}

fn has_many_decimals(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(_, decimals)| decimals.len() > MAX_DECIMALS)
}
