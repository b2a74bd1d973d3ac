//! Settings: one JSON document per name. Must not know: which settings exist.

use super::{FILE, Leads};
use crate::StoreError;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A setting as it was read, usually the enrolment. Operations with a guard fail if the setting has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingGuard {
    name: &'static str,
    text: Option<String>,
}

impl SettingGuard {
    /// Checks that the setting is unchanged, in the transaction of the guarded operation.
    pub(super) fn require_unchanged(&self, db: &Connection, context: &'static str) -> Result<(), StoreError> {
        let now = text(db, self.name).map_err(|e| StoreError::sqlite(FILE, context, &e))?;
        if now == self.text {
            Ok(())
        } else {
            Err(StoreError::Superseded { name: self.name })
        }
    }
}

impl Leads {
    /// The setting; `None` if it was never written.
    pub fn setting<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, StoreError> {
        Ok(self.setting_with_guard(name)?.0)
    }

    /// The setting, and a guard for operations that depend on it.
    pub fn setting_with_guard<T: DeserializeOwned>(
        &self,
        name: &'static str,
    ) -> Result<(Option<T>, SettingGuard), StoreError> {
        let text = self.read("reading a setting", |db| text(db, name))?;
        let value = text.as_deref().map(serde_json::from_str).transpose();
        let value = value.map_err(|e| StoreError::Other {
            context: "reading a setting",
            problem: e.to_string(),
        })?;
        Ok((value, SettingGuard { name, text }))
    }

    /// Fails with [`StoreError::Superseded`] if the guarded setting has changed.
    pub fn require_unchanged(&self, guard: &SettingGuard) -> Result<(), StoreError> {
        self.read_guarded(Some(guard), "reading a setting", |_| Ok(()))
    }

    /// Writes these settings, all or none.
    pub fn set(&self, settings: &[(&'static str, &dyn SettingValue)]) -> Result<(), StoreError> {
        self.set_guarded(None, settings)
    }

    /// Like [`Self::set`], but fails if the guarded setting has changed.
    pub fn set_guarded(
        &self,
        guard: Option<&SettingGuard>,
        settings: &[(&'static str, &dyn SettingValue)],
    ) -> Result<(), StoreError> {
        let texts = texts(settings)?;
        self.write_guarded(guard, "writing a setting", |db| write(db, &texts))
    }

    /// Writes these settings and, in the same transaction, takes all waiting and rejected leads out of the queue until they
    /// are sealed again: their recipients change with these settings.
    pub fn set_and_unqueue(
        &self,
        guard: Option<&SettingGuard>,
        settings: &[(&'static str, &dyn SettingValue)],
    ) -> Result<(), StoreError> {
        let texts = texts(settings)?;
        self.write_guarded(guard, "taking leads out of the queue", |db| {
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

fn texts(settings: &[(&'static str, &dyn SettingValue)]) -> Result<Vec<(&'static str, String)>, StoreError> {
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

/// A value that can be stored as a setting.
pub trait SettingValue {
    /// The JSON document.
    fn to_json(&self) -> Result<String, serde_json::Error>;
}

impl<T: Serialize> SettingValue for T {
    fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
