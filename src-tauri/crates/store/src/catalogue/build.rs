//! Writing a version: rows, search index, description, all synced before anybody sees it.

use super::{FILE, Installed};
use crate::StoreError;
use domain::{Catalogue, Project, Texts, Town, fold};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;

pub(super) fn write(path: &Path, catalogue: &Catalogue, installed: &Installed) -> Result<(), StoreError> {
    let work = || -> Result<(), super::Trouble> {
        let mut db = Connection::open(path)?;
        // Nobody reads this file until it is renamed, so one sync at the end of the transaction is enough.
        db.pragma_update(None, "journal_mode", "MEMORY")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        let transaction = db.transaction()?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        write_about(&transaction, catalogue, installed)?;
        write_rows(&transaction, catalogue)?;
        write_search(&transaction, catalogue)?;
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

fn write_search(db: &Connection, catalogue: &Catalogue) -> Result<(), super::Trouble> {
    let towns: HashMap<&str, &Town> = catalogue.towns.iter().map(|t| (t.id.as_str(), t)).collect();
    let mut insert =
        db.prepare("INSERT INTO search (rowid, title, town, region, body) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (index, project) in catalogue.projects.iter().enumerate() {
        let town = towns.get(project.town.as_str());
        insert.execute(params![
            index as i64 + 1,
            folded([&project.title]),
            town.map(|town| town_words(town)),
            town.map(|town| folded([&town.region.names()])),
            body_words(project),
        ])?;
    }
    db.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}

fn town_words(town: &Town) -> String {
    let mut words = folded([&town.name]);
    for alias in &town.aliases {
        words.push(' ');
        words.push_str(&fold::for_index(alias));
    }
    words
}

fn body_words(project: &Project) -> String {
    format!(
        "{} {}",
        fold::for_index(&project.id),
        folded([&project.district, &project.description])
    )
}

fn folded<const N: usize>(texts: [&Texts; N]) -> String {
    let words: Vec<String> = texts
        .iter()
        .flat_map(|t| t.0.values())
        .map(|t| fold::for_index(t))
        .collect();
    words.join(" ")
}

fn line<T: Serialize>(row: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(row)
}
