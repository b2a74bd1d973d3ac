//! A workbook: the list of its sheets, and what all sheets share.

use crate::source::grid::Cell;
use crate::source::xlsx::XlsxError;
use crate::source::xlsx::package::Package;
use crate::source::xlsx::sheet::{self, Shared};
use crate::source::xlsx::xml::{Xml, XmlReader};
use crate::source::xlsx::{strings, styles};
use std::collections::HashMap;
use std::path::Path;

/// Largest number of sheets.
const MAX_SHEETS: usize = 500;
/// End of the name of the main part in a binary workbook.
const BINARY_SUFFIX: &str = ".bin";

/// Name of a sheet, and where it is stored.
#[derive(Debug, Clone)]
pub(in crate::source) struct SheetInfo {
    pub name: String,
    pub is_hidden: bool,
    part: String,
}

/// An open workbook.
pub(in crate::source) struct Workbook {
    package: Package,
    shared: Shared,
    pub sheets: Vec<SheetInfo>,
}

impl Workbook {
    pub(in crate::source) fn open(path: &Path) -> Result<Self, XlsxError> {
        let mut package = Package::open(path)?;
        let root = relations(&mut package, "_rels/.rels", "")?;
        let by_type = |relations: &HashMap<String, Relation>, kind: &str| {
            let mut found = relations.values().filter(|relation| relation.kind == kind);
            found.next().map(|relation| relation.target.clone())
        };
        let main = by_type(&root, "officeDocument").ok_or_else(|| package.not_a_workbook())?;
        if main.to_lowercase().ends_with(BINARY_SUFFIX) {
            return Err(package.not_a_workbook());
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let mut shared = Shared::default();
        let sheets = read_main(&mut package, &main, &relations, &mut shared)?;
        if sheets.is_empty() {
            return Err(package.not_a_workbook());
        }
        if let Some(part) = by_type(&relations, "styles")
            && let Some(part) = package.part(&part)?
        {
            shared.formats = styles::formats(part)?;
        }
        if let Some(part) = by_type(&relations, "sharedStrings")
            && let Some(part) = package.part(&part)?
        {
            shared.strings = strings::shared_strings(part)?;
        }
        Ok(Self {
            package,
            shared,
            sheets,
        })
    }

    /// The filled cells of a sheet by row, as the spreadsheet numbers it.
    pub(in crate::source) fn rows(&mut self, sheet: &SheetInfo) -> Result<Vec<(u32, Vec<Cell>)>, XlsxError> {
        let part = self.package.part(&sheet.part)?;
        let part = part.ok_or_else(|| XlsxError::damaged("the content of the sheet is missing"))?;
        sheet::rows(part, &self.shared)
    }
}

/// A reference from one part to another.
struct Relation {
    /// Last segment of the type, which is the same in transitional and strict workbooks.
    kind: String,
    target: String,
}

/// The relations in the part `name` by identifier. Targets are relative to `folder`.
fn relations(
    package: &mut Package,
    name: &str,
    folder: &str,
) -> Result<HashMap<String, Relation>, XlsxError> {
    let mut relations = HashMap::new();
    if !package.has(name) {
        return Err(package.not_a_workbook());
    }
    let Some(part) = package.part(name)? else {
        return Ok(relations);
    };
    let mut xml = XmlReader::new(part);
    while let Some(event) = xml.next()? {
        let Xml::Start(tag) = event else { continue };
        if let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if folder.is_empty() => target.trim_start_matches("./").to_owned(),
                None => format!("{folder}/{}", target.trim_start_matches("./")),
            };
            relations.insert(id.to_owned(), Relation { kind, target });
        }
    }
    Ok(relations)
}

/// Reads the date system and the sheets.
fn read_main(
    package: &mut Package,
    name: &str,
    relations: &HashMap<String, Relation>,
    shared: &mut Shared,
) -> Result<Vec<SheetInfo>, XlsxError> {
    let Some(part) = package.part(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = XmlReader::new(part);
    let mut sheets = Vec::new();
    let mut has_properties = false;
    while let Some(event) = xml.next()? {
        match event {
            // Extensions have an element of the same name.
            Xml::Start(tag) if tag.name == "workbookPr" && !has_properties => {
                has_properties = true;
                shared.is_1904 = matches!(tag.get("date1904"), Some("1" | "true"));
            }
            Xml::Start(tag) if tag.name == "sheet" => {
                let relation = tag.get("id").and_then(|id| relations.get(id));
                if let (Some(name), Some(relation)) = (tag.get("name"), relation)
                    && relation.kind == "worksheet"
                {
                    sheets.push(SheetInfo {
                        name: name.to_owned(),
                        is_hidden: tag.get("state").is_some_and(|state| state != "visible"),
                        part: relation.target.clone(),
                    });
                }
            }
            _ => {}
        }
        if sheets.len() > MAX_SHEETS {
            return Err(XlsxError::damaged("too many sheets"));
        }
    }
    Ok(sheets)
}
