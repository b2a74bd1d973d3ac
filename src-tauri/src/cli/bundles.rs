//! Headquarters' tools: keys and bundles.

use super::output::{Failure, Output};
use clap::Subcommand;
use kiosk::{Kiosk, LinuxMachine, workshop};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Signed bundles.
#[derive(Subcommand)]
pub enum Bundles {
    /// Make a publisher's pair of keys, in the format of minisign.
    #[command(after_help = "Example:\n  expo-kiosk bundle keygen --out publisher.key")]
    Keygen {
        /// File for the secret key; the public one gets `.pub`.
        #[arg(long, value_name = "FILE", default_value = "publisher.key")]
        out: PathBuf,
    },
    /// Build a bundle from a folder of spreadsheets and photos (see docs/catalogue-source.md).
    #[command(
        after_help = "Example:\n  expo-kiosk bundle build catalogue/ --out catalogue.bundle --key publisher.key"
    )]
    Build {
        /// Folder with the spreadsheets and `photos/`.
        source: PathBuf,
        /// The bundle; its signature gets `.minisig`.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The publisher's secret key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Version; seconds since 1970 when absent, so that later builds are higher.
        #[arg(long)]
        version: Option<u64>,
        /// Folder that keeps prepared pictures for the next build.
        #[arg(long, value_name = "DIR")]
        picture_cache: Option<PathBuf>,
    },
    /// Check a bundle whole, without installing it.
    #[command(
        after_help = "Examples:\n  expo-kiosk bundle verify catalogue.bundle --key publisher.key.pub\n  expo-kiosk bundle verify catalogue.bundle      (with the key this kiosk trusts)"
    )]
    Verify {
        /// The bundle.
        file: PathBuf,
        /// The publisher's public key; the one this kiosk trusts when absent.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
}

pub fn run(command: Bundles, folder: &Path, output: Output) -> Result<(), Failure> {
    match command {
        Bundles::Keygen { out } => {
            let pair = workshop::keygen(&out)?;
            output.print(&pair, || {
                format!(
                    "Secret key: {}\nPublic key: {}\n{}",
                    pair.key.display(),
                    pair.public_file.display(),
                    pair.public_key
                )
            })
        }
        Bundles::Build {
            source,
            out,
            key,
            version,
            picture_cache,
        } => {
            let mut told = 0;
            let built = workshop::build(
                &source,
                &out,
                &key,
                picture_cache.as_deref(),
                version,
                &mut |done, of| {
                    if done == of || done >= told + 20 {
                        told = done;
                        output.progress(&format!("{done} of {of} photos prepared"));
                    }
                },
            )?;
            output.print(&built, || describe(&built))
        }
        Bundles::Verify { file, key } => {
            let key = match key {
                Some(path) => workshop::public_key(&path)?,
                None => Kiosk::open(folder, Arc::new(LinuxMachine::default()))?.publisher()?,
            };
            let card = workshop::verify(&file, &key)?;
            output.print(&card, || describe(&card))
        }
    }
}

fn describe(card: &workshop::BundleCard) -> String {
    format!(
        "{}: version {}, {} projects, {} units, {} picture files, {} bytes. Signature holds.",
        card.path.display(),
        card.version,
        card.projects,
        card.units,
        card.pictures,
        card.bytes
    )
}
