//! Certificate authorities that a stop pins: a copy in the data folder, so that the original file is no longer needed. A
//! setting records that they are pinned: without the copy the kiosk connects to nobody. Must not know: TLS; the client
//! checks the certificates.

use crate::atomic_file::{Access, write_atomic};
use crate::error::KioskError;
use crate::machine::environment::Environment;
use crate::settings::AUTHORITIES_PINNED;
use expo_domain::audit::AuditAct;
use expo_store::{Leads, StoreError};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the copy in the data folder.
const FILE: &str = "authorities.pem";
/// Maximum size of the file.
const MAX_FILE_BYTES: u64 = 1024 * 1024;
const PEM_HEADER: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The file with the only trusted authorities if the stop pins them, also if that file is missing or unreadable: the
/// client then refuses to connect instead of trusting the authorities of the system.
pub(crate) fn pinned(env: &Environment) -> Result<Option<PathBuf>, KioskError> {
    let path = env.folder().join(FILE);
    let is_pinned = env.settings().authorities_are_pinned()? || !matches!(path.try_exists(), Ok(false));
    Ok(is_pinned.then_some(path))
}

/// Whether the stop pins authorities whose copy holds no certificate.
pub(crate) fn are_missing(env: &Environment) -> bool {
    match pinned(env) {
        Ok(Some(path)) => !fs::read(path).is_ok_and(|pem| has_certificate(&pem)),
        Ok(None) => false,
        Err(_) => true,
    }
}

/// Records that authorities are pinned if an earlier version of the program pinned them, which left only the copy.
pub(crate) fn adopt_earlier_pin(env: &Environment, leads: &Leads) -> Result<(), KioskError> {
    if pinned(env)?.is_some() && !env.settings().authorities_are_pinned()? {
        leads.set(&[(AUTHORITIES_PINNED, &true)])?;
    }
    Ok(())
}

/// Certificate authorities that can be pinned.
pub(crate) struct Authorities {
    pem: Vec<u8>,
}

impl Authorities {
    /// Reads a PEM file.
    pub fn read(file: &Path) -> Result<Self, KioskError> {
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
        if has_certificate(&pem) {
            Ok(Self { pem })
        } else {
            Err(not_pem())
        }
    }

    /// Pins them. The setting comes first: a failure in between stops connections and never widens trust.
    pub fn pin(&self, env: &Environment, leads: &Leads) -> Result<(), KioskError> {
        leads.set(&[(AUTHORITIES_PINNED, &true)])?;
        let path = env.folder().join(FILE);
        write_atomic(&path, &path.with_extension("new"), Access::Default, |file| {
            file.write_all(&self.pem)
        })
        .map_err(|e| StoreError::io("storing the pinned authorities", &e))?;
        Ok(env.audit(AuditAct::AuthoritiesPinned, &[])?)
    }
}

fn has_certificate(pem: &[u8]) -> bool {
    pem.windows(PEM_HEADER.len()).any(|window| window == PEM_HEADER)
}
