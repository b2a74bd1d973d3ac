//! Tests of complete bundles, built from the sample source.

mod building;
mod hostile;
mod key_files;
mod opening;
pub(crate) mod sample;
mod verification;

use crate::{BuildOutput, Bundle, Options, Refusal, VerifiedCheckpoint, build, open_snapshot};
use expo_domain::Catalogue;
use expo_protocol::SignedCheckpoint;
use expo_vault::signature::{PublicKey, PublisherKey};
use jiff::Timestamp;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

const PUBLISHED: Timestamp = Timestamp::constant(1_795_000_000, 0);
const OPTIONS: Options<'static> = Options {
    version: None,
    published_at: PUBLISHED,
    expires_at: None,
    cache: None,
};

struct Sample {
    folder: TempDir,
    key: PublisherKey,
    output: BuildOutput,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::create_dir(&source).unwrap();
        sample::write(&source);
        let key = PublisherKey::generate().unwrap();
        let out = folder.path().join("out/demo.bundle");
        let output = build(&source, &out, &key, &OPTIONS, &mut |_| {}).unwrap();
        Self { folder, key, output }
    }

    fn source(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    /// Checkpoint and snapshot of a bundle. Signatures contain random bytes and are left out.
    fn contents(&self, path: &Path) -> (String, Vec<u8>) {
        let bundle = self.open(path).unwrap();
        (bundle.checkpoint.signed().checkpoint.clone(), bundle.snapshot)
    }

    fn open(&self, path: &Path) -> Result<Bundle, Refusal> {
        Bundle::open(path, &self.key.public())
    }

    /// A bundle file with these bytes and without a signature file.
    fn file_with(&self, bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new_in(self.folder.path()).unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    /// The refusal of a bundle file with these bytes.
    fn refusal(&self, bytes: &[u8]) -> Refusal {
        self.open(self.file_with(bytes).path())
            .expect_err("the bundle is refused")
    }

    /// Names and bytes of the entries of the bundle.
    fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let bytes = fs::read(&self.output.path).unwrap();
        let mut archive = tar::Archive::new(&bytes[..]);
        let entries = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.path().unwrap().display().to_string(), bytes)
        });
        entries.collect()
    }
}

/// A tar file with these entries.
fn tar_file(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        // Set the bytes directly: `set_path` rejects some of the names used here.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append(&header, &bytes[..]).unwrap();
    }
    archive.into_inner().unwrap()
}

/// Verifies a checkpoint and the snapshot that it describes.
fn open_signed(signed: &SignedCheckpoint, compressed: &[u8], key: &PublicKey) -> Result<Catalogue, Refusal> {
    open_snapshot(&VerifiedCheckpoint::open(signed, key)?, compressed)
}

/// Shared by all tests that only read it, because creating keys and pictures takes time.
static SAMPLE: LazyLock<Sample> = LazyLock::new(Sample::new);
