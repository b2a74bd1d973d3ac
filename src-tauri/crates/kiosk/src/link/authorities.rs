//! Certificate authorities that a stop pins: a copy in the data folder, so that the original file is no longer needed. Must
//! not know: TLS; the client checks the certificates.

use crate::atomic_file::{Access, write_atomic};
use crate::error::KioskError;
use crate::machine::environment::Environment;
use expo_domain::audit::AuditAct;
use expo_store::StoreError;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the copy in the data folder.
const FILE: &str = "authorities.pem";
/// Maximum size of the file.
const MAX_FILE_BYTES: u64 = 1024 * 1024;
const PEM_HEADER: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The file with the only trusted authorities, if the stop pins them.
pub(crate) fn pinned(env: &Environment) -> Option<PathBuf> {
    Some(env.folder().join(FILE)).filter(|path| path.exists())
}

/// Pins the authorities in a PEM file.
pub(crate) fn pin(env: &Environment, file: &Path) -> Result<(), KioskError> {
    let invalid = |problem: String| KioskError::Setup {
        place: file.display().to_string(),
        problem,
    };
    let not_pem = || invalid("expected a PEM file with certificates".to_owned());
    let length = fs::metadata(file).map_err(|e| invalid(e.to_string()))?.len();
    if length > MAX_FILE_BYTES {
        return Err(not_pem());
    }
    let pem = fs::read(file).map_err(|e| invalid(e.to_string()))?;
    if !pem.windows(PEM_HEADER.len()).any(|window| window == PEM_HEADER) {
        return Err(not_pem());
    }
    let path = env.folder().join(FILE);
    write_atomic(&path, &path.with_extension("new"), Access::Default, |file| {
        file.write_all(&pem)
    })
    .map_err(|e| StoreError::io("storing the pinned authorities", &e))?;
    Ok(env.audit(AuditAct::AuthoritiesPinned, &[])?)
}
