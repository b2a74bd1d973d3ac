//! The explorer in use. A new version is made ready beside the one shown: no visitor waits for it.

use super::Explorer;
use crate::KioskError;
use crate::catalogue::unpoisoned;
use crate::leisure::{at_leisure, let_go};
use crate::reference::Reference;
use jiff::civil::Date;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use store::catalogue::Version;

#[derive(Clone, Default)]
pub(crate) struct Current(Arc<Shared>);

#[derive(Default)]
struct Shared {
    shown: Mutex<Option<Arc<Explorer>>>,
    /// How many threads are making another version ready.
    busy: AtomicUsize,
}

/// While this is held nobody else makes a version ready beside the one shown.
pub(crate) struct ByHand(Current);

impl Drop for ByHand {
    fn drop(&mut self) {
        self.0.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
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
                self.prepare_beside(&older, version, reference, today);
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
        self.show(Explorer::build(version, reference, today)?);
        Ok(())
    }

    /// Shows a version that is ready.
    pub fn show(&self, explorer: Explorer) {
        let before = unpoisoned(&self.0.shown).replace(Arc::new(explorer));
        let_go(before);
    }

    /// Says that whoever asks is about to make another version ready and to show it.
    pub fn by_hand(&self) -> ByHand {
        self.0.busy.fetch_add(1, Ordering::AcqRel);
        ByHand(self.clone())
    }

    /// Makes a version ready that is shown instead of `older`, unless something else is shown by then.
    fn prepare_beside(
        &self,
        older: &Arc<Explorer>,
        version: Arc<Version>,
        reference: &Arc<Reference>,
        today: Date,
    ) {
        let busy = self.0.busy.fetch_add(1, Ordering::AcqRel) > 0;
        let by_hand = ByHand(self.clone());
        if busy {
            return;
        }
        let (current, reference, older) = (self.clone(), Arc::clone(reference), Arc::clone(older));
        thread::spawn(move || {
            // A version that cannot be read leaves the one shown; whoever installed it is told why.
            if let Ok(ready) = at_leisure(|| Explorer::build(version, &reference, today)) {
                let ready = Arc::new(ready);
                let too_much = match unpoisoned(&current.0.shown).as_mut() {
                    Some(shown) if Arc::ptr_eq(shown, &older) => std::mem::replace(shown, ready),
                    _ => ready,
                };
                let_go(too_much);
            }
            drop(by_hand);
        });
    }
}
