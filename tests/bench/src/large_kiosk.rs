//! A kiosk with a large generated catalogue, set up as it is in life: a source is written, built into a signed bundle
//! and imported. Must not know what is measured on it.

use crate::{Failure, say};
use bundle::Bundle;
use domain::Catalogue;
use generator::{PUBLISHED_ON, Recipe};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kiosk::{Demonstration, Kiosk, LinuxMachine, Machine, workshop};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use vault::signature::PublisherKey;

/// The bundle's name in the folder.
const BUNDLE: &str = "catalogue.bundle";

/// A machine whose clock stands a week after the generated edition, so that the same offers hold in every run.
#[derive(Default)]
pub struct Clock(LinuxMachine);

impl Machine for Clock {
    fn now(&self) -> Timestamp {
        let edition = TimeZone::UTC.to_timestamp(PUBLISHED_ON.at(10, 0, 0, 0));
        edition.unwrap_or(Timestamp::UNIX_EPOCH) + SignedDuration::from_hours(7 * 24)
    }

    fn boot_id(&self) -> String {
        self.0.boot_id()
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

/// A data folder with a large catalogue in it; gone when dropped.
pub struct Stock {
    /// The data folder and what it was made of.
    pub folder: TempDir,
    /// The rows that were written, pictures as generated.
    pub catalogue: Catalogue,
}

impl Stock {
    /// Writes, builds and imports.
    pub fn make(recipe: &Recipe) -> Result<Self, Failure> {
        say(&format!(
            "Preparing {} projects with {} units …\n",
            recipe.projects, recipe.units
        ));
        let folder = tempfile::tempdir()?;
        let (source, out) = (folder.path().join("source"), folder.path().join(BUNDLE));
        let catalogue = generator::write_source(recipe, &source)?;
        let key = folder.path().join("publisher.key");
        std::fs::write(&key, Demonstration::PUBLISHER_KEY)?;
        workshop::build(
            &source,
            &out,
            &key,
            None,
            workshop::Edition::default(),
            &mut |_| {},
        )?;
        let stock = Self { folder, catalogue };
        let kiosk = stock.open()?;
        let mut event = Demonstration::event()?;
        // Nobody touches the screen as people do: the visit must not end in the middle of a measurement.
        event.stop.idle_seconds = 600;
        kiosk.provision(&event)?;
        kiosk.import(&out)?;
        Ok(stock)
    }

    /// The bundle that was imported.
    pub fn bundle(&self) -> Result<Bundle, Failure> {
        let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY)?.public();
        Ok(Bundle::open(&self.folder.path().join(BUNDLE), &key)?)
    }

    /// The kiosk's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("kiosk")
    }

    /// Opens the kiosk.
    pub fn open(&self) -> Result<Kiosk, Failure> {
        Ok(Kiosk::open(&self.data(), Arc::new(Clock::default()))?)
    }
}
