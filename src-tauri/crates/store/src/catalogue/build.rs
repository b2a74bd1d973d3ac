//! Writes the file of a catalogue version, completely synced to disk. Must not know: when it is installed.

use super::{FILE, Installed};
use crate::StoreError;
use expo_domain::{Catalogue, JsonRows};
use rusqlite::{Connection, params};
use std::path::Path;

/// Size of a database page.
const PAGE_BYTES: i64 = 16 << 10;
/// SQLite's page cache while a version is written.
const CACHE_KIB: i64 = 16 << 10;

/// Writes a catalogue, given as rows and as the JSON text of each row.
pub(super) fn write(
    path: &Path,
    catalogue: &Catalogue,
    texts: &JsonRows,
    installed: &Installed,
) -> Result<(), StoreError> {
    let write = || -> Result<(), super::RowError> {
        let mut db = Connection::open(path)?;
        // No reader opens this file before it is renamed, so one sync at the end of the transaction is enough.
        db.pragma_update(None, "journal_mode", "MEMORY")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        // A row has some hundred bytes, so larger pages mean fewer pages.
        db.pragma_update(None, "page_size", PAGE_BYTES)?;
        // Sorting for the indexes stays in memory.
        db.pragma_update(None, "cache_size", -CACHE_KIB)?;
        let transaction = db.transaction()?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        write_about(&transaction, catalogue, installed)?;
        write_rows(&transaction, catalogue, texts)?;
        transaction.execute_batch(include_str!("indexes.sql"))?;
        transaction.commit()?;
        db.close().map_err(|(_, error)| error)?;
        Ok(())
    };
    write().map_err(|error| match error {
        super::RowError::Sqlite(e) => StoreError::sqlite(FILE, "building the catalogue", &e),
        super::RowError::Json(e) => StoreError::Other {
            context: "building the catalogue",
            problem: e.to_string(),
        },
    })
}

fn write_about(db: &Connection, catalogue: &Catalogue, installed: &Installed) -> Result<(), super::RowError> {
    let mut insert = db.prepare("INSERT INTO about (name, value) VALUES (?1, ?2)")?;
    insert.execute(["version", &installed.version.to_string()])?;
    insert.execute(["published_at", &installed.published_at])?;
    insert.execute(["checkpoint", &installed.checkpoint])?;
    insert.execute(["signature", &installed.signature])?;
    insert.execute([
        "demonstration",
        if catalogue.demonstration { "yes" } else { "no" },
    ])?;
    insert.execute(["notice", &serde_json::to_string(&catalogue.notice)?])?;
    Ok(())
}

fn write_rows(db: &Connection, catalogue: &Catalogue, texts: &JsonRows) -> Result<(), super::RowError> {
    let mut insert = db.prepare("INSERT INTO subsidiary (id, line) VALUES (?1, ?2)")?;
    for (row, line) in catalogue.subsidiaries.iter().zip(&texts.subsidiaries) {
        insert.execute(params![row.id, line])?;
    }
    let mut insert = db.prepare("INSERT INTO town (id, region, line) VALUES (?1, ?2, ?3)")?;
    for (row, line) in catalogue.towns.iter().zip(&texts.towns) {
        insert.execute(params![row.id, row.region.code(), line])?;
    }
    let mut insert = db.prepare("INSERT INTO project (id, town, line) VALUES (?1, ?2, ?3)")?;
    for (row, line) in catalogue.projects.iter().zip(&texts.projects) {
        insert.execute(params![row.id, row.town, line])?;
    }
    let mut insert =
        db.prepare("INSERT INTO product_group (id, project, product_type, line) VALUES (?1, ?2, ?3, ?4)")?;
    for (row, line) in catalogue.groups.iter().zip(&texts.groups) {
        insert.execute(params![row.id, row.project, row.product_type.code(), line])?;
    }
    let mut insert = db.prepare("INSERT INTO unit (id, grp, line) VALUES (?1, ?2, ?3)")?;
    for (row, line) in catalogue.units.iter().zip(&texts.units) {
        insert.execute(params![row.id, row.group, line])?;
    }
    let mut insert = db.prepare("INSERT INTO offer (id, line) VALUES (?1, ?2)")?;
    for (row, line) in catalogue.offers.iter().zip(&texts.offers) {
        insert.execute(params![row.id, line])?;
    }
    let mut insert = db.prepare("INSERT INTO picture (project, position, line) VALUES (?1, ?2, ?3)")?;
    for (row, line) in catalogue.pictures.iter().zip(&texts.pictures) {
        insert.execute(params![row.project, row.position, line])?;
    }
    let mut insert = db.prepare("INSERT INTO document (id, line) VALUES (?1, ?2)")?;
    for (row, line) in catalogue.documents.iter().zip(&texts.documents) {
        insert.execute(params![row.id, line])?;
    }
    Ok(())
}
