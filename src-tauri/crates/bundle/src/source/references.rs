//! What the rows of one table may refer to in another: identifiers that stand somewhere, whatever is wrong with
//! them or their rows, so that one wrong cell is told once and not again by everything that leans on its row.

use crate::fault::Fault;
use crate::source::cells::{list, region, whole};
use crate::source::load::Tables;
use crate::source::table::{Row, Table};
use domain::{ProductType, Region};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Identifiers of one table with a fact about each; `None` when the table or its column is missing, which was told.
pub(super) type Ids<T> = Option<HashMap<String, T>>;

/// What can be referred to.
pub(super) struct Known {
    /// Regions covered, if they could be read.
    pub subsidiaries: Ids<Option<Vec<Region>>>,
    /// The region, if it could be read.
    pub towns: Ids<Option<Region>>,
    pub projects: Ids<()>,
    /// The product type, if it could be read.
    pub groups: Ids<Option<ProductType>>,
    /// Projects with a cover, or with a picture whose position could not be read.
    pub covers: Option<HashSet<String>>,
}

impl Known {
    pub(super) fn of(tables: &Tables) -> Self {
        Self {
            subsidiaries: ids(tables, "subsidiaries", |row| list(row.cell("regions")?, region)),
            towns: ids(tables, "towns", |row| region(row.cell("region")?)),
            projects: ids(tables, "projects", |_| ()),
            groups: ids(tables, "groups", |row| {
                ProductType::from_code(row.cell("product_type")?)
            }),
            covers: covers(tables),
        }
    }
}

fn ids<T>(tables: &Tables, name: &str, fact: impl Fn(Row<'_>) -> T) -> Ids<T> {
    let table = tables.get(name).filter(|table| table.has("id"))?;
    let ignored = RefCell::new(Vec::new());
    let rows = table.rows(&ignored);
    Some(
        rows.filter_map(|row| Some((row.cell("id")?.to_owned(), fact(row))))
            .collect(),
    )
}

fn covers(tables: &Tables) -> Option<HashSet<String>> {
    let table = tables
        .get("pictures")
        .filter(|table| table.has("project") && table.has("position"))?;
    let ignored = RefCell::new(Vec::new());
    let with_cover = table.rows(&ignored).filter(|row| {
        row.cell("position")
            .and_then(|cell| whole(cell, 1, 99))
            .is_none_or(|position| position == 1)
    });
    Some(
        with_cover
            .filter_map(|row| row.cell("project").map(str::to_owned))
            .collect(),
    )
}

/// The identifier, if it stands in `ids` or nobody can tell.
pub(super) fn refer<T>(ids: Option<&HashMap<String, T>>, text: &str) -> Option<String> {
    ids.is_none_or(|ids| ids.contains_key(text))
        .then(|| text.to_owned())
}

/// Leaves a fault at every row whose key stood in an earlier one.
pub(super) fn each_once<'t, K: Eq + Hash>(
    table: &'t Table,
    faults: &'t RefCell<Vec<Fault>>,
    column: &str,
    key: impl Fn(&Row<'t>) -> Option<K>,
) {
    let mut seen = HashMap::new();
    for row in table.rows(faults) {
        let Some(key) = key(&row) else { continue };
        match seen.get(&key) {
            Some(first) => {
                let found = row.cell(column).unwrap_or_default();
                row.fault(column, found, format!("another one than in row {first}"));
            }
            None => {
                seen.insert(key, row.number);
            }
        }
    }
}
