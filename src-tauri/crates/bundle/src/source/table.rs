//! A table of a source and its rows, read cell by cell.

use crate::fault::{Fault, Findings, Message, is_unsafe_char, message};
use crate::source::admission::admit;
use crate::source::cells::MAX_NAME_CHARS;
use crate::source::column_type::ColumnType;
use crate::source::grid::Grid;
use crate::source::header::Header;
use crate::source::months;
use crate::source::schema::TableSchema;
use expo_domain::{Lang, Texts};
use std::cell::RefCell;
use std::collections::BTreeMap;

pub(super) use crate::source::header::column_name;

/// Largest number of filled rows of a table.
pub(super) const MAX_ROWS: usize = 500_000;

/// The tables of a source by name.
pub(super) type Tables = BTreeMap<&'static str, Table>;

/// A cell of a named column.
struct TableCell {
    /// Index in the header.
    column: usize,
    /// The text in the strict form of its column; `None` if the cell already has a fault.
    text: Option<String>,
}

/// A grid with a checked header.
pub(super) struct Table {
    pub file: String,
    schema: &'static TableSchema,
    header: Header,
    rows: Vec<(u32, Vec<TableCell>)>,
}

impl Table {
    /// Checks the header and every cell of a named column. Reports everything that is not read.
    pub(super) fn new(schema: &'static TableSchema, mut grid: Grid, findings: &mut Findings) -> Self {
        if grid.rows.len() > MAX_ROWS {
            let expected = message(|t| (t.rows.too_many_rows)(MAX_ROWS));
            findings.push(Fault::file(&grid.file, "", expected));
            grid.rows.truncate(MAX_ROWS);
        }
        let header = Header::find(schema, &grid, findings);
        let file = grid.file.clone();
        let mut rows = Vec::new();
        for (number, cells) in grid.rows.into_iter().skip(header.rows_read) {
            if header.is_totals_row(&cells) {
                let text = message(|t| t.columns.totals.to_owned());
                findings.push(Fault::cell(&file, number, "", &cells[0].text, text).note());
                continue;
            }
            header.check_unnamed(&file, number, &cells, grid.is_csv, findings);
            let named = cells.into_iter().filter_map(|cell| {
                let column = header.index(cell.column)?;
                let text = admit(header.cell_type(column), number, &cell).map_err(|expected| {
                    let name = header.name(column);
                    findings.push(Fault::cell(&file, number, name, &cell.text, expected));
                });
                Some(TableCell {
                    column,
                    text: text.ok(),
                })
            });
            let named: Vec<TableCell> = named.collect();
            if !named.is_empty() {
                rows.push((number, named));
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
        self.header.position(column).is_some()
    }

    /// Number of rows below the header.
    pub(super) const fn row_count(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn rows<'t>(&'t self, findings: &'t RefCell<Findings>) -> impl Iterator<Item = Row<'t>> {
        self.rows.iter().map(move |(number, cells)| Row {
            table: self,
            number: *number,
            cells,
            findings,
        })
    }
}

/// One row. Reading a cell that is not valid adds a fault.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub table: &'t Table,
    pub number: u32,
    cells: &'t [TableCell],
    findings: &'t RefCell<Findings>,
}

impl<'t> Row<'t> {
    /// Adds a fault of a cell.
    pub(super) fn fault(&self, column: &str, found: &str, expected: Message) {
        self.findings
            .borrow_mut()
            .push(self.finding(column, found, expected));
    }

    /// Adds something to confirm.
    pub(super) fn warn(&self, column: &str, text: Message) {
        let found = self.cell(column).unwrap_or_default();
        let finding = self.finding(column, found, text);
        self.findings.borrow_mut().push(finding.warning());
    }

    fn finding(&self, column: &str, found: &str, text: Message) -> Fault {
        Fault::cell(&self.table.file, self.number, column, found, text)
    }

    fn stored(&self, column: &str) -> Option<&'t TableCell> {
        let index = self.table.header.position(column)?;
        self.cells.iter().find(|cell| cell.column == index)
    }

    /// The text of a cell in the strict form of its column; `None` if it is empty, has a fault or the column is absent.
    pub(super) fn cell(&self, column: &str) -> Option<&'t str> {
        self.stored(column)?.text.as_deref()
    }

    /// Whether the column exists and its cell is empty.
    pub(super) fn is_empty(&self, column: &str) -> bool {
        self.table.has(column) && self.stored(column).is_none()
    }

    /// A cell that may be empty.
    pub(super) fn optional<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        self.parsed(column, column, parse)
    }

    /// A cell that must be filled. An absent column already has one fault, in the header.
    pub(super) fn required<T>(&self, column: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        if self.is_empty(column) {
            self.fault(column, "", self.expected(column));
        }
        self.optional(column, parse)
    }

    /// A text in several languages; French is required.
    pub(super) fn texts(&self, name: &str) -> Option<Texts> {
        let french = format!("{name}_{}", Lang::Fr);
        if self.is_empty(&french) {
            self.fault(&french, "", message(|t| t.rows.french_text.to_owned()));
        }
        self.cell(&french)?;
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
    fn expected(&self, name: &str) -> Message {
        let cell_type = self.table.schema.column_type(name);
        message(|t| {
            cell_type
                .map(|cell_type| cell_type.describe(t.types))
                .unwrap_or_default()
        })
    }

    /// The same, with the reason why this cell is not valid if that is not obvious.
    fn expected_instead(&self, name: &str, cell: &str) -> Message {
        let cell_type = self.table.schema.column_type(name);
        match cell_type {
            Some(kind @ (ColumnType::Date | ColumnType::Month)) if months::is_ambiguous(cell) => {
                message(|t| (t.cells.ambiguous_date)(&kind.describe(t.types)))
            }
            Some(kind @ ColumnType::Text(_)) if cell.contains('\n') => {
                message(|t| (t.cells.one_line)(&kind.describe(t.types)))
            }
            _ => self.expected(name),
        }
    }

    /// The parsed value in `column`. `name` is its name in the schema, without language.
    fn parsed<T>(&self, column: &str, name: &str, parse: impl FnOnce(&'t str) -> Option<T>) -> Option<T> {
        let cell = self.cell(column)?;
        let value = parse(cell);
        if value.is_none() {
            self.fault(column, cell, self.expected_instead(name, cell));
        }
        value
    }
}

/// Text with plain line feeds, without unsafe characters and with at most `max_chars` characters. Names have
/// one line.
pub(super) fn plain_text(text: &str, max_chars: usize) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let is_unsafe = text.chars().any(|c| c != '\n' && is_unsafe_char(c));
    let is_one_line = max_chars > MAX_NAME_CHARS || !text.contains('\n');
    (!is_unsafe && is_one_line && text.chars().count() <= max_chars).then_some(text)
}
