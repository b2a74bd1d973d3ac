//! The catalogue version that visitors see. Must not know: how versions arrive.

use super::error::CatalogueError;
use super::index::{CatalogueIndex, CurrentIndex};
use crate::machine::background::VisitorActivity;
use crate::machine::environment::Environment;
use crate::reference::Reference;
use expo_domain::Rules;
use expo_store::catalogue::Version;
use expo_store::{Catalogues, StoreError};
use jiff::civil::Date;
use std::sync::Arc;

/// The installed catalogue version and its index.
pub(crate) struct ShownCatalogue {
    pub env: Environment,
    pub catalogues: Catalogues,
    pub index: CurrentIndex,
    pub reference: Arc<Reference>,
    pub activity: VisitorActivity,
}

/// The rules of one request, and the version that they belong to.
pub(crate) struct ShownRules {
    pub rules: Arc<Rules>,
    pub day: Date,
    /// `None` before the first version.
    pub index: Option<Arc<CatalogueIndex>>,
}

impl ShownCatalogue {
    pub fn new(env: Environment, reference: Arc<Reference>) -> Self {
        Self {
            catalogues: Catalogues::new(env.folder()),
            env,
            index: CurrentIndex::default(),
            reference,
            activity: VisitorActivity::default(),
        }
    }

    /// The installed version, `None` before the first.
    pub fn current(&self) -> Result<Option<Arc<Version>>, StoreError> {
        self.catalogues.current()
    }

    /// The installed version; an error before the first.
    pub fn required(&self) -> Result<Arc<Version>, CatalogueError> {
        self.current()?.ok_or(CatalogueError::NotInstalled)
    }

    /// Number of the installed version. `None` also if the catalogue cannot be read, so that leads do not depend on it.
    pub fn version_number(&self) -> Option<u64> {
        let version = self.current().ok().flatten();
        version.map(|version| version.installed().version)
    }

    /// The index of the installed version. A version with damaged rows is retired.
    pub fn index(&self) -> Result<Arc<CatalogueIndex>, CatalogueError> {
        let version = self.required()?;
        let index = self
            .index
            .get(Arc::clone(&version), &self.reference, self.env.today()?);
        match index {
            Err(error) if error.is_damage() => {
                self.catalogues.retire_damaged(&version)?;
                Err(CatalogueError::NotInstalled)
            }
            index => index,
        }
    }

    /// The index for a request of a visitor; background work slows down.
    pub fn index_for_visitor(&self) -> Result<Arc<CatalogueIndex>, CatalogueError> {
        self.activity.note();
        self.index()
    }

    /// The rules for a request of a visitor: those of the shown version, and before the first one those of the program,
    /// because answers about money do not depend on a catalogue.
    pub fn rules_for_visitor(&self) -> Result<ShownRules, CatalogueError> {
        match self.index_for_visitor() {
            Ok(index) => Ok(ShownRules {
                rules: Arc::clone(&index.rules),
                day: index.day,
                index: Some(index),
            }),
            Err(CatalogueError::NotInstalled) => Ok(ShownRules {
                rules: Arc::clone(&self.reference.rules),
                day: self.env.today()?,
                index: None,
            }),
            Err(error) => Err(error),
        }
    }

    /// Builds the index of the version on disk and shows it.
    pub fn rebuild_index(&self) -> Result<(), CatalogueError> {
        self.index
            .rebuild(self.required()?, &self.reference, self.env.today()?)
    }
}
