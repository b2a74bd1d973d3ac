//! Configurations. Each is for all kiosks or for one; their versions are numbered over all kiosks.

use super::database::{Store, time_text};
use super::enrolment::FIRST_CONFIG_VERSION;
use super::error::StoreError;
use super::sql::{Database, Row, params};
use expo_protocol::Configuration;
use jiff::Timestamp;

impl Store {
    /// Creates the next version of the configuration, for one kiosk or for all, and returns the version.
    pub fn configure(
        &self,
        kiosk: Option<&str>,
        with_version: impl Fn(u64) -> Configuration,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let now = time_text(now);
        self.write(|db| {
            if let Some(kiosk) = kiosk
                && db
                    .first("SELECT id FROM kiosk WHERE id = $1", &params![kiosk])?
                    .is_none()
            {
                return Err(StoreError(format!("there is no kiosk {kiosk:?} in it")));
            }
            let newest = db.first("SELECT max(version) FROM configuration", &[])?;
            let newest = newest.map(|mut row| row.number_or_null(0)).transpose()?.flatten();
            let version = newest.unwrap_or(FIRST_CONFIG_VERSION) + 1;
            let document = serde_json::to_string(&with_version(version))?;
            let insert = "INSERT INTO configuration (version, kiosk, document, created_at)
                          VALUES ($1, $2, $3, $4)";
            db.execute(insert, &params![version, kiosk, &document, &now])?;
            Ok(version)
        })
    }

    /// The newest configuration of a kiosk, if it is newer than that of its enrolment.
    pub fn configuration(&self, kiosk: &str) -> Result<Option<Configuration>, StoreError> {
        self.read(|db| {
            let Some(mut row) = newest(db, kiosk)? else {
                return Ok(None);
            };
            let document = row.text_or_null(1)?;
            Ok(document.as_deref().map(serde_json::from_str).transpose()?)
        })
    }

    /// Version of the newest configuration of a kiosk.
    pub fn config_version(&self, kiosk: &str) -> Result<u64, StoreError> {
        self.read(|db| newest(db, kiosk)?.map_or(Ok(FIRST_CONFIG_VERSION), |mut row| row.number(0)))
    }
}

/// Version and document of the newest configuration. The document is NULL if there is none since the enrolment.
fn newest(db: &mut dyn Database, kiosk: &str) -> Result<Option<Row>, StoreError> {
    let query = "SELECT coalesce(c.version, k.config_version), c.document FROM kiosk k
                 LEFT JOIN configuration c
                   ON c.version > k.config_version AND (c.kiosk IS NULL OR c.kiosk = k.id)
                 WHERE k.id = $1 ORDER BY 1 DESC LIMIT 1";
    db.first(query, &params![kiosk])
}
