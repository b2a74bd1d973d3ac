//! Queries on an installed catalogue version. Must not know: how versions are replaced.

use super::{FILE, RowError, Version};
use crate::StoreError;
use expo_domain::{Catalogue, Group, JsonRows, Picture, Project, Subsidiary, Texts, Town, Unit};
use rusqlite::{Connection, OptionalExtension, Params};
use serde::de::DeserializeOwned;

/// A project with its related rows.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectRows {
    /// The project.
    pub project: Project,
    /// Its town.
    pub town: Town,
    /// The subsidiary that sells it.
    pub subsidiary: Subsidiary,
    /// Its groups, in catalogue order.
    pub groups: Vec<Group>,
    /// Units of all groups, in catalogue order.
    pub units: Vec<Unit>,
    /// Its pictures by position.
    pub pictures: Vec<Picture>,
}

impl Version {
    /// The complete catalogue, in the order of its snapshot.
    pub fn read_all(&self) -> Result<Catalogue, StoreError> {
        self.texts()?.read().map_err(|e| StoreError::Damaged {
            file: FILE.to_owned(),
            problem: e.to_string(),
        })
    }

    /// Each row as JSON text, in the order of the snapshot.
    pub fn texts(&self) -> Result<JsonRows, StoreError> {
        self.read("reading the catalogue", |db| {
            let about = |name: &str| -> rusqlite::Result<String> {
                db.query_row("SELECT value FROM about WHERE name = ?1", [name], |row| {
                    row.get(0)
                })
            };
            // Files of the first format do not store the order of these rows; the rows are complete.
            let (by_id, by_position) = if self.has_row_order {
                ("ord", "ord")
            } else {
                ("id", "project, position")
            };
            Ok(JsonRows {
                demonstration: about("demonstration")? == "yes",
                notice: serde_json::from_str::<Texts>(&about("notice")?)?,
                subsidiaries: texts(db, &format!("SELECT line FROM subsidiary ORDER BY {by_id}"))?,
                towns: texts(db, &format!("SELECT line FROM town ORDER BY {by_id}"))?,
                projects: texts(db, "SELECT line FROM project ORDER BY ord")?,
                groups: texts(db, "SELECT line FROM product_group ORDER BY ord")?,
                units: texts(db, "SELECT line FROM unit ORDER BY ord")?,
                offers: texts(db, "SELECT line FROM offer ORDER BY ord")?,
                pictures: texts(db, &format!("SELECT line FROM picture ORDER BY {by_position}"))?,
                documents: if self.has_documents {
                    texts(db, "SELECT line FROM document ORDER BY ord")?
                } else {
                    Vec::new()
                },
            })
        })
    }

    /// A project with its groups, units and pictures; `None` if it is not in this version.
    pub fn project(&self, id: &str) -> Result<Option<ProjectRows>, StoreError> {
        self.read("reading a project", |db| {
            let Some(project) = one::<Project>(db, "SELECT line FROM project WHERE id = ?1", id)? else {
                return Ok(None);
            };
            let town = one(db, "SELECT line FROM town WHERE id = ?1", &project.town)?;
            let subsidiary = one(
                db,
                "SELECT line FROM subsidiary WHERE id = ?1",
                &project.subsidiary,
            )?;
            let (Some(town), Some(subsidiary)) = (town, subsidiary) else {
                return Ok(None);
            };
            let groups = "SELECT line FROM product_group WHERE project = ?1 ORDER BY ord";
            let units = "SELECT unit.line FROM unit JOIN product_group AS g ON g.id = unit.grp
                         WHERE g.project = ?1 ORDER BY unit.ord";
            let pictures = "SELECT line FROM picture WHERE project = ?1 ORDER BY position";
            Ok(Some(ProjectRows {
                town,
                subsidiary,
                groups: lines(db, groups, [id])?,
                units: lines(db, units, [id])?,
                pictures: lines(db, pictures, [id])?,
                project,
            }))
        })
    }

    /// Whether a project is in this version.
    pub fn has_project(&self, id: &str) -> Result<bool, StoreError> {
        self.read("looking for a project", |db| {
            Ok(db
                .prepare_cached("SELECT 1 FROM project WHERE id = ?1")?
                .exists([id])?)
        })
    }
}

fn texts(db: &Connection, sql: &str) -> Result<Vec<String>, RowError> {
    let mut statement = db.prepare_cached(sql)?;
    let texts = statement.query_map([], |row| row.get(0))?;
    Ok(texts.collect::<Result<_, _>>()?)
}

fn lines<T: DeserializeOwned>(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<T>, RowError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(serde_json::from_str(
            row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
        )?);
    }
    Ok(out)
}

fn one<T: DeserializeOwned>(db: &Connection, sql: &str, id: &str) -> Result<Option<T>, RowError> {
    let line: Option<String> = db
        .prepare_cached(sql)?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(line.map(|line| serde_json::from_str(&line)).transpose()?)
}
