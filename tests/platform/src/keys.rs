//! The platform's keys, as files that only their owner may read or from the environment, never in the database: the age
//! identity that opens leads and the minisign key that signs catalogues. A platform that only hands on bundles made
//! elsewhere has the public half of the latter.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tempfile::NamedTempFile;
use vault::ExposeSecret;
use vault::seal::{Identity, Recipient};
use vault::signature::{PublicKey, PublisherKey};

/// Variable of the environment with the age identity that opens leads.
pub const LEADS_IDENTITY: &str = "EXPO_LEADS_IDENTITY";
/// Variable of the environment with the publisher's minisign key, secret or public.
pub const PUBLISHER_KEY: &str = "EXPO_PUBLISHER_KEY";

/// Why there are no keys.
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
    /// Another key is in use.
    #[error(
        "this store has another publisher key already, and enrolled kiosks trust it; use a new store for the other key"
    )]
    OtherPublisher,
    /// There is only the public half.
    #[error(
        "this store has no secret publisher key, so it cannot sign a catalogue; publish a bundle that was signed with it"
    )]
    PublicHalfOnly,
}

/// All keys of a store.
pub struct Keys {
    /// Opens leads.
    pub identity: Identity,
    /// Checks what is published; kiosks get it at enrolment.
    pub publisher: PublicKey,
    signing: Option<PublisherKey>,
}

impl Keys {
    /// Reads the keys in a folder, making what is missing.
    pub fn open(dir: &Path) -> Result<Self, KeysError> {
        make_folder(dir)?;
        let path = dir.join("leads.identity");
        read_or_make(&path, || {
            Ok(Identity::generate().secret_text().expose_secret().to_owned())
        })?;
        if !dir.join("publisher.pub").exists() {
            let path = dir.join("publisher.key");
            let text = read_or_make(&path, || {
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
            keep_public(dir, &public)?;
        }
        Self::read(dir)
    }

    /// Reads the keys in a folder; all must be there.
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

    /// Reads the keys of the environment: an age identity in [`LEADS_IDENTITY`], and a minisign key, secret or public, in
    /// [`PUBLISHER_KEY`]. `variable` looks one up.
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

    /// Takes over a publisher key, secret or public, from a minisign file. A store keeps its first one.
    pub fn import_publisher(dir: &Path, file: &Path) -> Result<(), KeysError> {
        make_folder(dir)?;
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
            read_or_make(&path, || Ok(text.expose_secret().to_owned()))?;
        }
        keep_public(dir, &public)
    }

    /// The recipient leads are sealed to.
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }

    /// The key that signs, if this store has it.
    pub fn signing(&self) -> Result<&PublisherKey, KeysError> {
        self.signing.as_ref().ok_or(KeysError::PublicHalfOnly)
    }
}

fn make_folder(dir: &Path) -> Result<(), KeysError> {
    fs::create_dir_all(dir).map_err(|e| fault(dir, e))?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(|e| fault(dir, e))
}

fn keep_public(dir: &Path, key: &PublicKey) -> Result<(), KeysError> {
    let path = dir.join("publisher.pub");
    let text = key.file_text().map_err(|e| fault(&path, e))?;
    read_or_make(&path, || Ok(text)).map(|_| ())
}

/// The file's text; made whole or not at all when missing, and never twice by two programs at once.
fn read_or_make(path: &Path, make: impl FnOnce() -> Result<String, KeysError>) -> Result<String, KeysError> {
    if !path.exists() {
        keep_first(path, &make()?).map_err(|e| fault(path, e))?;
    }
    read(path)
}

/// Writes a file that only its owner may read, unless somebody was quicker.
fn keep_first(path: &Path, text: &str) -> io::Result<()> {
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
