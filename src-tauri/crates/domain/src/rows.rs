//! All rows of one catalogue version, typed and as JSON. Must not know: spreadsheets, signatures, databases.

use crate::catalogue::{Group, Offer, Picture, Project, Subsidiary, Town, Unit};
use crate::document::Document;
use crate::lang::Texts;
use serde::{Deserialize, Serialize};

/// All rows of one catalogue version.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Whether the data is made up for demonstration.
    pub demonstration: bool,
    /// Sentence shown with the catalogue.
    pub notice: Texts,
    /// Subsidiaries.
    pub subsidiaries: Vec<Subsidiary>,
    /// Towns.
    pub towns: Vec<Town>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Units.
    pub units: Vec<Unit>,
    /// Offers.
    pub offers: Vec<Offer>,
    /// Pictures.
    pub pictures: Vec<Picture>,
    /// Guides and partners.
    pub documents: Vec<Document>,
}

/// A [`Catalogue`] whose rows are JSON objects, as in a snapshot but without the field that names the kind of row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JsonRows {
    /// Whether the data is made up for demonstration.
    pub demonstration: bool,
    /// Sentence shown with the catalogue.
    pub notice: Texts,
    /// Subsidiaries.
    pub subsidiaries: Vec<String>,
    /// Towns.
    pub towns: Vec<String>,
    /// Projects.
    pub projects: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Units.
    pub units: Vec<String>,
    /// Offers.
    pub offers: Vec<String>,
    /// Pictures.
    pub pictures: Vec<String>,
    /// Guides and partners.
    pub documents: Vec<String>,
}

impl JsonRows {
    /// Serialises the rows of a catalogue.
    pub fn of(catalogue: &Catalogue) -> Result<Self, serde_json::Error> {
        fn to_json<T: Serialize>(rows: &[T]) -> Result<Vec<String>, serde_json::Error> {
            rows.iter().map(serde_json::to_string).collect()
        }
        Ok(Self {
            demonstration: catalogue.demonstration,
            notice: catalogue.notice.clone(),
            subsidiaries: to_json(&catalogue.subsidiaries)?,
            towns: to_json(&catalogue.towns)?,
            projects: to_json(&catalogue.projects)?,
            groups: to_json(&catalogue.groups)?,
            units: to_json(&catalogue.units)?,
            offers: to_json(&catalogue.offers)?,
            pictures: to_json(&catalogue.pictures)?,
            documents: to_json(&catalogue.documents)?,
        })
    }

    /// Parses all rows. Does not check identifiers and references.
    pub fn read(&self) -> Result<Catalogue, serde_json::Error> {
        Ok(Catalogue {
            units: self.read_units()?,
            ..self.read_without_units()?
        })
    }

    /// Parses the units only; they are about half of the work.
    pub fn read_units(&self) -> Result<Vec<Unit>, serde_json::Error> {
        parse_rows(&self.units)
    }

    /// Parses all rows except the units.
    pub fn read_without_units(&self) -> Result<Catalogue, serde_json::Error> {
        Ok(Catalogue {
            demonstration: self.demonstration,
            notice: self.notice.clone(),
            subsidiaries: parse_rows(&self.subsidiaries)?,
            towns: parse_rows(&self.towns)?,
            projects: parse_rows(&self.projects)?,
            groups: parse_rows(&self.groups)?,
            units: Vec::new(),
            offers: parse_rows(&self.offers)?,
            pictures: parse_rows(&self.pictures)?,
            documents: parse_rows(&self.documents)?,
        })
    }
}

fn parse_rows<T: serde::de::DeserializeOwned>(rows: &[String]) -> Result<Vec<T>, serde_json::Error> {
    rows.iter().map(|row| serde_json::from_str(row)).collect()
}
