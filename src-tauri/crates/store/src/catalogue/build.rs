//! Writing a version: rows and description, all synced before anybody sees it.

use super::{FILE, Installed};
use crate::StoreError;
use domain::Catalogue;
use rusqlite::{Connection, params};
use serde::Serialize;
use std::path::Path;

/// Cache while a version is written.
const CACHE_KIB: i64 = 16 << 10;

pub(super) fn write(path: &Path, catalogue: &Catalogue, installed: &Installed) -> Result<(), StoreError> {
    let work = || -> Result<(), super::Trouble> {
        let mut db = Connection::open(path)?;
        // Nobody reads this file until it is renamed, so one sync at the end of the transaction is enough.
        db.pragma_update(None, "journal_mode", "MEMORY")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        // Sorting for the indexes stays in memory.
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        let transaction = db.transaction()?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        write_about(&transaction, catalogue, installed)?;
        write_rows(&transaction, catalogue)?;
        transaction.execute_batch(include_str!("indexes.sql"))?;
        transaction.commit()?;
        db.close().map_err(|(_, error)| error)?;
        Ok(())
    };
    work().map_err(|trouble| match trouble {
        super::Trouble::Sqlite(e) => StoreError::sqlite(FILE, "building the catalogue", &e),
        super::Trouble::Line(e) => StoreError::Other {
            context: "building the catalogue",
            problem: e.to_string(),
        },
    })
}

fn write_about(db: &Connection, catalogue: &Catalogue, installed: &Installed) -> Result<(), super::Trouble> {
    let mut insert = db.prepare("INSERT INTO about (name, value) VALUES (?1, ?2)")?;
    insert.execute(["version", &installed.version.to_string()])?;
    insert.execute(["published_at", &installed.published_at])?;
    insert.execute(["checkpoint", &installed.checkpoint])?;
    insert.execute(["signature", &installed.signature])?;
    insert.execute([
        "demonstration",
        if catalogue.demonstration { "yes" } else { "no" },
    ])?;
    insert.execute(["notice", &line(&catalogue.notice)?])?;
    Ok(())
}

fn write_rows(db: &Connection, catalogue: &Catalogue) -> Result<(), super::Trouble> {
    let mut insert = db.prepare("INSERT INTO subsidiary (id, line) VALUES (?1, ?2)")?;
    for row in &catalogue.subsidiaries {
        insert.execute(params![row.id, line(row)?])?;
    }
    let mut insert = db.prepare("INSERT INTO town (id, region, line) VALUES (?1, ?2, ?3)")?;
    for row in &catalogue.towns {
        insert.execute(params![row.id, row.region.code(), line(row)?])?;
    }
    let mut insert = db.prepare("INSERT INTO project (id, town, line) VALUES (?1, ?2, ?3)")?;
    for row in &catalogue.projects {
        insert.execute(params![row.id, row.town, line(row)?])?;
    }
    let mut insert =
        db.prepare("INSERT INTO product_group (id, project, product_type, line) VALUES (?1, ?2, ?3, ?4)")?;
    for row in &catalogue.groups {
        insert.execute(params![row.id, row.project, row.product_type.code(), line(row)?])?;
    }
    let mut insert = db.prepare("INSERT INTO unit (id, grp, line) VALUES (?1, ?2, ?3)")?;
    for row in &catalogue.units {
        insert.execute(params![row.id, row.group, line(row)?])?;
    }
    let mut insert = db.prepare("INSERT INTO offer (id, line) VALUES (?1, ?2)")?;
    for row in &catalogue.offers {
        insert.execute(params![row.id, line(row)?])?;
    }
    let mut insert = db.prepare("INSERT INTO picture (project, position, line) VALUES (?1, ?2, ?3)")?;
    for row in &catalogue.pictures {
        insert.execute(params![row.project, row.position, line(row)?])?;
    }
    Ok(())
}

fn line<T: Serialize>(row: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(row)
}
