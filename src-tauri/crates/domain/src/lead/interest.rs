//! What a visitor asks about: projects, units of them, towns. Owns the former form of an interest, the identifier of a
//! project alone, which stays readable. Must not know: the catalogue.

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;
use ts_rs::TS;

/// A project that the visitor asks about, or one of its units, as the form sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InterestDraft {
    /// Identifier of the project.
    pub project: String,
    /// Identifier of the unit; null for the whole project.
    #[serde(default)]
    pub unit: Option<String>,
}

/// A project that the visitor asks about, or one of its units. The names are those of the catalogue at that time; they
/// are absent if the catalogue could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Interest {
    /// Identifier of the project.
    pub project: String,
    /// French title of the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_title: Option<String>,
    /// Identifier of the unit; absent for the whole project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Product number of the unit as displayed, such as `A-104`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_number: Option<String>,
    /// Surface of the unit in square decimetres (1/100 m²).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_surface_dm2: Option<i64>,
}

/// A town where the visitor looks for a home or a plot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WantedTown {
    /// Identifier of the town.
    pub town: String,
    /// French name; absent if the catalogue could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl InterestDraft {
    /// Interest in a whole project.
    pub fn project(id: impl Into<String>) -> Self {
        Self {
            project: id.into(),
            unit: None,
        }
    }

    /// The interest without names, for a catalogue that cannot be read.
    pub fn unnamed(&self) -> Interest {
        Interest {
            project: self.project.clone(),
            unit: self.unit.clone(),
            ..Interest::default()
        }
    }
}

impl From<String> for InterestDraft {
    fn from(project: String) -> Self {
        Self::project(project)
    }
}

impl From<String> for Interest {
    fn from(project: String) -> Self {
        Self {
            project,
            ..Self::default()
        }
    }
}

/// Reads a list whose items are objects or, in the former form, identifiers of projects.
pub(super) fn objects_or_ids<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + From<String>,
{
    let items = Vec::<ObjectOrId<T>>::deserialize(deserializer)?;
    Ok(items.into_iter().map(|item| item.0).collect())
}

struct ObjectOrId<T>(T);

impl<'de, T: Deserialize<'de> + From<String>> Deserialize<'de> for ObjectOrId<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = deserializer.deserialize_any(ObjectOrIdVisitor(PhantomData))?;
        Ok(Self(value))
    }
}

struct ObjectOrIdVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + From<String>> Visitor<'de> for ObjectOrIdVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a project with an optional unit, or the identifier of a project")
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<T, E> {
        Ok(T::from(id.to_owned()))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Deserialize)]
    struct Record {
        #[serde(deserialize_with = "objects_or_ids")]
        interests: Vec<Interest>,
    }

    #[derive(Debug, Deserialize)]
    struct Draft {
        #[serde(deserialize_with = "objects_or_ids")]
        interests: Vec<InterestDraft>,
    }

    #[test]
    fn project_ids_of_former_records_are_read() {
        let text = json!({"interests": ["P-1", {"project": "P-2", "unit": "P-2-07", "unit_number": "A-7"}]});
        let read: Record = serde_json::from_value(text).unwrap();
        assert_eq!(
            read.interests,
            [
                Interest::from("P-1".to_owned()),
                Interest {
                    unit: Some("P-2-07".to_owned()),
                    unit_number: Some("A-7".to_owned()),
                    ..Interest::from("P-2".to_owned())
                }
            ]
        );
    }

    #[test]
    fn records_ignore_unknown_fields_and_drafts_refuse_them() {
        let text = r#"{"interests": [{"project": "P-1", "colour": "blue"}]}"#;
        let record: Record = serde_json::from_str(text).unwrap();
        assert_eq!(record.interests[0].project, "P-1");
        let error = serde_json::from_str::<Draft>(text).unwrap_err();
        assert!(error.to_string().contains("unknown field `colour`"), "{error}");
        let text = text.replace(r#", "colour": "blue""#, "");
        let draft: Draft = serde_json::from_str(&text).unwrap();
        assert_eq!(draft.interests, [InterestDraft::project("P-1")]);
    }

    #[test]
    fn absent_names_are_not_written() {
        let written = serde_json::to_value(InterestDraft::project("P-1").unnamed()).unwrap();
        assert_eq!(written, json!({"project": "P-1"}));
    }
}
