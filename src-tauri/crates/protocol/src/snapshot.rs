//! The rows of a snapshot: one JSON document a line, each naming its kind. The same rows and the same checksum serve
//! snapshots, bundles and, from version to version, changes.

use crate::RowCounts;
use domain::{Catalogue, Group, Offer, Picture, Project, RowTexts, Subsidiary, Texts, Town, Unit};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};

/// One line of a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Row {
    About { demonstration: bool, notice: Texts },
    Subsidiary(Subsidiary),
    Town(Town),
    Project(Project),
    Group(Group),
    Unit(Unit),
    Offer(Offer),
    Picture(Picture),
}

/// The same, of rows that belong to a catalogue.
#[derive(Serialize)]
#[serde(tag = "row", rename_all = "snake_case")]
enum Line<'a> {
    About { demonstration: bool, notice: &'a Texts },
    Subsidiary(&'a Subsidiary),
    Town(&'a Town),
    Project(&'a Project),
    Group(&'a Group),
    Unit(&'a Unit),
    Offer(&'a Offer),
    Picture(&'a Picture),
}

/// Why a text is not a whole snapshot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// A line that is not a row.
    #[error("line {line} is not a catalogue row: {problem}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What was found.
        problem: String,
    },
    /// No or more than one `about` row.
    #[error("expected exactly one row that describes the catalogue, found {0}")]
    About(usize),
    /// The same identifier twice.
    #[error("{kind} {id} stands twice")]
    Twice {
        /// Kind of row.
        kind: &'static str,
        /// Its identifier.
        id: String,
    },
    /// A reference to nothing.
    #[error("{kind} {id} refers to {missing}, which is not in the catalogue")]
    Missing {
        /// Kind of row.
        kind: &'static str,
        /// Its identifier.
        id: String,
        /// What it refers to.
        missing: String,
    },
}

/// The catalogue as lines of JSON, each ending in a line feed.
pub fn write(catalogue: &Catalogue) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    let about = Line::About {
        demonstration: catalogue.demonstration,
        notice: &catalogue.notice,
    };
    let rows = std::iter::once(about)
        .chain(catalogue.subsidiaries.iter().map(Line::Subsidiary))
        .chain(catalogue.towns.iter().map(Line::Town))
        .chain(catalogue.projects.iter().map(Line::Project))
        .chain(catalogue.groups.iter().map(Line::Group))
        .chain(catalogue.units.iter().map(Line::Unit))
        .chain(catalogue.offers.iter().map(Line::Offer))
        .chain(catalogue.pictures.iter().map(Line::Picture));
    for row in rows {
        serde_json::to_writer(&mut out, &row)?;
        out.push(b'\n');
    }
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

/// Reads a snapshot and checks that identifiers are unique and every reference leads somewhere.
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
        }
    }
    if about != 1 {
        return Err(SnapshotError::About(about));
    }
    check_references(&catalogue)?;
    Ok(catalogue)
}

/// Checks that identifiers are unique and every reference leads somewhere.
pub fn check_references(catalogue: &Catalogue) -> Result<(), SnapshotError> {
    let subsidiaries = ids("subsidiary", catalogue.subsidiaries.iter().map(|r| r.id.as_str()))?;
    let towns = ids("town", catalogue.towns.iter().map(|r| r.id.as_str()))?;
    let projects = ids("project", catalogue.projects.iter().map(|r| r.id.as_str()))?;
    let groups = ids("group", catalogue.groups.iter().map(|r| r.id.as_str()))?;
    ids("unit", catalogue.units.iter().map(|r| r.id.as_str()))?;
    ids("offer", catalogue.offers.iter().map(|r| r.id.as_str()))?;
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
    let mut places = HashSet::new();
    for picture in &catalogue.pictures {
        let id = format!("{}/{}", picture.project, picture.position);
        refers("picture", &id, &projects, &picture.project)?;
        if !places.insert((picture.project.as_str(), picture.position)) {
            return Err(SnapshotError::Twice { kind: "picture", id });
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
            return Err(SnapshotError::Twice {
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
    Err(SnapshotError::Missing {
        kind,
        id: id.to_owned(),
        missing: wanted.to_owned(),
    })
}

/// Checksum of the rows whatever their order: SHA-256 over the sorted lines, each with its line feed.
pub fn content_sha256(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    let mut hasher = Sha256::new();
    for line in lines {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hex::encode(hasher.finalize())
}

/// The same checksum of rows that are texts already.
pub fn texts_sha256(texts: &RowTexts) -> Result<String, serde_json::Error> {
    let about = serde_json::to_string(&Line::About {
        demonstration: texts.demonstration,
        notice: &texts.notice,
    })?;
    let mut hasher = Sha256::new();
    hasher.update(about.as_bytes());
    hasher.update(b"\n");
    // In the order of the lines, which begin with the names of the kinds.
    for (kind, rows) in [
        ("group", &texts.groups),
        ("offer", &texts.offers),
        ("picture", &texts.pictures),
        ("project", &texts.projects),
        ("subsidiary", &texts.subsidiaries),
        ("town", &texts.towns),
        ("unit", &texts.units),
    ] {
        let mut rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        rows.sort_unstable();
        for row in rows {
            line_of(kind, row).for_each(|part| hasher.update(part.as_bytes()));
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

/// The line of a row that is a text, in parts.
pub(crate) fn line_of<'a>(kind: &'a str, text: &'a str) -> impl Iterator<Item = &'a str> {
    let rest = text.strip_prefix('{').unwrap_or(text);
    ["{\"row\":\"", kind, "\",", rest, "\n"].into_iter()
}

/// Rows of each kind.
pub fn counts(catalogue: &Catalogue) -> RowCounts {
    RowCounts {
        subsidiaries: catalogue.subsidiaries.len() as u64,
        towns: catalogue.towns.len() as u64,
        projects: catalogue.projects.len() as u64,
        groups: catalogue.groups.len() as u64,
        units: catalogue.units.len() as u64,
        offers: catalogue.offers.len() as u64,
        pictures: catalogue.pictures.len() as u64,
    }
}

/// Every picture file a catalogue needs, as SHA-256 with its length, each once.
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
    use domain::{Lang, Region};

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
    fn what_is_written_is_read_back_and_order_does_not_matter_to_the_checksum() {
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
    fn doubles_and_dangling_references_are_named() {
        let doubled = Catalogue {
            towns: vec![town("FES"), town("FES")],
            ..Catalogue::default()
        };
        let error = read(&write(&doubled).unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "town FES stands twice");
        let group = Group {
            id: "G-1".to_owned(),
            project: "P-9".to_owned(),
            product_type: domain::ProductType::Shop,
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
    fn a_snapshot_without_its_description_is_not_whole() {
        assert_eq!(read(""), Err(SnapshotError::About(0)));
        assert!(matches!(read("{}"), Err(SnapshotError::Line { line: 1, .. })));
    }
}
