//! The publisher's pair of keys as two files that the public minisign tool understands: `KEY` and `KEY.pub`.

use secrecy::ExposeSecret;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use vault::signature::{PublicKey, PublisherKey, SignatureError};

/// Most bytes of a key file.
const MAX_KEY_BYTES: u64 = 4 * 1024;

/// Why a key cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Something is there already; a key is never overwritten.
    #[error("{0} exists already: choose another name, a key is never overwritten")]
    Exists(PathBuf),
    /// The file cannot be read or written.
    #[error("{path}: {problem}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        problem: io::Error,
    },
    /// Not a key.
    #[error("{path}: {problem}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: SignatureError,
    },
}

/// Makes a pair of keys: the secret one in `path`, readable by its owner only, the public one in `path` with `.pub`.
pub fn generate(path: &Path) -> Result<PublicKey, KeyError> {
    let public_path = public_path(path);
    if let Some(there) = [path, &public_path].into_iter().find(|path| path.exists()) {
        return Err(KeyError::Exists(there.to_owned()));
    }
    let of = |path: &Path| {
        let path = path.to_owned();
        move |problem| KeyError::Key { path, problem }
    };
    let key = PublisherKey::generate().map_err(of(path))?;
    let secret = key.to_text().map_err(of(path))?;
    let public = key.public().file_text().map_err(of(&public_path))?;
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

/// `path` with `.pub` after it.
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
        // Half a key is no key; if it cannot be removed either, the sentence names the file all the same.
        if problem.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(path);
        }
        KeyError::File {
            path: path.to_owned(),
            problem,
        }
    })
}
