//! Pictures of the installed catalogue: stored ones, missing ones, partial downloads. Must not know: the network.

use super::error::CatalogueError;
use super::partial_pictures::PartialPictures;
use super::picture_priority::by_priority;
use super::shown::ShownCatalogue;
use crate::lock::lock;
use expo_domain::Catalogue;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_media::PictureStore;
use expo_protocol::snapshot;
use expo_store::StoreError;
use jiff::Timestamp;
use std::collections::HashSet;
use std::fmt::Display;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// How long unused pictures are kept: staff may roll back, or a later catalogue may use them again.
const UNUSED_PICTURE_GRACE: Duration = Duration::from_hours(24);

/// A downloaded picture that cannot be stored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureError {
    /// It is not the expected picture.
    #[error("{0}")]
    Damaged(String),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The pictures of the installed catalogue.
pub(crate) struct CataloguePictures {
    shown: Arc<ShownCatalogue>,
    store: PictureStore,
    partial_pictures: PartialPictures,
    /// Catalogue version and hashes of its missing pictures, most needed first. `None` until computed.
    missing: Mutex<Option<(u64, Vec<String>)>>,
}

impl CataloguePictures {
    pub fn new(shown: Arc<ShownCatalogue>) -> Self {
        let folder = shown.env.folder();
        Self {
            store: PictureStore::new(&folder.join("pictures")),
            partial_pictures: PartialPictures::new(&folder.join("parts")),
            missing: Mutex::new(None),
            shown,
        }
    }

    /// The bytes of a picture by its SHA-256; `None` if it is missing.
    pub fn get(&self, hash: &str) -> Option<Vec<u8>> {
        let bytes = self.store.get(hash);
        if bytes.is_none() {
            // The store may have removed a damaged file just now.
            self.recompute_missing();
        }
        bytes
    }

    /// Whether a picture is stored and undamaged.
    pub fn is_intact(&self, hash: &str) -> bool {
        self.store.get(hash).is_some()
    }

    /// Stores a picture.
    pub fn put(&self, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let stored = self.store.put(hash, bytes);
        stored.map_err(|e| StoreError::io("storing a picture", &e))
    }

    /// Hashes of missing pictures, most needed first. Computed once per version, then kept up to date.
    pub fn missing(&self) -> Result<Vec<String>, StoreError> {
        let Some(version) = self.shown.current()? else {
            return Ok(Vec::new());
        };
        let number = version.installed().version;
        let mut slot = lock(&self.missing);
        if let Some((_, hashes)) = slot.as_ref().filter(|(of, _)| *of == number) {
            return Ok(hashes.clone());
        }
        let needed = by_priority(&version.read_all()?).into_iter();
        let missing = needed.filter(|(hash, bytes)| !self.store.has(hash, *bytes));
        let hashes: Vec<String> = missing.map(|(hash, _)| hash).collect();
        self.partial_pictures
            .retain(|partial| hashes.iter().any(|hash| hash == partial));
        *slot = Some((number, hashes.clone()));
        Ok(hashes)
    }

    /// Computes the missing pictures again at the next call of [`Self::missing`].
    pub fn recompute_missing(&self) {
        *lock(&self.missing) = None;
    }

    /// Length of a partial download in bytes.
    pub fn partial_length(&self, hash: &str) -> u64 {
        self.partial_pictures.length(hash)
    }

    /// Writes a chunk of a download at byte offset `at`.
    pub fn write_chunk(&self, hash: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.partial_pictures.write(hash, at, bytes)
    }

    /// Checks and stores a complete download; the partial download is deleted either way.
    pub fn finish_download(&self, hash: &str) -> Result<(), PictureError> {
        let bytes = self.partial_pictures.take(hash)?;
        expo_media::inspect(&bytes).map_err(|e| PictureError::Damaged(e.to_string()))?;
        self.store.put(hash, &bytes).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData => PictureError::Damaged(e.to_string()),
            _ => PictureError::Io(e),
        })?;
        if let Some((_, hashes)) = lock(&self.missing).as_mut() {
            hashes.retain(|missing| missing != hash);
        }
        Ok(())
    }

    /// Removes pictures that neither the installed nor the previous catalogue uses, after a grace period. Removes nothing
    /// if one of them cannot be read.
    pub fn remove_unused(&self) -> Result<(), CatalogueError> {
        let Some(version) = self.shown.current()? else {
            return Ok(());
        };
        let mut used = picture_hashes(&version.read_all()?);
        if let Some(previous) = self.shown.catalogues.open_previous()? {
            used.extend(picture_hashes(&previous.read_all()?));
        }
        let env = &self.shown.env;
        let since_1970 = Duration::try_from(env.now().duration_since(Timestamp::UNIX_EPOCH));
        let now = SystemTime::UNIX_EPOCH + since_1970.unwrap_or_default();
        let removed = self
            .store
            .remove_unused(&used, now, UNUSED_PICTURE_GRACE)
            .map_err(|e| StoreError::io("removing pictures", &e))?;
        if removed.files > 0 {
            let details: [(AuditDetail, &dyn Display); 2] = [
                (AuditDetail::Files, &removed.files),
                (AuditDetail::Bytes, &removed.bytes),
            ];
            env.audit(AuditAct::PicturesCleared, &details)?;
        }
        Ok(())
    }
}

fn picture_hashes(catalogue: &Catalogue) -> HashSet<String> {
    let files = snapshot::picture_files(catalogue).into_iter();
    files.map(|(hash, _)| hash).collect()
}
