//! Identifiers that rows of other tables may refer to. Rows with faults count too, so that one wrong cell gives one
//! fault and not another one in every row that refers to it. Must not know catalogue types built from rows.

use crate::fault::{Findings, message};
use crate::source::cells::{integer, list, region};
use crate::source::table::{Row, Table, Tables};
use expo_domain::{ProductType, Region};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Identifiers of one table with a property of each; `None` if the table or its column `id` is missing, which is
/// already a fault.
pub(super) type IdMap<T> = Option<HashMap<String, T>>;

/// Everything that rows can refer to.
pub(super) struct References {
    /// With the regions that the subsidiary covers, if they are valid.
    pub subsidiaries: IdMap<Option<Vec<Region>>>,
    /// With the region of the town, if it is valid.
    pub towns: IdMap<Option<Region>>,
    pub projects: IdMap<()>,
    /// With the product type of the group, if it is valid.
    pub groups: IdMap<Option<ProductType>>,
    pub units: IdMap<()>,
    /// Projects that have a cover, or a picture whose position is not valid.
    pub covers: Option<HashSet<String>>,
}

impl References {
    pub(super) fn new(tables: &Tables) -> Self {
        Self {
            subsidiaries: ids(tables, "subsidiaries", |row| list(row.cell("regions")?, region)),
            towns: ids(tables, "towns", |row| region(row.cell("region")?)),
            projects: ids(tables, "projects", |_| ()),
            groups: ids(tables, "groups", |row| {
                ProductType::from_code(row.cell("product_type")?)
            }),
            units: ids(tables, "units", |_| ()),
            covers: covers(tables),
        }
    }

    /// Product type of a group, if it is valid.
    pub(super) fn product_type(&self, group: &str) -> Option<ProductType> {
        *self.groups.as_ref()?.get(group)?
    }
}

/// The identifiers of a table with a property of each.
pub(super) fn ids<T>(tables: &Tables, name: &str, property: impl Fn(Row<'_>) -> T) -> IdMap<T> {
    let table = tables.get(name).filter(|table| table.has("id"))?;
    let ignored = RefCell::new(Findings::default());
    let rows = table.rows(&ignored);
    Some(
        rows.filter_map(|row| Some((row.cell("id")?.to_owned(), property(row))))
            .collect(),
    )
}

fn covers(tables: &Tables) -> Option<HashSet<String>> {
    let table = tables
        .get("pictures")
        .filter(|table| table.has("project") && table.has("position"))?;
    let ignored = RefCell::new(Findings::default());
    let with_cover = table.rows(&ignored).filter(|row| {
        row.cell("position")
            .and_then(|cell| integer(cell, 1, 99))
            .is_none_or(|position| position == 1)
    });
    Some(
        with_cover
            .filter_map(|row| row.cell("project").map(str::to_owned))
            .collect(),
    )
}

/// The identifier, if `ids` contains it or `ids` is unknown.
pub(super) fn resolve<T>(ids: Option<&HashMap<String, T>>, text: &str) -> Option<String> {
    ids.is_none_or(|ids| ids.contains_key(text))
        .then(|| text.to_owned())
}

/// Adds a fault for every row whose key is already used in an earlier row.
pub(super) fn check_unique<'t, K: Eq + Hash>(
    table: &'t Table,
    faults: &'t RefCell<Findings>,
    column: &str,
    key: impl Fn(&Row<'t>) -> Option<K>,
) {
    let mut seen = HashMap::new();
    for row in table.rows(faults) {
        let Some(key) = key(&row) else { continue };
        match seen.get(&key) {
            Some(first) => {
                let found = row.cell(column).unwrap_or_default();
                let first: u32 = *first;
                row.fault(column, found, message(|t| (t.rows.duplicate)(first)));
            }
            None => {
                seen.insert(key, row.number);
            }
        }
    }
}
