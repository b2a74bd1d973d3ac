//! Writes workbooks part by part, with content that no spreadsheet program writes.

use crate::tests::sample;
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Style 1 is a date, 2 is `000`, 3 a percentage.
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;

/// A workbook with the table `units` of the sample.
pub struct RawWorkbook {
    /// Name, attributes and rows of each sheet.
    pub sheets: Vec<(String, &'static str, String)>,
    pub strings: String,
    pub properties: &'static str,
}

impl RawWorkbook {
    /// The units of the sample as texts. Each change replaces a cell: row, column, attributes and content.
    pub fn units(changes: &[(u32, &str, &str)]) -> Self {
        Self {
            sheets: Vec::new(),
            strings: ">".to_owned(),
            properties: "",
        }
        .with("units", changes)
    }

    /// Adds another table of the sample.
    pub fn with(mut self, table: &str, changes: &[(u32, &str, &str)]) -> Self {
        let named = |(name, _): &&(&str, &str)| name.strip_suffix(".csv") == Some(table);
        let (_, text) = sample::TABLES.iter().find(named).unwrap();
        self.sheets.push((table.to_owned(), "", rows(text, changes)));
        self
    }

    /// The parts with their content.
    fn parts(&self) -> Vec<(String, String)> {
        let relation = |id: String, kind: &str, target: String| {
            format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
        };
        let mut relations = relation("s".to_owned(), "styles", "styles.xml".to_owned());
        relations += &relation("t".to_owned(), "sharedStrings", "sharedStrings.xml".to_owned());
        let mut listed = Vec::new();
        let mut parts = Vec::new();
        for (number, (name, attributes, rows)) in self.sheets.iter().enumerate() {
            listed.push(format!(
                r#"<sheet name="{name}" sheetId="{number}" {attributes} r:id="r{number}"/>"#
            ));
            relations += &relation(
                format!("r{number}"),
                "worksheet",
                format!("worksheets/{number}.xml"),
            );
            let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
            parts.push((format!("xl/worksheets/{number}.xml"), sheet));
        }
        let root = relation("r".to_owned(), "officeDocument", "xl/workbook.xml".to_owned());
        let properties = self.properties;
        let listed = listed.concat();
        let workbook = format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>"#
        );
        let wrapped = |relations: &str| format!("<Relationships>{relations}</Relationships>");
        parts.extend([
            ("_rels/.rels".to_owned(), wrapped(&root)),
            ("xl/workbook.xml".to_owned(), workbook),
            ("xl/_rels/workbook.xml.rels".to_owned(), wrapped(&relations)),
            ("xl/styles.xml".to_owned(), STYLES.to_owned()),
            (
                "xl/sharedStrings.xml".to_owned(),
                format!("<sst {}</sst>", self.strings),
            ),
        ]);
        parts
    }

    /// Writes the workbook; `change` changes each part.
    pub fn write(&self, path: &Path, change: impl Fn(&str, String) -> String) {
        let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
        for (name, content) in self.parts() {
            zip.start_file(&name, SimpleFileOptions::default()).unwrap();
            zip.write_all(change(&name, content).as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    }

    /// The sample with this workbook instead of its tables of the same names.
    pub fn folder(&self) -> TempDir {
        self.folder_with(|_, content| content)
    }

    /// The same with changed parts.
    pub fn folder_with(&self, change: impl Fn(&str, String) -> String) -> TempDir {
        let folder = super::folder();
        for (name, _) in sample::TABLES {
            let table = name.trim_end_matches(".csv");
            let is_in_workbook =
                |(sheet, ..): &(String, &str, String)| sheet.trim().eq_ignore_ascii_case(table);
            if self.sheets.iter().any(is_in_workbook) {
                fs::remove_file(folder.path().join(name)).unwrap();
            }
        }
        self.write(&folder.path().join("catalogue.xlsx"), change);
        folder
    }
}

/// Rows of a sheet from a table with semicolons.
fn rows(text: &str, changes: &[(u32, &str, &str)]) -> String {
    let header: Vec<&str> = text.lines().next().unwrap().split(';').collect();
    let mut out = Vec::new();
    for (row, line) in (1..).zip(text.lines()) {
        out.push(format!(r#"<row r="{row}">"#));
        for (column, cell) in line.split(';').enumerate() {
            let name = format!("{}{row}", char::from(b'A' + column as u8));
            let change = changes
                .iter()
                .find(|(at, name, _)| *at == row && *name == header[column]);
            out.push(match change {
                Some((_, _, raw)) => format!(r#"<c r="{name}" {raw}</c>"#),
                None if cell.is_empty() => String::new(),
                None => format!(r#"<c r="{name}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
            });
        }
        out.push("</row>".to_owned());
    }
    out.concat()
}
