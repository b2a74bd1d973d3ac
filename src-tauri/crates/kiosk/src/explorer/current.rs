//! The explorer in use. A new version is made ready beside the one shown: no visitor waits for it.

use super::Explorer;
use crate::KioskError;
use crate::catalogue::unpoisoned;
use crate::reference::Reference;
use jiff::civil::Date;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use store::catalogue::Version;

#[derive(Clone, Default)]
pub(crate) struct Current(Arc<Shared>);

#[derive(Default)]
struct Shared {
    shown: Mutex<Option<Arc<Explorer>>>,
    /// Whether a thread is making another version ready.
    busy: AtomicBool,
}

impl Current {
    /// What to explore now. While another process's version is made ready, the one shown before; the first one of a
    /// day is waited for, because offers end with the day.
    pub fn get(
        &self,
        version: Arc<Version>,
        reference: &Arc<Reference>,
        today: Date,
    ) -> Result<Arc<Explorer>, KioskError> {
        let mut shown = unpoisoned(&self.0.shown);
        match shown.as_ref() {
            Some(explorer) if explorer.shows(&version, today) => Ok(Arc::clone(explorer)),
            Some(older) if older.day == today => {
                let older = Arc::clone(older);
                drop(shown);
                self.prepare_beside(version, reference, today);
                Ok(older)
            }
            _ => {
                let explorer = Arc::new(Explorer::build(version, reference, today)?);
                *shown = Some(Arc::clone(&explorer));
                Ok(explorer)
            }
        }
    }

    /// Makes a version ready and shows it. Visitors explore the one before until then.
    pub fn prepare(
        &self,
        version: Arc<Version>,
        reference: &Reference,
        today: Date,
    ) -> Result<(), KioskError> {
        let explorer = Arc::new(Explorer::build(version, reference, today)?);
        *unpoisoned(&self.0.shown) = Some(explorer);
        Ok(())
    }

    fn prepare_beside(&self, version: Arc<Version>, reference: &Arc<Reference>, today: Date) {
        if self.0.busy.swap(true, Ordering::AcqRel) {
            return;
        }
        let (current, reference) = (self.clone(), Arc::clone(reference));
        thread::spawn(move || {
            // A version that cannot be read leaves the one shown; whoever installed it is told why.
            current.prepare(version, &reference, today).ok();
            current.0.busy.store(false, Ordering::Release);
        });
    }
}
