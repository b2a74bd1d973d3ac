//! The index in use. A new one is built in the background while visitors use the old one. Must not know: how versions are
//! installed.

use super::catalogue_index::CatalogueIndex;
use crate::catalogue::error::CatalogueError;
use crate::lock::lock;
use crate::machine::background::{drop_in_background, with_low_priority};
use crate::reference::Reference;
use expo_store::catalogue::Version;
use jiff::civil::Date;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// The current index. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct CurrentIndex(Arc<State>);

#[derive(Default)]
struct State {
    index: Mutex<Option<Arc<CatalogueIndex>>>,
    /// Number of threads that build another index.
    builders: AtomicUsize,
}

/// No other thread starts a background rebuild until this is dropped.
pub(crate) struct RebuildSuspension(CurrentIndex);

impl Drop for RebuildSuspension {
    fn drop(&mut self) {
        self.0.0.builders.fetch_sub(1, Ordering::AcqRel);
    }
}

impl CurrentIndex {
    /// The index to use now. If another process installed a version, this is the old index until a background thread has
    /// built the new one. The first request of a day waits for a new index, because offers end with the day.
    pub fn get(
        &self,
        version: Arc<Version>,
        reference: &Arc<Reference>,
        today: Date,
    ) -> Result<Arc<CatalogueIndex>, CatalogueError> {
        let mut current = lock(&self.0.index);
        match current.as_ref() {
            Some(index) if index.is_of(&version, today) => Ok(Arc::clone(index)),
            Some(old) if old.day == today => {
                let old = Arc::clone(old);
                drop(current);
                self.rebuild_in_background(&old, version, reference, today);
                Ok(old)
            }
            _ => {
                let index = Arc::new(CatalogueIndex::build(version, reference, today)?);
                *current = Some(Arc::clone(&index));
                Ok(index)
            }
        }
    }

    /// Builds the index of a version and replaces the current one.
    pub fn rebuild(
        &self,
        version: Arc<Version>,
        reference: &Reference,
        today: Date,
    ) -> Result<(), CatalogueError> {
        self.replace(CatalogueIndex::build(version, reference, today)?);
        Ok(())
    }

    /// Replaces the current index.
    pub fn replace(&self, index: CatalogueIndex) {
        let old = lock(&self.0.index).replace(Arc::new(index));
        drop_in_background(old);
    }

    /// Prevents background rebuilds because the caller replaces the index.
    pub fn suspend_background_rebuild(&self) -> RebuildSuspension {
        self.0.builders.fetch_add(1, Ordering::AcqRel);
        RebuildSuspension(self.clone())
    }

    /// Builds the index of a version on a background thread, and uses it unless `old` was replaced by then.
    fn rebuild_in_background(
        &self,
        old: &Arc<CatalogueIndex>,
        version: Arc<Version>,
        reference: &Arc<Reference>,
        today: Date,
    ) {
        let is_busy = self.0.builders.fetch_add(1, Ordering::AcqRel) > 0;
        let suspension = RebuildSuspension(self.clone());
        if is_busy {
            return;
        }
        let (current, reference, old) = (self.clone(), Arc::clone(reference), Arc::clone(old));
        thread::spawn(move || {
            // If the version cannot be read, the old index stays; the installing process reports the error.
            if let Ok(index) = with_low_priority(|| CatalogueIndex::build(version, &reference, today)) {
                let index = Arc::new(index);
                let unused = match lock(&current.0.index).as_mut() {
                    Some(shown) if Arc::ptr_eq(shown, &old) => std::mem::replace(shown, index),
                    _ => index,
                };
                drop_in_background(unused);
            }
            drop(suspension);
        });
    }
}
