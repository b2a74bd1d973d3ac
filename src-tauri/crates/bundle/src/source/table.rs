//! A table of a source and its rows, read cell by cell.

use crate::fault::{Fault, is_disturbing};
use crate::source::cells::list_of;
use crate::source::kinds::Kind;
use crate::source::shapes::Shape;
use domain::{Lang, Texts};
use std::cell::RefCell;

/// Cells of a file or sheet as text; the first row is the header.
pub(super) struct Grid {
    /// As faults name it.
    pub file: String,
    /// Row number as the spreadsheet shows it, and the cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A grid whose header was checked.
pub(super) struct Table {
    pub file: String,
    shape: &'static Shape,
    header: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    /// Checks the header: every column known, none twice, none missing.
    pub(super) fn new(shape: &'static Shape, grid: Grid, faults: &mut Vec<Fault>) -> Self {
        let Grid { file, rows } = grid;
        let mut rows = rows
            .into_iter()
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let (header_row, header) = rows.next().unwrap_or((1, Vec::new()));
        let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let known = shape.headings();
        for (place, name) in header.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if !known.iter().any(|heading| heading.name == *name) {
                let columns = list_of(known.iter().map(|heading| heading.name.as_str()));
                faults.push(Fault::cell(
                    &file,
                    header_row,
                    name,
                    name,
                    format!("one of the columns {columns}"),
                ));
            } else if header[..place].contains(name) {
                faults.push(Fault::cell(&file, header_row, name, name, "each column once"));
            }
        }
        for heading in known
            .iter()
            .filter(|heading| heading.is_required && !header.contains(&heading.name))
        {
            faults.push(Fault::cell(&file, header_row, &heading.name, "", "this column"));
        }
        let rows: Vec<_> = rows.collect();
        for (number, cells) in &rows {
            let unnamed = cells
                .iter()
                .enumerate()
                .filter(|(place, _)| header.get(*place).is_none_or(String::is_empty));
            for (_, cell) in unnamed.filter(|(_, cell)| !cell.trim().is_empty()).take(1) {
                faults.push(Fault::cell(
                    &file,
                    *number,
                    "",
                    cell,
                    "nothing outside the named columns",
                ));
            }
        }
        Self {
            file,
            shape,
            header,
            rows,
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    pub(super) fn rows<'t>(&'t self, faults: &'t RefCell<Vec<Fault>>) -> impl Iterator<Item = Row<'t>> {
        self.rows.iter().map(move |(number, cells)| Row {
            table: self,
            number: *number,
            cells,
            faults,
        })
    }
}

/// One row; every reading of a cell that fails leaves one fault.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub table: &'t Table,
    pub number: u32,
    cells: &'t [String],
    faults: &'t RefCell<Vec<Fault>>,
}

impl<'t> Row<'t> {
    /// Leaves a fault of a cell.
    pub(super) fn fault(&self, column: &str, found: &str, expected: impl Into<String>) {
        self.faults.borrow_mut().push(Fault::cell(
            &self.table.file,
            self.number,
            column,
            found,
            expected,
        ));
    }

    /// The cell, trimmed; `None` when it is empty or its column is absent.
    pub(super) fn cell(&self, column: &str) -> Option<&'t str> {
        let place = self.table.header.iter().position(|name| name == column)?;
        self.cells
            .get(place)
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    }

    /// A cell that may be empty.
    pub(super) fn optional<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        self.parsed(column, column, parse)
    }

    /// A cell that must be filled. An absent column was told once, at the header.
    pub(super) fn required<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        if self.cell(column).is_none() && self.table.has(column) {
            self.fault(column, "", self.expected(column));
        }
        self.optional(column, parse)
    }

    /// One text in its languages; French required.
    pub(super) fn texts(&self, name: &str) -> Option<Texts> {
        let french = format!("{name}_{}", Lang::Fr);
        if self.cell(&french).is_none() {
            if self.table.has(&french) {
                self.fault(&french, "", "a text in French");
            }
            return None;
        }
        Some(self.optional_texts(name))
    }

    /// One text in the languages it was written in.
    pub(super) fn optional_texts(&self, name: &str) -> Texts {
        let Some(Kind::Text(most)) = self.table.shape.kind(name) else {
            return Texts::default();
        };
        let texts = Lang::ALL.into_iter().filter_map(|lang| {
            let column = format!("{name}_{lang}");
            let text = self.parsed(&column, name, |text| plain_text(text, most))?;
            Some((lang, text))
        });
        Texts(texts.collect())
    }

    /// What a cell of the column should hold.
    fn expected(&self, name: &str) -> String {
        self.table
            .shape
            .kind(name)
            .map(Kind::expected)
            .unwrap_or_default()
    }

    /// The value in `column`, which the shape of the table has as `name`.
    fn parsed<T>(&self, column: &str, name: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        let cell = self.cell(column)?;
        let value = parse(cell);
        if value.is_none() {
            self.fault(column, cell, self.expected(name));
        }
        value
    }
}

/// Text with plain line feeds and no character that disturbs a line.
pub(super) fn plain_text(text: &str, max: usize) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let disturbed = text.chars().any(|c| c != '\n' && is_disturbing(c));
    (!disturbed && text.chars().count() <= max).then_some(text)
}
