//! The publisher key pair as two files in the format of the public minisign tool: `KEY` and `KEY.pub`. Must not know
//! what is signed.

use expo_vault::signature::{PublicKey, PublisherKey, SignatureError};
use secrecy::ExposeSecret;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Maximum size of a key file in bytes.
const MAX_KEY_BYTES: u64 = 4 * 1024;

/// Why a key cannot be created or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file exists; a key is never overwritten.
    #[error("{0} exists already: choose another name, a key is never overwritten")]
    Exists(PathBuf),
    /// The file cannot be read or written.
    #[error("{path}: {problem}")]
    File {
        /// The file.
        path: PathBuf,
        /// Error message of the operating system.
        problem: io::Error,
    },
    /// The content is not a key.
    #[error("{path}: {problem}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: SignatureError,
    },
}

/// Creates a key pair: the secret key in `path`, readable only by its owner, and the public key in `path.pub`.
pub fn generate(path: &Path) -> Result<PublicKey, KeyError> {
    let public_path = public_path(path);
    if let Some(existing) = [path, &public_path].into_iter().find(|path| path.exists()) {
        return Err(KeyError::Exists(existing.to_owned()));
    }
    let key_error = |path: &Path| {
        let path = path.to_owned();
        move |problem| KeyError::Key { path, problem }
    };
    let key = PublisherKey::generate().map_err(key_error(path))?;
    let secret = key.to_text().map_err(key_error(path))?;
    let public = key.public().file_text().map_err(key_error(&public_path))?;
    write_new(path, secret.expose_secret(), 0o600)?;
    write_new(&public_path, &public, 0o644)?;
    Ok(key.public())
}

/// Reads the secret key in `path`.
pub fn secret(path: &Path) -> Result<PublisherKey, KeyError> {
    let text = secrecy::SecretString::from(text(path)?);
    PublisherKey::from_text(text.expose_secret()).map_err(|problem| KeyError::Key {
        path: path.to_owned(),
        problem,
    })
}

/// Reads the public key in `path`.
pub fn public(path: &Path) -> Result<PublicKey, KeyError> {
    text(path)?.parse().map_err(|problem| KeyError::Key {
        path: path.to_owned(),
        problem,
    })
}

/// `path` with `.pub` appended.
pub fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

fn text(path: &Path) -> Result<String, KeyError> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_KEY_BYTES).read_to_string(&mut text));
    read.map(|_| text).map_err(|problem| KeyError::File {
        path: path.to_owned(),
        problem,
    })
}

fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), KeyError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|problem| {
        // Remove a half-written key. If this fails too, the error names the file.
        if problem.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(path);
        }
        KeyError::File {
            path: path.to_owned(),
            problem,
        }
    })
}
