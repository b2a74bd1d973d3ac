//! A table of a source and its rows, read cell by cell.

use crate::fault::{Fault, is_unsafe_char};
use crate::source::cells::comma_separated;
use crate::source::column_type::ColumnType;
use crate::source::schema::TableSchema;
use expo_domain::{Lang, Texts};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Cells of a file or sheet as text; the first row is the header.
pub(super) struct Grid {
    /// Name of the file or sheet, as used in faults.
    pub file: String,
    /// Row numbers as in the spreadsheet, with the cells.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// The tables of a source by name.
pub(super) type Tables = BTreeMap<&'static str, Table>;

/// A grid with a checked header.
pub(super) struct Table {
    pub file: String,
    schema: &'static TableSchema,
    header: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

impl Table {
    /// Checks the header: adds a fault for each column that is unknown, duplicated or missing.
    pub(super) fn new(schema: &'static TableSchema, grid: Grid, faults: &mut Vec<Fault>) -> Self {
        let Grid { file, rows } = grid;
        let mut rows = rows
            .into_iter()
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let (header_row, header) = rows.next().unwrap_or((1, Vec::new()));
        let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let headings = schema.headings();
        for (index, name) in header.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if !headings.iter().any(|heading| heading.name == *name) {
                let columns = comma_separated(headings.iter().map(|heading| heading.name.as_str()));
                faults.push(Fault::cell(
                    &file,
                    header_row,
                    name,
                    name,
                    format!("one of the columns {columns}"),
                ));
            } else if header[..index].contains(name) {
                faults.push(Fault::cell(&file, header_row, name, name, "each column once"));
            }
        }
        for heading in headings
            .iter()
            .filter(|heading| heading.is_required && !header.contains(&heading.name))
        {
            faults.push(Fault::cell(&file, header_row, &heading.name, "", "this column"));
        }
        let rows: Vec<_> = rows.collect();
        for (number, cells) in &rows {
            let unnamed_cells = cells
                .iter()
                .enumerate()
                .filter(|(index, _)| header.get(*index).is_none_or(String::is_empty));
            for (_, cell) in unnamed_cells.filter(|(_, cell)| !cell.trim().is_empty()).take(1) {
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
            schema,
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

/// One row. Reading a cell that is not valid adds a fault.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub table: &'t Table,
    pub number: u32,
    cells: &'t [String],
    faults: &'t RefCell<Vec<Fault>>,
}

impl<'t> Row<'t> {
    /// Adds a fault of a cell.
    pub(super) fn fault(&self, column: &str, found: &str, expected: impl Into<String>) {
        self.faults.borrow_mut().push(Fault::cell(
            &self.table.file,
            self.number,
            column,
            found,
            expected,
        ));
    }

    /// The trimmed text of a cell; `None` if it is empty or the column is absent.
    pub(super) fn cell(&self, column: &str) -> Option<&'t str> {
        let index = self.table.header.iter().position(|name| name == column)?;
        self.cells
            .get(index)
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    }

    /// A cell that may be empty.
    pub(super) fn optional<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        self.parsed(column, column, parse)
    }

    /// A cell that must be filled. An absent column already has one fault, in the header.
    pub(super) fn required<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        if self.cell(column).is_none() && self.table.has(column) {
            self.fault(column, "", self.expected(column));
        }
        self.optional(column, parse)
    }

    /// A text in several languages; French is required.
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

    /// A text in several languages, all optional.
    pub(super) fn optional_texts(&self, name: &str) -> Texts {
        let Some(ColumnType::Text(max_chars)) = self.table.schema.column_type(name) else {
            return Texts::default();
        };
        let texts = Lang::ALL.into_iter().filter_map(|lang| {
            let column = format!("{name}_{lang}");
            let text = self.parsed(&column, name, |text| plain_text(text, max_chars))?;
            Some((lang, text))
        });
        Texts(texts.collect())
    }

    /// What a cell of the column should contain.
    fn expected(&self, name: &str) -> String {
        self.table
            .schema
            .column_type(name)
            .map(ColumnType::expected)
            .unwrap_or_default()
    }

    /// The parsed value in `column`. `name` is its name in the schema, without language.
    fn parsed<T>(&self, column: &str, name: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        let cell = self.cell(column)?;
        let value = parse(cell);
        if value.is_none() {
            self.fault(column, cell, self.expected(name));
        }
        value
    }
}

/// Text with plain line feeds, without unsafe characters and with at most `max_chars` characters.
pub(super) fn plain_text(text: &str, max_chars: usize) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let is_unsafe = text.chars().any(|c| c != '\n' && is_unsafe_char(c));
    (!is_unsafe && text.chars().count() <= max_chars).then_some(text)
}
