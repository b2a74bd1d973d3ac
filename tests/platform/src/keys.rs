//! Keys of the platform: the age identity that opens leads, and the minisign key that signs catalogues. They are files
//! that only their owner can read, or environment variables, and never in the database. A platform that only publishes
//! bundles signed elsewhere has just the public half of the minisign key. Must not know: the store, HTTP.

use expo_vault::ExposeSecret;
use expo_vault::seal::{Identity, Recipient};
use expo_vault::signature::{PublicKey, PublisherKey};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tempfile::NamedTempFile;

/// Environment variable with the age identity that opens leads.
pub const LEADS_IDENTITY: &str = "EXPO_LEADS_IDENTITY";
/// Environment variable with the minisign key of the publisher, secret or public.
pub const PUBLISHER_KEY: &str = "EXPO_PUBLISHER_KEY";

/// Why keys cannot be read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("{path}: {problem}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The store already uses another publisher key.
    #[error(
        "this store already has another publisher key, and enrolled kiosks trust it; use a new store for the other key"
    )]
    OtherPublisher,
    /// The store has only the public half of the publisher key.
    #[error(
        "this store has no secret publisher key, so it cannot sign a catalogue; publish a bundle that was signed with it"
    )]
    PublicHalfOnly,
}

/// All keys of a store.
pub struct Keys {
    /// Opens leads.
    pub identity: Identity,
    /// Verifies published catalogues; kiosks receive it at enrolment.
    pub publisher: PublicKey,
    signing: Option<PublisherKey>,
}

impl Keys {
    /// Reads the keys in a folder and creates those that are missing.
    pub fn open(dir: &Path) -> Result<Self, KeysError> {
        create_folder(dir)?;
        let path = dir.join("leads.identity");
        read_or_create(&path, || {
            Ok(Identity::generate().secret_text().expose_secret().to_owned())
        })?;
        if !dir.join("publisher.pub").exists() {
            let path = dir.join("publisher.key");
            let text = read_or_create(&path, || {
                let key = PublisherKey::generate().map_err(|e| fault(&path, e))?;
                Ok(key
                    .to_text()
                    .map_err(|e| fault(&path, e))?
                    .expose_secret()
                    .to_owned())
            })?;
            let public = PublisherKey::from_text(&text)
                .map_err(|e| fault(&path, e))?
                .public();
            write_public(dir, &public)?;
        }
        Self::read(dir)
    }

    /// Reads the keys in a folder; none may be missing.
    pub fn read(dir: &Path) -> Result<Self, KeysError> {
        let path = dir.join("leads.identity");
        let identity = parse::<Identity>(&path, &read(&path)?)?;
        let path = dir.join("publisher.pub");
        let publisher = parse(&path, &read(&path)?)?;
        let path = dir.join("publisher.key");
        let signing = if path.exists() {
            Some(PublisherKey::from_text(&read(&path)?).map_err(|e| fault(&path, e))?)
        } else {
            None
        };
        Ok(Self {
            identity,
            publisher,
            signing,
        })
    }

    /// Reads the keys from environment variables: an age identity from [`LEADS_IDENTITY`], and a minisign key, secret or
    /// public, from [`PUBLISHER_KEY`]. `variable` returns the value of a variable.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, KeysError> {
        let text = |name: &str| {
            let missing = || fault(Path::new(name), "this variable is not set");
            variable(name)
                .map(|text| text.trim().to_owned())
                .ok_or_else(missing)
        };
        let identity = parse(Path::new(LEADS_IDENTITY), &text(LEADS_IDENTITY)?)?;
        let publisher = text(PUBLISHER_KEY)?;
        let signing = PublisherKey::from_text(&publisher).ok();
        let publisher = match &signing {
            Some(key) => key.public(),
            None => parse(Path::new(PUBLISHER_KEY), &publisher)?,
        };
        Ok(Self {
            identity,
            publisher,
            signing,
        })
    }

    /// Imports a publisher key, secret or public, from a minisign file. Fails if the folder has another publisher key.
    pub fn import_publisher(dir: &Path, file: &Path) -> Result<(), KeysError> {
        create_folder(dir)?;
        let text = read(file)?;
        let secret = PublisherKey::from_text(&text).ok();
        let public = match &secret {
            Some(secret) => secret.public(),
            None => parse(file, &text)?,
        };
        let path = dir.join("publisher.pub");
        if path.exists() {
            let present: PublicKey = parse(&path, &read(&path)?)?;
            if present.to_string() != public.to_string() {
                return Err(KeysError::OtherPublisher);
            }
        }
        if let Some(secret) = secret {
            let path = dir.join("publisher.key");
            let text = secret.to_text().map_err(|e| fault(&path, e))?;
            read_or_create(&path, || Ok(text.expose_secret().to_owned()))?;
        }
        write_public(dir, &public)
    }

    /// The recipient that leads are sealed to.
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }

    /// The secret key that signs catalogues, or [`KeysError::PublicHalfOnly`].
    pub fn signing(&self) -> Result<&PublisherKey, KeysError> {
        self.signing.as_ref().ok_or(KeysError::PublicHalfOnly)
    }
}

fn create_folder(dir: &Path) -> Result<(), KeysError> {
    fs::create_dir_all(dir).map_err(|e| fault(dir, e))?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(|e| fault(dir, e))
}

fn write_public(dir: &Path, key: &PublicKey) -> Result<(), KeysError> {
    let path = dir.join("publisher.pub");
    let text = key.file_text().map_err(|e| fault(&path, e))?;
    read_or_create(&path, || Ok(text)).map(|_| ())
}

/// Reads a file, after creating it if it is missing. Creation is atomic: of two programs at the same time, one wins.
fn read_or_create(
    path: &Path,
    content: impl FnOnce() -> Result<String, KeysError>,
) -> Result<String, KeysError> {
    if !path.exists() {
        write_new(path, &content()?).map_err(|e| fault(path, e))?;
    }
    read(path)
}

/// Writes a file that only its owner can read, unless it exists.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    writeln!(file, "{text}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => Err(e.error),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<String, KeysError> {
    fs::read_to_string(path)
        .map(|text| text.trim_end().to_owned())
        .map_err(|e| fault(path, e))
}

fn parse<T: FromStr<Err: std::fmt::Display>>(path: &Path, text: &str) -> Result<T, KeysError> {
    text.parse().map_err(|e| fault(path, e))
}

fn fault(path: &Path, problem: impl std::fmt::Display) -> KeysError {
    KeysError::File {
        path: path.to_owned(),
        problem: problem.to_string(),
    }
}
