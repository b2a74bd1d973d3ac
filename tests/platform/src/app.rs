//! State of a running platform: the store, its keys, and the counters and limits of this instance. Must not know: HTTP.

use crate::keys::{Keys, KeysError, LEADS_IDENTITY};
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::snapshots::SnapshotCache;
use crate::store::{Store, StoreAddress, StoreError};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where the keys are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// Files in a folder.
    Folder(PathBuf),
    /// Environment variables.
    Environment,
}

/// Where a platform keeps its data and its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageConfig {
    /// Address of the store.
    pub store: StoreAddress,
    /// Source of the keys.
    pub keys: KeySource,
}

impl StorageConfig {
    /// Uses the key folder `keys`. Without it, uses the environment variables if they are set, and otherwise the folder of
    /// the store. A database never holds keys, so a PostgreSQL store needs one of the first two.
    pub fn new(store: StoreAddress, keys: Option<PathBuf>) -> Result<Self, String> {
        let keys = match (keys, &store) {
            (Some(dir), _) => KeySource::Folder(dir),
            (None, _) if std::env::var_os(LEADS_IDENTITY).is_some() => KeySource::Environment,
            (None, StoreAddress::Folder(dir)) => KeySource::Folder(dir.join("keys")),
            (None, StoreAddress::Postgres(_)) => {
                return Err(format!(
                    "keys are never kept in a database: name their folder with --keys, or set {LEADS_IDENTITY}"
                ));
            }
        };
        Ok(Self { store, keys })
    }

    /// An SQLite store in `dir`, with the keys in `dir/keys`.
    pub fn folder(dir: &Path) -> Self {
        Self {
            store: StoreAddress::Folder(dir.to_owned()),
            keys: KeySource::Folder(dir.join("keys")),
        }
    }
}

/// Why a platform cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys cannot be read or created.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys are valid, but belong to another store.
    #[error(
        "the {what} is not the one this store was created with, which kiosks trust; name the right keys with --keys"
    )]
    KeyMismatch {
        /// Which key differs.
        what: &'static str,
    },
    /// The store was created with keys that are missing now.
    #[error(
        "this store was created with keys that are not in {dir}; name their folder with --keys ({problem})"
    )]
    KeysNotFound {
        /// Folder that was searched.
        dir: PathBuf,
        /// What is missing.
        problem: KeysError,
    },
}

/// State that every request and command can use.
pub struct App {
    /// The store.
    pub store: Store,
    /// The keys.
    pub keys: Keys,
    /// Counters of this instance.
    pub metrics: Metrics,
    /// Rate limits and timeouts of this instance.
    pub limits: Limits,
    /// Folder of an SQLite store, also used for temporary files; `None` for PostgreSQL.
    pub data_dir: Option<PathBuf>,
    /// Held while a delta is created, so that many kiosks asking for it at once create it only once.
    pub(crate) delta_lock: Mutex<()>,
    /// The snapshot that kiosks download.
    pub snapshots: SnapshotCache,
}

impl App {
    /// Opens a platform and creates what is missing. Creates keys only for a store that was never used with any.
    pub fn open(config: &StorageConfig, limits: Limits) -> Result<Self, OpenError> {
        let store = Store::open_at(&config.store)?;
        let keys = match &config.keys {
            KeySource::Environment => Keys::from_environment(|name| std::env::var(name).ok())?,
            KeySource::Folder(dir) if store.setting(RECIPIENT_SETTING)?.is_some() => Keys::read(dir)
                .map_err(|problem| OpenError::KeysNotFound {
                    dir: dir.clone(),
                    problem,
                })?,
            KeySource::Folder(dir) => Keys::open(dir)?,
        };
        // An instance that seals to or signs with other keys would make leads and catalogues unreadable.
        for (what, name, own) in [
            ("leads identity", RECIPIENT_SETTING, keys.recipient().to_string()),
            ("publisher key", PUBLISHER_SETTING, keys.publisher.to_string()),
        ] {
            if store.set_once(name, &own)? != own {
                return Err(OpenError::KeyMismatch { what });
            }
        }
        let data_dir = match &config.store {
            StoreAddress::Folder(dir) => Some(dir.clone()),
            StoreAddress::Postgres(_) => None,
        };
        Ok(Self {
            store,
            keys,
            metrics: Metrics::default(),
            limits,
            data_dir,
            delta_lock: Mutex::default(),
            snapshots: SnapshotCache::default(),
        })
    }
}

const RECIPIENT_SETTING: &str = "leads_recipient";
const PUBLISHER_SETTING: &str = "publisher_key";
