//! Which catalogue is shown, for windows and command line. Must not know: where it is shown.

use super::error::CatalogueError;
use super::index::CatalogueIndex;
use super::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::machine::elapsed::days_between;
use crate::views::CatalogueInfo;
use expo_domain::Lang;

impl ShownCatalogue {
    /// The shown catalogue for staff, `None` before the first.
    pub fn info(&self) -> Result<Option<CatalogueInfo>, KioskError> {
        match self.index() {
            Ok(index) => self.info_of(&index, Lang::Fr).map(Some),
            Err(CatalogueError::NotInstalled) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The catalogue of an index, in a language.
    pub fn info_of(&self, index: &CatalogueIndex, lang: Lang) -> Result<CatalogueInfo, KioskError> {
        let installed = index.version.installed();
        let published_on = self.env.published_on(installed)?;
        Ok(CatalogueInfo {
            version: installed.version,
            published_on: published_on.to_string(),
            age_days: days_between(published_on, index.day),
            projects: index.entries.len() as u32,
            units_available: index.units_available(),
            notice: index.shared_rows.notice.pick(lang),
        })
    }

    /// Day when the installed version should have been replaced; `None` before that day.
    pub fn overdue_since(&self) -> Result<Option<String>, KioskError> {
        match self.current()? {
            Some(version) => Ok(self.env.overdue_since(version.installed())?),
            None => Ok(None),
        }
    }
}
