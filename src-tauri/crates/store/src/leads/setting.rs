//! Settings: one JSON document a name. Which ones exist is the business of the use-cases.

use super::{FILE, Leads};
use crate::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A setting as it was read, for work that is only right while it stays so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    name: &'static str,
    text: Option<String>,
}

impl Basis {
    /// Whether the setting is still the same, as a part of the transaction that rests on it.
    pub(super) fn demand(&self, db: &Connection, context: &'static str) -> Result<(), StoreError> {
        let now = text(db, self.name).map_err(|e| StoreError::sqlite(FILE, context, &e))?;
        if now == self.text {
            Ok(())
        } else {
            Err(StoreError::Superseded { name: self.name })
        }
    }
}

impl Leads {
    /// The setting, `None` when it was never written.
    pub fn setting<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, StoreError> {
        Ok(self.basis(name)?.0)
    }

    /// The setting, and the basis for work that rests on it.
    pub fn basis<T: DeserializeOwned>(&self, name: &'static str) -> Result<(Option<T>, Basis), StoreError> {
        let text = self.read("reading a setting", |db| text(db, name))?;
        let value = text.as_deref().map(serde_json::from_str).transpose();
        let value = value.map_err(|e| StoreError::Other {
            context: "reading a setting",
            problem: e.to_string(),
        })?;
        Ok((value, Basis { name, text }))
    }

    /// Whether a basis still holds.
    pub fn demand(&self, basis: &Basis) -> Result<(), StoreError> {
        self.read_on(Some(basis), "reading a setting", |_| Ok(()))
    }

    /// Writes the settings given, all or none.
    pub fn set(&self, settings: &[(&'static str, &dyn ErasedSetting)]) -> Result<(), StoreError> {
        self.set_on(None, settings)
    }

    /// The same, only while a basis holds.
    pub fn set_on(
        &self,
        basis: Option<&Basis>,
        settings: &[(&'static str, &dyn ErasedSetting)],
    ) -> Result<(), StoreError> {
        let texts = texts(settings)?;
        self.write_on(basis, "writing a setting", |db| write(db, &texts))
    }

    /// Writes the settings given and in the same transaction takes every lead out of the queue, or from aside, until it is
    /// sealed again: its recipients change with these settings.
    pub fn set_and_hold_back(
        &self,
        basis: Option<&Basis>,
        settings: &[(&'static str, &dyn ErasedSetting)],
    ) -> Result<(), StoreError> {
        let texts = texts(settings)?;
        self.write_on(basis, "holding leads back", |db| {
            db.execute(
                "UPDATE outbox SET state = 'sealed_for_staff', reason = NULL WHERE state IN ('waiting', 'set_aside')",
                [],
            )?;
            write(db, &texts)
        })
    }
}

fn text(db: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

fn texts(settings: &[(&'static str, &dyn ErasedSetting)]) -> Result<Vec<(&'static str, String)>, StoreError> {
    let texts = settings.iter().map(|(name, value)| Ok((*name, value.to_json()?)));
    texts
        .collect::<Result<_, serde_json::Error>>()
        .map_err(|e| StoreError::Other {
            context: "writing a setting",
            problem: e.to_string(),
        })
}

fn write(db: &Connection, texts: &[(&'static str, String)]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
    )?;
    texts
        .iter()
        .try_for_each(|(name, text)| insert.execute(params![name, text]).map(drop))
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
