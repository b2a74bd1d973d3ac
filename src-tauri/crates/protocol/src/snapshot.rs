//! Snapshots: one JSON object per line, each with the kind of its row. Snapshots, bundles and deltas use the same rows
//! and the same checksum.

use crate::RowCounts;
use expo_domain::hash::Sha256Hasher;
use expo_domain::{
    Catalogue, Document, Group, JsonRows, Offer, Picture, Project, Subsidiary, Texts, Town, Unit,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// One line of a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "row", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variant names are self-explanatory")]
pub enum Row {
    /// Describes the catalogue: exactly one line.
    About {
        /// Whether all data are made up; the kiosk then says so on every screen.
        demonstration: bool,
        /// A sentence shown with the catalogue.
        notice: Texts,
    },
    Subsidiary(Subsidiary),
    Town(Town),
    Project(Project),
    Group(Group),
    Unit(Unit),
    Offer(Offer),
    Picture(Picture),
    /// From format 2 on.
    Document(Document),
}

/// A [`Row`] that borrows from a catalogue.
#[derive(Serialize)]
#[serde(tag = "row", rename_all = "snake_case")]
enum RowRef<'a> {
    About { demonstration: bool, notice: &'a Texts },
    Subsidiary(&'a Subsidiary),
    Town(&'a Town),
    Project(&'a Project),
    Group(&'a Group),
    Unit(&'a Unit),
    Offer(&'a Offer),
    Picture(&'a Picture),
    Document(&'a Document),
}

/// Why a text is not a valid snapshot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// A line that is not a row.
    #[error("line {line} is not a catalogue row: {problem}")]
    Line {
        /// Number of the line, from 1.
        line: usize,
        /// Parse error.
        problem: String,
    },
    /// No or more than one `about` row.
    #[error("expected exactly one row that describes the catalogue, found {0}")]
    About(usize),
    /// Two rows with the same identifier.
    #[error("{kind} {id} exists twice")]
    DuplicateId {
        /// Kind of row.
        kind: &'static str,
        /// Its identifier.
        id: String,
    },
    /// A reference to a row that does not exist.
    #[error("{kind} {id} refers to {missing}, which is not in the catalogue")]
    MissingReference {
        /// Kind of row.
        kind: &'static str,
        /// Its identifier.
        id: String,
        /// Identifier it refers to.
        missing: String,
    },
}

/// Serialises a catalogue as lines of JSON, each ending in a line feed.
pub fn write(catalogue: &Catalogue) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    let about = RowRef::About {
        demonstration: catalogue.demonstration,
        notice: &catalogue.notice,
    };
    let rows = std::iter::once(about)
        .chain(catalogue.subsidiaries.iter().map(RowRef::Subsidiary))
        .chain(catalogue.towns.iter().map(RowRef::Town))
        .chain(catalogue.projects.iter().map(RowRef::Project))
        .chain(catalogue.groups.iter().map(RowRef::Group))
        .chain(catalogue.units.iter().map(RowRef::Unit))
        .chain(catalogue.offers.iter().map(RowRef::Offer))
        .chain(catalogue.pictures.iter().map(RowRef::Picture))
        .chain(catalogue.documents.iter().map(RowRef::Document));
    for row in rows {
        serde_json::to_writer(&mut out, &row)?;
        out.push(b'\n');
    }
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

/// Parses a snapshot. Checks that identifiers are unique and references exist.
pub fn read(text: &str) -> Result<Catalogue, SnapshotError> {
    let mut catalogue = Catalogue::default();
    let mut about = 0;
    for (index, line) in text.lines().enumerate() {
        let row = serde_json::from_str(line).map_err(|e| SnapshotError::Line {
            line: index + 1,
            problem: e.to_string(),
        })?;
        match row {
            Row::About {
                demonstration,
                notice,
            } => {
                about += 1;
                catalogue.demonstration = demonstration;
                catalogue.notice = notice;
            }
            Row::Subsidiary(row) => catalogue.subsidiaries.push(row),
            Row::Town(row) => catalogue.towns.push(row),
            Row::Project(row) => catalogue.projects.push(row),
            Row::Group(row) => catalogue.groups.push(row),
            Row::Unit(row) => catalogue.units.push(row),
            Row::Offer(row) => catalogue.offers.push(row),
            Row::Picture(row) => catalogue.pictures.push(row),
            Row::Document(row) => catalogue.documents.push(row),
        }
    }
    if about != 1 {
        return Err(SnapshotError::About(about));
    }
    check_references(&catalogue)?;
    Ok(catalogue)
}

/// Checks that identifiers are unique and references exist.
pub fn check_references(catalogue: &Catalogue) -> Result<(), SnapshotError> {
    let subsidiaries = ids("subsidiary", catalogue.subsidiaries.iter().map(|r| r.id.as_str()))?;
    let towns = ids("town", catalogue.towns.iter().map(|r| r.id.as_str()))?;
    let projects = ids("project", catalogue.projects.iter().map(|r| r.id.as_str()))?;
    let groups = ids("group", catalogue.groups.iter().map(|r| r.id.as_str()))?;
    ids("unit", catalogue.units.iter().map(|r| r.id.as_str()))?;
    ids("offer", catalogue.offers.iter().map(|r| r.id.as_str()))?;
    ids("document", catalogue.documents.iter().map(|r| r.id.as_str()))?;
    for project in &catalogue.projects {
        refers("project", &project.id, &subsidiaries, &project.subsidiary)?;
        refers("project", &project.id, &towns, &project.town)?;
    }
    for group in &catalogue.groups {
        refers("group", &group.id, &projects, &group.project)?;
    }
    for unit in &catalogue.units {
        refers("unit", &unit.id, &groups, &unit.group)?;
    }
    for offer in &catalogue.offers {
        offer
            .projects
            .iter()
            .try_for_each(|project| refers("offer", &offer.id, &projects, project))?;
    }
    let mut positions = HashSet::new();
    for picture in &catalogue.pictures {
        let id = format!("{}/{}", picture.project, picture.position);
        refers("picture", &id, &projects, &picture.project)?;
        if !positions.insert((picture.project.as_str(), picture.position)) {
            return Err(SnapshotError::DuplicateId { kind: "picture", id });
        }
    }
    Ok(())
}

fn ids<'a>(
    kind: &'static str,
    rows: impl Iterator<Item = &'a str>,
) -> Result<HashSet<&'a str>, SnapshotError> {
    let mut seen = HashSet::new();
    for id in rows {
        if !seen.insert(id) {
            return Err(SnapshotError::DuplicateId {
                kind,
                id: id.to_owned(),
            });
        }
    }
    Ok(seen)
}

fn refers(kind: &'static str, id: &str, known: &HashSet<&str>, wanted: &str) -> Result<(), SnapshotError> {
    if known.contains(wanted) {
        return Ok(());
    }
    Err(SnapshotError::MissingReference {
        kind,
        id: id.to_owned(),
        missing: wanted.to_owned(),
    })
}

/// Order-independent checksum of the rows: SHA-256 over the sorted lines, each with its line feed.
pub fn content_sha256(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    let mut hasher = Sha256Hasher::default();
    for line in lines {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finish()
}

/// [`content_sha256`] of rows that are JSON already.
pub fn json_rows_sha256(rows: &JsonRows) -> Result<String, serde_json::Error> {
    let about = serde_json::to_string(&RowRef::About {
        demonstration: rows.demonstration,
        notice: &rows.notice,
    })?;
    let mut hasher = Sha256Hasher::default();
    hasher.update(about.as_bytes());
    hasher.update(b"\n");
    // Sorted by kind, because each line begins with its kind.
    for (kind, rows) in [
        ("document", &rows.documents),
        ("group", &rows.groups),
        ("offer", &rows.offers),
        ("picture", &rows.pictures),
        ("project", &rows.projects),
        ("subsidiary", &rows.subsidiaries),
        ("town", &rows.towns),
        ("unit", &rows.units),
    ] {
        let mut rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        rows.sort_unstable();
        for row in rows {
            row_line(kind, row).for_each(|part| hasher.update(part.as_bytes()));
        }
    }
    Ok(hasher.finish())
}

/// Parts of the snapshot line of a row that is JSON already.
pub(crate) fn row_line<'a>(kind: &'a str, json: &'a str) -> impl Iterator<Item = &'a str> {
    let rest = json.strip_prefix('{').unwrap_or(json);
    ["{\"row\":\"", kind, "\",", rest, "\n"].into_iter()
}

/// Number of rows of each kind.
pub fn row_counts(catalogue: &Catalogue) -> RowCounts {
    RowCounts {
        subsidiaries: catalogue.subsidiaries.len() as u64,
        towns: catalogue.towns.len() as u64,
        projects: catalogue.projects.len() as u64,
        groups: catalogue.groups.len() as u64,
        units: catalogue.units.len() as u64,
        offers: catalogue.offers.len() as u64,
        pictures: catalogue.pictures.len() as u64,
        documents: catalogue.documents.len() as u64,
    }
}

/// The distinct picture files of a catalogue, each as its SHA-256 and its size in bytes.
pub fn picture_files(catalogue: &Catalogue) -> BTreeSet<(String, u64)> {
    let renditions = catalogue
        .pictures
        .iter()
        .flat_map(|p| [&p.small, &p.medium, &p.large]);
    renditions.map(|r| (r.hash.clone(), r.bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expo_domain::{Lang, Region};

    fn town(id: &str) -> Town {
        Town {
            id: id.to_owned(),
            region: Region::Fes,
            name: Texts::fr("Fès"),
            aliases: vec![],
            latitude: 34.0,
            longitude: -5.0,
        }
    }

    #[test]
    fn snapshot_round_trips_and_checksum_ignores_row_order() {
        let catalogue = Catalogue {
            towns: vec![town("FES"), town("SEF")],
            ..Catalogue::default()
        };
        let text = write(&catalogue).unwrap();
        assert_eq!(read(&text), Ok(catalogue));
        let reversed: String = text.lines().rev().flat_map(|line| [line, "\n"]).collect();
        assert_eq!(content_sha256(&text), content_sha256(&reversed));
        assert_ne!(content_sha256(&text), content_sha256(&text.replace("Fès", "Fes")));
    }

    #[test]
    fn duplicate_ids_and_missing_references_are_named() {
        let doubled = Catalogue {
            towns: vec![town("FES"), town("FES")],
            ..Catalogue::default()
        };
        let error = read(&write(&doubled).unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "town FES exists twice");
        let group = Group {
            id: "G-1".to_owned(),
            project: "P-9".to_owned(),
            product_type: expo_domain::ProductType::Shop,
            title: Texts([(Lang::Fr, "Locaux".to_owned())].into()),
        };
        let dangling = Catalogue {
            groups: vec![group],
            ..Catalogue::default()
        };
        let error = read(&write(&dangling).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "group G-1 refers to P-9, which is not in the catalogue"
        );
    }

    #[test]
    fn snapshot_without_about_row_is_rejected() {
        assert_eq!(read(""), Err(SnapshotError::About(0)));
        assert!(matches!(read("{}"), Err(SnapshotError::Line { line: 1, .. })));
    }

    #[test]
    fn counts_name_documents_only_if_there_are_any() {
        let counts = serde_json::to_string(&row_counts(&Catalogue::default())).unwrap();
        assert!(!counts.contains("documents"), "{counts}");
        let partner = r#"{"row":"document","id":"partner/A","content":{"partner":{"kind":"bank","countries":[],"name":{},"desk":{},"text":{},"hours":{},"languages":["fr"],"topics":["credit"]}}}"#;
        let about = write(&Catalogue::default()).unwrap();
        let catalogue = read(&format!("{about}{partner}\n")).unwrap();
        assert_eq!(row_counts(&catalogue).documents, 1);
        assert_eq!(write(&catalogue).unwrap(), format!("{about}{partner}\n"));
    }
}
