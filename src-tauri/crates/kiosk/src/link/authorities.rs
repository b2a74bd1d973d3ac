//! The stop's own certificate authorities, when it pins them: a copy in the data folder, so that the stick it came from may
//! go. Whether they are certificates is for whoever speaks TLS to say.

use crate::{Kiosk, KioskError};
use std::fs;
use std::path::{Path, PathBuf};
use store::StoreError;

/// Name of the copy in the data folder.
const FILE: &str = "authorities.pem";
/// Most bytes of such a file.
const MOST: u64 = 1024 * 1024;

impl Kiosk {
    /// The only authorities to trust, when the stop pins them.
    pub fn authorities(&self) -> Option<PathBuf> {
        Some(self.folder.join(FILE)).filter(|path| path.exists())
    }

    /// Pins the authorities in a PEM file.
    pub fn pin_authorities(&self, file: &Path) -> Result<(), KioskError> {
        let setup = |problem: String| KioskError::Setup {
            place: file.display().to_string(),
            problem,
        };
        let length = fs::metadata(file).map_err(|e| setup(e.to_string()))?.len();
        if length > MOST {
            return Err(setup("expected a PEM file with certificates".to_owned()));
        }
        let pem = fs::read(file).map_err(|e| setup(e.to_string()))?;
        if !pem
            .windows(27)
            .any(|window| window == b"-----BEGIN CERTIFICATE-----")
        {
            return Err(setup("expected a PEM file with certificates".to_owned()));
        }
        let fail = |e: std::io::Error| StoreError::io("keeping the pinned authorities", &e);
        let path = self.folder.join(FILE);
        let building = path.with_extension("new");
        fs::write(&building, pem).map_err(fail)?;
        fs::rename(building, path).map_err(fail)?;
        self.audit("authorities_pinned", String::new())
    }
}
