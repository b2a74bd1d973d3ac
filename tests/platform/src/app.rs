//! One platform at work: a store, the keys that belong to it, and what this instance alone counts.

use crate::http::{Limits, Metrics};
use crate::keys::{Keys, KeysError, LEADS_IDENTITY};
use crate::store::{Address, Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where keys come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// Files in a folder.
    Folder(PathBuf),
    /// Variables of the environment.
    Environment,
}

/// Where everything of a platform is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The store.
    pub store: Address,
    /// The keys.
    pub keys: KeySource,
}

impl Place {
    /// A store with its keys: in `keys`, or else in the environment, or else in the store's folder.
    pub fn new(store: Address, keys: Option<PathBuf>) -> Result<Self, String> {
        let keys = match (keys, &store) {
            (Some(dir), _) => KeySource::Folder(dir),
            (None, _) if std::env::var_os(LEADS_IDENTITY).is_some() => KeySource::Environment,
            (None, Address::Folder(dir)) => KeySource::Folder(dir.join("keys")),
            (None, Address::Postgres(_)) => {
                return Err(format!(
                    "keys are never kept in a database: name their folder with --keys, or set {LEADS_IDENTITY}"
                ));
            }
        };
        Ok(Self { store, keys })
    }

    /// A store in a folder, with its keys in it.
    pub fn folder(dir: &Path) -> Self {
        Self {
            store: Address::Folder(dir.to_owned()),
            keys: KeySource::Folder(dir.join("keys")),
        }
    }
}

/// Why a platform cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Keys of another store.
    #[error(
        "the {what} is not the one this store was begun with, which kiosks know; name the right keys with --keys"
    )]
    OtherKeys {
        /// Which key.
        what: &'static str,
    },
    /// Keys that a store knows are not where they should be.
    #[error(
        "this store was begun with keys that are not in {dir}; name their folder with --keys ({problem})"
    )]
    NoKeys {
        /// Where they were looked for.
        dir: PathBuf,
        /// What is missing.
        problem: KeysError,
    },
}

/// What every request and command may use.
pub struct App {
    /// The store.
    pub store: Store,
    /// The keys.
    pub keys: Keys,
    /// Counters of this instance.
    pub metrics: Metrics,
    /// How much one may ask of this instance.
    pub limits: Limits,
    /// A folder of the store for work, where it has one.
    pub folder: Option<PathBuf>,
    /// Held while changes between versions are made, so that a hundred kiosks asking make them once.
    pub(crate) making: Mutex<()>,
}

impl App {
    /// Opens a platform, making what is missing. Keys are made only for a store that has none.
    pub fn open(place: &Place, limits: Limits) -> Result<Self, OpenError> {
        let store = Store::open_at(&place.store)?;
        let keys = match &place.keys {
            KeySource::Environment => Keys::from_environment(|name| std::env::var(name).ok())?,
            KeySource::Folder(dir) if store.setting(RECIPIENT)?.is_some() => {
                Keys::read(dir).map_err(|problem| OpenError::NoKeys {
                    dir: dir.clone(),
                    problem,
                })?
            }
            KeySource::Folder(dir) => Keys::open(dir)?,
        };
        // Another instance that seals to, or signs with, other keys would make leads and catalogues unreadable.
        for (what, name, own) in [
            ("leads identity", RECIPIENT, keys.recipient().to_string()),
            ("publisher key", PUBLISHER, keys.publisher.to_string()),
        ] {
            if store.keep_first(name, &own)? != own {
                return Err(OpenError::OtherKeys { what });
            }
        }
        let folder = match &place.store {
            Address::Folder(dir) => Some(dir.clone()),
            Address::Postgres(_) => None,
        };
        Ok(Self {
            store,
            keys,
            metrics: Metrics::default(),
            limits,
            folder,
            making: Mutex::default(),
        })
    }
}

const RECIPIENT: &str = "leads_recipient";
const PUBLISHER: &str = "publisher_key";
