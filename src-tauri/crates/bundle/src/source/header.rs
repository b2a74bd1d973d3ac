//! The header of a table: finds it below title rows, and reports columns and cells that are not read. Must not know the
//! meaning of cells.

use crate::fault::{Fault, Findings, message};
use crate::source::cells::comma_separated;
use crate::source::column_type::ColumnType;
use crate::source::grid::{Cell, Grid, column_letters};
use crate::source::schema::{Heading, TableSchema};
use expo_domain::characters::is_invisible;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Filled rows in which the header is looked for.
const MAX_ROWS_TO_HEADER: usize = 10;
/// Edits that make a misspelt name of a column.
const MAX_EDITS: usize = 2;
/// First words of the first filled cell of a row of totals.
const TOTALS: [&str; 6] = ["total", "totaux", "sous-total", "somme", "المجموع", "مجموع"];

/// The name of a column as typed in a header: in capitals, with spaces, or with a star for required columns.
pub(super) fn column_name(typed: &str) -> String {
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
    let words = visible.trim().trim_end_matches('*').trim();
    let words: Vec<&str> = words
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .collect();
    words.join("_").to_lowercase()
}

struct NamedColumn {
    name: String,
    cell_type: ColumnType,
    /// Column of the spreadsheet, counted from 0.
    column: u32,
    is_required: bool,
}

/// The columns of a table that are read.
pub(super) struct Header {
    /// Number of rows up to the header.
    pub rows_read: usize,
    columns: Vec<NamedColumn>,
    /// Columns that have a name but are not read.
    extra: BTreeSet<u32>,
    width: u32,
    reported: RefCell<BTreeSet<u32>>,
}

impl Header {
    /// Finds the header. Adds a fault for each column that is misspelt, repeated or missing.
    pub(super) fn find(schema: &'static TableSchema, grid: &Grid, findings: &mut Findings) -> Self {
        let headings = schema.headings();
        let names_in = |cells: &[Cell]| {
            let is_name = |cell: &&Cell| headings.iter().any(|h| h.name == column_name(&cell.text));
            cells.iter().filter(is_name).count()
        };
        let candidates = grid.rows.iter().take(MAX_ROWS_TO_HEADER).enumerate();
        let best = candidates.max_by_key(|(index, (_, cells))| (names_in(cells), usize::MAX - index));
        let Some((index, (number, cells))) = best else {
            let mut header = Self::new(0);
            header.report_missing(&headings, &grid.file, 1, findings);
            return header;
        };
        for (above, cells) in &grid.rows[..index] {
            let text = message(|t| t.columns.above_header.to_owned());
            findings.push(Fault::cell(&grid.file, *above, "", &cells[0].text, text).note());
        }
        let mut header = Self::new(index + 1);
        header.width = cells.last().map_or(0, |cell| cell.column + 1);
        let mut unknown = Vec::new();
        for cell in cells {
            let name = column_name(&cell.text);
            match headings.iter().find(|heading| heading.name == name) {
                Some(_) if header.position(&name).is_some() => {
                    let expected = message(|t| t.columns.once.to_owned());
                    findings.push(Fault::cell(&grid.file, *number, &name, &name, expected));
                }
                Some(heading) => header.columns.push(NamedColumn {
                    name,
                    cell_type: heading.column.cell_type,
                    column: cell.column,
                    is_required: heading.is_required,
                }),
                None => unknown.push((name, cell.column)),
            }
        }
        for (name, column) in unknown {
            header.extra.insert(column);
            findings.push(header.unknown_column(&name, &headings, &grid.file, *number));
        }
        header.report_missing(&headings, &grid.file, *number, findings);
        header
    }

    const fn new(rows_read: usize) -> Self {
        Self {
            rows_read,
            columns: Vec::new(),
            extra: BTreeSet::new(),
            width: 0,
            reported: RefCell::new(BTreeSet::new()),
        }
    }

    fn report_missing(&mut self, headings: &[Heading], file: &str, row: u32, findings: &mut Findings) {
        for heading in headings.iter().filter(|heading| heading.is_required) {
            if self.position(&heading.name).is_none() {
                let expected = message(|t| t.columns.missing.to_owned());
                findings.push(Fault::cell(file, row, &heading.name, "", expected));
            }
        }
    }

    /// A fault for a name that is probably a misspelt column; otherwise a note.
    fn unknown_column(&self, name: &str, headings: &[Heading], file: &str, row: u32) -> Fault {
        let similar = headings
            .iter()
            .filter(|heading| self.position(&heading.name).is_none());
        let similar: Vec<&str> = similar
            .map(|heading| heading.name.as_str())
            .filter(|wanted| is_similar(name, wanted))
            .collect();
        if similar.is_empty() {
            let text = message(|t| (t.columns.extra)(name));
            Fault::cell(file, row, name, "", text).note()
        } else {
            let names = comma_separated(similar.into_iter());
            let expected = message(|t| (t.columns.misspelt)(&names));
            Fault::cell(file, row, name, name, expected)
        }
    }

    /// Position of a column among the columns that are read.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Position of the column that is stored at this column of the spreadsheet.
    pub(super) fn index(&self, column: u32) -> Option<usize> {
        self.columns.iter().position(|named| named.column == column)
    }

    pub(super) fn name(&self, position: usize) -> &str {
        &self.columns[position].name
    }

    pub(super) fn cell_type(&self, position: usize) -> ColumnType {
        self.columns[position].cell_type
    }

    /// Whether the row begins with a word for a sum and lacks a required cell.
    pub(super) fn is_totals_row(&self, cells: &[Cell]) -> bool {
        let Some(first) = cells.first() else { return false };
        let text = column_name(&first.text);
        let lacks = |named: &NamedColumn| cells.iter().all(|cell| cell.column != named.column);
        starts_with_total(&text) && self.columns.iter().any(|named| named.is_required && lacks(named))
    }

    /// Reports cells without a column. In a CSV file they are shifted cells; in a sheet, remarks beside the table.
    pub(super) fn check_unnamed(
        &self,
        file: &str,
        row: u32,
        cells: &[Cell],
        is_csv: bool,
        findings: &mut Findings,
    ) {
        let is_unnamed =
            |cell: &&Cell| self.index(cell.column).is_none() && !self.extra.contains(&cell.column);
        let mut unnamed = cells.iter().filter(is_unnamed);
        if is_csv {
            let shifted = unnamed.find(|cell| cell.column >= self.width);
            if let Some(cell) = shifted {
                let expected = message(|t| t.columns.outside.to_owned());
                findings.push(Fault::cell(file, row, "", &cell.text, expected));
            }
        }
        for cell in cells.iter().filter(is_unnamed) {
            if (!is_csv || cell.column < self.width) && self.reported.borrow_mut().insert(cell.column) {
                let letters = column_letters(cell.column);
                let text = message(|t| (t.columns.unnamed)(&letters));
                findings.push(Fault::cell(file, row, "", &cell.text, text).note());
            }
        }
    }
}

/// Whether the first word of a text, folded as a column name, is a word for a sum. Identifiers such as `SOMMET-1` are not.
fn starts_with_total(text: &str) -> bool {
    TOTALS.iter().any(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', ':', '(']))
    })
}

/// Whether a name is probably a misspelling of `wanted`, or one with a part missing.
fn is_similar(name: &str, wanted: &str) -> bool {
    let plain = |name: &str| -> Vec<char> { name.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (name, wanted) = (plain(name), plain(wanted));
    let is_part = name.len() > 2 && (wanted.starts_with(&name) || name.starts_with(&wanted));
    is_part || edits(&name, &wanted) <= MAX_EDITS.min(wanted.len() / 3)
}

/// Number of letters to insert, remove or replace. Names of very different length are not compared.
fn edits(a: &[char], b: &[char]) -> usize {
    if a.len().abs_diff(b.len()) > MAX_EDITS {
        return usize::MAX;
    }
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = costs[j + 1];
            costs[j + 1] = replaced.min(costs[j] + 1).min(diagonal + 1);
        }
    }
    costs[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_names_become_column_names() {
        for (typed, name) in [
            ("ID", "id"),
            (" Title_FR\u{a0}", "title_fr"),
            ("price DH *", "price_dh"),
            ("\u{feff}id", "id"),
        ] {
            assert_eq!(column_name(typed), name);
        }
    }

    #[test]
    fn totals_begin_with_a_word_for_a_sum() {
        for total in ["Total", "TOTAL : 12", "Total (DH)", "Sous-total", "المجموع"] {
            assert!(starts_with_total(&column_name(total)), "{total}");
        }
        for id in ["SOMMET-A-101", "TOTALENERGIES-1", "TOTAL-1"] {
            assert!(!starts_with_total(&column_name(id)), "{id}");
        }
    }

    #[test]
    fn misspelt_names_are_similar() {
        for (name, wanted) in [
            ("flor", "floor"),
            ("price", "price_dh"),
            ("titlefr", "title_fr"),
            ("roms", "rooms"),
        ] {
            assert!(is_similar(name, wanted), "{name}");
        }
        for (name, wanted) in [
            ("remarque", "rooms"),
            ("agent", "levels"),
            ("cle", "cos"),
            ("stage", "status"),
        ] {
            assert!(!is_similar(name, wanted), "{name}");
        }
    }
}
