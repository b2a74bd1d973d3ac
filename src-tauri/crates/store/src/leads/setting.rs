//! Settings: one JSON document per name. Must not know: which settings exist.

use super::copy::DAMAGED_FILES;
use super::erasure::mark_log_cleanup_due;
use super::{FILE, Leads, lock};
use crate::StoreError;
use expo_domain::hash::sha256_hex;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::BTreeMap;

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
        self.write_guarded(guard, "writing a setting", |db| write(db, pairs(&texts)))?;
        self.copy_if_needed(settings);
        Ok(())
    }

    /// Like [`Self::set`], for secrets: also removes the bytes of the former values from the database, its log and the
    /// copies made before a migration. If another program reads just then, they are removed by a later erasure or start.
    pub fn replace_secret(&self, settings: &[(&'static str, &dyn SettingValue)]) -> Result<(), StoreError> {
        let _guard = lock(&self.erasing);
        let texts = texts(settings)?;
        self.write("replacing a secret", |db| {
            write(db, pairs(&texts))?;
            mark_log_cleanup_due(db)
        })?;
        self.copy_if_needed(settings);
        drop(self.clean_up());
        Ok(())
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
            write(db, pairs(&texts))
        })?;
        self.copy_if_needed(settings);
        Ok(())
    }

    /// The JSON documents of these settings and of the damaged files, as far as they exist and match their hashes.
    pub(super) fn intact_settings(&self, names: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
        self.read("reading settings", |db| {
            let mut found = BTreeMap::new();
            let mut statement = db.prepare_cached("SELECT value, sha256 FROM setting WHERE name = ?1")?;
            for name in names.iter().chain(&[DAMAGED_FILES]) {
                let mut rows = statement.query([name])?;
                if let Some(row) = rows.next()? {
                    found.extend(intact(row, 0).map(|text| ((*name).to_owned(), text)));
                }
            }
            Ok(found)
        })
    }

    fn copy_if_needed(&self, settings: &[(&'static str, &dyn SettingValue)]) {
        let copied = self
            .replacer
            .as_ref()
            .map_or(&[][..], |r| r.rules.copied_settings);
        if settings.iter().any(|(name, _)| copied.contains(name)) {
            // The settings are stored. If the copy cannot be written, the next start tries again.
            drop(self.update_copy());
        }
    }
}

/// The value in a column, if it matches the hash in the next one. Older programs stored no hash.
fn intact(row: &Row<'_>, column: usize) -> Option<String> {
    let value: String = row.get(column).ok()?;
    let is_intact = match row.get::<_, Option<String>>(column + 1).ok()? {
        Some(sha256) => sha256_hex(value.as_bytes()) == sha256,
        None => serde_json::from_str::<IgnoredAny>(&value).is_ok(),
    };
    is_intact.then_some(value)
}

/// Replaces settings whose value does not match its hash, or that are missing, by those of the copy, and deletes other
/// damaged ones.
pub(super) fn repair(db: &Connection, copied: &BTreeMap<String, String>) -> rusqlite::Result<()> {
    let mut statement = db.prepare("SELECT CAST(name AS BLOB), value, sha256 FROM setting")?;
    let mut rows = statement.query([])?;
    let (mut known, mut damaged) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let name: Vec<u8> = row.get(0)?;
        let list = if intact(row, 1).is_some() {
            &mut known
        } else {
            &mut damaged
        };
        list.push(name);
    }
    for name in damaged {
        db.execute("DELETE FROM setting WHERE CAST(name AS BLOB) = ?1", [name])?;
    }
    let lost = copied
        .iter()
        .filter(|(name, _)| !known.iter().any(|known| known == name.as_bytes()));
    write(db, lost.map(|(name, text)| (name.as_str(), text.as_str())))
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

fn pairs<'a>(texts: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    texts.iter().map(|(name, text)| (*name, text.as_str()))
}

/// Writes JSON documents with their hashes.
pub(super) fn write<'a>(
    db: &Connection,
    texts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO setting (name, value, sha256) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET value = excluded.value, sha256 = excluded.sha256",
    )?;
    texts.into_iter().try_for_each(|(name, text)| {
        insert
            .execute(params![name, text, sha256_hex(text.as_bytes())])
            .map(drop)
    })
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
