//! A kiosk with a large generated catalogue, set up as in production: the source is built into a signed bundle and
//! imported. Must not know the benches.

use crate::{Failure, print_text};
use expo_bundle::Bundle;
use expo_domain::Catalogue;
use expo_kiosk_core::{Demonstration, Kiosk, LinuxMachine, Machine, publishing};
use expo_vault::signature::PublisherKey;
use generator::{PUBLISHED_ON, Recipe};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// File name of the bundle.
const BUNDLE_FILE: &str = "catalogue.bundle";

/// A machine whose clock is fixed at a week after the publication of the generated catalogue. The same offers are valid
/// in every run.
#[derive(Default)]
pub struct FixedClockMachine(LinuxMachine);

impl Machine for FixedClockMachine {
    fn now(&self) -> Timestamp {
        let published = TimeZone::UTC.to_timestamp(PUBLISHED_ON.at(10, 0, 0, 0));
        published.unwrap_or(Timestamp::UNIX_EPOCH) + SignedDuration::from_hours(7 * 24)
    }

    fn boot_id(&self) -> String {
        self.0.boot_id()
    }

    fn machine_id(&self) -> Option<String> {
        self.0.machine_id()
    }

    fn monotonic_ms(&self) -> u64 {
        self.0.monotonic_ms()
    }

    fn disk_free(&self, path: &Path) -> u64 {
        self.0.disk_free(path)
    }

    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

/// A data folder with a large catalogue; deleted when dropped.
pub struct LargeKiosk {
    /// Contains the data folder, the source and the bundle.
    pub folder: TempDir,
    /// The generated rows.
    pub catalogue: Catalogue,
}

impl LargeKiosk {
    /// Generates a source, builds the bundle and imports it.
    pub fn create(recipe: &Recipe) -> Result<Self, Failure> {
        print_text(&format!(
            "Preparing {} projects with {} units …\n",
            recipe.projects, recipe.units
        ));
        let folder = tempfile::tempdir()?;
        let (source, out) = (folder.path().join("source"), folder.path().join(BUNDLE_FILE));
        let catalogue = generator::write_source(recipe, &source)?;
        let key = folder.path().join("publisher.key");
        std::fs::write(&key, Demonstration::PUBLISHER_KEY)?;
        publishing::build(
            &source,
            &out,
            &key,
            None,
            publishing::VersionOptions {
                accept_warnings: true,
                ..publishing::VersionOptions::default()
            },
            &mut |_| {},
        )?;
        let large_kiosk = Self { folder, catalogue };
        let kiosk = large_kiosk.open()?;
        let mut event = Demonstration::event()?;
        // The idle reset must not end the visit in the middle of a measurement.
        event.stop.idle_seconds = 600;
        kiosk.provision(&event)?;
        kiosk.import(&out)?;
        Ok(large_kiosk)
    }

    /// The imported bundle.
    pub fn bundle(&self) -> Result<Bundle, Failure> {
        let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY)?.public();
        Ok(Bundle::open(&self.folder.path().join(BUNDLE_FILE), &key)?)
    }

    /// The kiosk's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("kiosk")
    }

    /// Opens the kiosk.
    pub fn open(&self) -> Result<Kiosk, Failure> {
        Ok(Kiosk::open(&self.data(), Arc::new(FixedClockMachine::default()))?)
    }
}
