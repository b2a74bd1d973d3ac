//! Settings: one JSON document a name. Which ones exist is the business of the use-cases.

use super::Leads;
use crate::StoreError;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Leads {
    /// The setting, `None` when it was never written.
    pub fn setting<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.read("reading a setting", |db| {
            db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()
        })?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|e| StoreError::Other {
                context: "reading a setting",
                problem: e.to_string(),
            })
    }

    /// Writes the settings given, all or none.
    pub fn set(&self, settings: &[(&'static str, &dyn ErasedSetting)]) -> Result<(), StoreError> {
        let texts: Vec<(&str, String)> = settings
            .iter()
            .map(|(name, value)| Ok((*name, value.to_json()?)))
            .collect::<Result<_, serde_json::Error>>()
            .map_err(|e| StoreError::Other {
                context: "writing a setting",
                problem: e.to_string(),
            })?;
        self.write("writing a setting", |db| {
            for (name, text) in &texts {
                db.prepare_cached(
                    "INSERT INTO setting (name, value) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET value = excluded.value",
                )?
                .execute(params![name, text])?;
            }
            Ok(())
        })
    }
}

/// Anything that can be a setting.
pub trait ErasedSetting {
    /// Its JSON document.
    fn to_json(&self) -> Result<String, serde_json::Error>;
}

impl<T: Serialize> ErasedSetting for T {
    fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
