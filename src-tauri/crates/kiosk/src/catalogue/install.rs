//! Installs catalogue versions, completely or not at all. Must not know: where they come from.

use super::error::CatalogueError;
use super::index::CatalogueIndex;
use super::pictures::CataloguePictures;
use super::shown::ShownCatalogue;
use crate::lock::lock;
use crate::machine::background::drop_in_background;
use crate::machine::environment::Environment;
use crate::settings::{LAST_SHOWN_VERSION, ROLLED_BACK_FROM};
use expo_bundle::rules::check_documents;
use expo_bundle::{Refusal, VerifiedCheckpoint};
use expo_domain::{Catalogue, JsonRows};
use expo_protocol::{DELTA_MARGIN_BYTES, MAX_SNAPSHOT_BYTES, delta, snapshot};
use expo_store::{Installed, Leads, StoreError};
use std::sync::{Arc, Mutex, MutexGuard};

/// Changes the installed catalogue version.
pub(crate) struct CatalogueSupply {
    pub shown: Arc<ShownCatalogue>,
    pub pictures: Arc<CataloguePictures>,
    pub env: Environment,
    settings: Arc<Leads>,
    /// Held from the decision to install or roll back until it is done, so that the decision stays valid.
    installing: Mutex<()>,
}

impl CatalogueSupply {
    pub fn new(shown: Arc<ShownCatalogue>, pictures: Arc<CataloguePictures>, settings: Arc<Leads>) -> Self {
        Self {
            env: shown.env.clone(),
            shown,
            pictures,
            settings,
            installing: Mutex::default(),
        }
    }

    /// Waits until no other thread of this program installs or rolls back, and prevents it until the guard is dropped.
    pub fn lock_version(&self) -> MutexGuard<'_, ()> {
        lock(&self.installing)
    }

    /// Installs a checked catalogue.
    pub fn install(
        &self,
        content: &Catalogue,
        checkpoint: &VerifiedCheckpoint,
    ) -> Result<(), CatalogueError> {
        let rows = JsonRows::of(content)?;
        self.install_if(content, rows, checkpoint, || Ok(()))
    }

    /// Installs the catalogue that results from a delta to the installed version `from`. The content hash of the signed
    /// checkpoint matches only if the installed rows, the delta and the checkpoint fit together.
    pub fn install_delta(
        &self,
        checkpoint: &VerifiedCheckpoint,
        from: u64,
        packed: &[u8],
    ) -> Result<(), CatalogueError> {
        let installed = self.shown.current()?;
        let Some(installed) = installed.filter(|version| version.installed().version == from) else {
            return Err(damaged_delta("it starts from a version that is not installed"));
        };
        if checkpoint.snapshot_plain_bytes > MAX_SNAPSHOT_BYTES {
            return Err(damaged_delta("the catalogue exceeds the maximum size"));
        }
        let max_bytes = checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
        let header = delta::header(packed, max_bytes).map_err(|e| damaged_delta(&e.to_string()))?;
        if (header.from, header.to) != (from, checkpoint.version) {
            return Err(damaged_delta("it is for other versions"));
        }
        // With normal priority: visitors wait while the file that they read from is read here.
        let rows = delta::apply_to_rows(installed.texts()?, packed, max_bytes)
            .map_err(|e| damaged_delta(&e.to_string()))?;
        let unreadable = |e: serde_json::Error| damaged_delta(&e.to_string());
        let (units, content) = self.shown.activity.run_both(
            || match snapshot::json_rows_sha256(&rows) {
                Ok(sha256) if sha256 == checkpoint.content_sha256 => rows.read_units().map_err(unreadable),
                _ => Err(damaged_delta("the resulting rows do not match the checkpoint")),
            },
            || rows.read_without_units().map_err(unreadable),
        )?;
        let content = Catalogue { units, ..content };
        if snapshot::row_counts(&content) != checkpoint.rows {
            return Err(damaged_delta("the numbers of rows do not match the checkpoint"));
        }
        let result = self.install_if(&content, rows, checkpoint, || {
            snapshot::check_references(&content).map_err(|e| damaged_delta(&e.to_string()))?;
            check_documents(&content.documents).map_err(|e| damaged_delta(&e))
        });
        drop_in_background(content);
        result
    }

    /// Installs a catalogue if it passes `check`. Visitors see the previous version until the new index is ready, and
    /// their requests have priority.
    fn install_if(
        &self,
        content: &Catalogue,
        rows: JsonRows,
        checkpoint: &VerifiedCheckpoint,
        check: impl FnOnce() -> Result<(), CatalogueError> + Send,
    ) -> Result<(), CatalogueError> {
        let shown = &self.shown;
        let installed = Installed {
            version: checkpoint.version,
            published_at: checkpoint.published_at.to_string(),
            checkpoint: checkpoint.signed().checkpoint.clone(),
            signature: checkpoint.signed().signature.clone(),
        };
        let today = self.env.today()?;
        let _no_other_rebuild = shown.index.suspend_background_rebuild();
        let ((), build_index) = shown.activity.run_both(
            || {
                check()?;
                let stored = shown.catalogues.install(content, &rows, &installed);
                drop(rows);
                stored.map_err(older_version)
            },
            || CatalogueIndex::prepare(content, &shown.reference, today),
        )?;
        self.pictures.recompute_missing();
        let version = shown.required()?;
        let result = if *version.installed() == installed && self.env.today()? == today {
            shown.index.replace(build_index(version));
            Ok(())
        } else {
            // Another process installed another version, or the day has ended.
            shown.rebuild_index()
        };
        // The version is installed; if this setting cannot be written, the next start writes it. Not on a low-priority
        // thread: a lead would wait for it.
        drop(self.settings.set(&[(LAST_SHOWN_VERSION, &installed.version)]));
        result
    }

    /// The version last shown, 0 before the first.
    pub fn last_shown(&self) -> Result<u64, StoreError> {
        Ok(self.settings.setting(LAST_SHOWN_VERSION)?.unwrap_or(0))
    }

    /// Records the installed version if an older program or a crash prevented that.
    pub fn record_last_shown(&self) -> Result<(), StoreError> {
        if let Some(version) = self.shown.current()? {
            let number = version.installed().version;
            if number > self.last_shown()? {
                self.settings.set(&[(LAST_SHOWN_VERSION, &number)])?;
            }
        }
        Ok(())
    }

    /// The version that staff rolled back from; it is not installed again automatically.
    pub fn rolled_back_from(&self) -> Result<Option<u64>, StoreError> {
        let version: Option<u64> = self.settings.setting(ROLLED_BACK_FROM)?;
        Ok(version.filter(|version| *version > 0))
    }

    /// Sets [`Self::rolled_back_from`] and [`Self::last_shown`]; 0 means none.
    pub fn set_rolled_back(&self, from: u64, last_shown: u64) -> Result<(), StoreError> {
        self.settings
            .set(&[(ROLLED_BACK_FROM, &from), (LAST_SHOWN_VERSION, &last_shown)])
    }
}

fn older_version(error: StoreError) -> CatalogueError {
    match error {
        StoreError::Outdated { version, installed } => Refusal::OlderVersion {
            offered: version,
            installed,
        }
        .into(),
        error => error.into(),
    }
}

fn damaged_delta(problem: &str) -> CatalogueError {
    let refusal = Refusal::Damaged {
        entry: "the delta".to_owned(),
        problem: problem.to_owned(),
    };
    refusal.into()
}
