//! Headquarters' tools: the template, keys and bundles.

mod meter;

use super::output::{Failure, Output};
use clap::{Subcommand, ValueEnum};
use kiosk::workshop::{Edition, Tongue};
use kiosk::{Kiosk, LinuxMachine, workshop};
use meter::Meter;
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
    /// Write an Excel workbook to fill in: every sheet and column, with notes, lists and an example row.
    #[command(after_help = "Example:\n  expo-kiosk bundle template --out catalogue/catalogue.xlsx")]
    Template {
        /// The workbook; never written over a file.
        #[arg(long, value_name = "FILE", default_value = "catalogue.xlsx")]
        out: PathBuf,
        /// Language of notes and explanations.
        #[arg(long, value_enum, default_value_t = TemplateLang::Fr)]
        lang: TemplateLang,
    },
    /// Look for faults in a folder of spreadsheets and photos, quickly: of photos only the headers are read.
    #[command(after_help = "Example:\n  expo-kiosk bundle check catalogue/")]
    Check {
        /// Folder with the spreadsheets and `photos/`.
        source: PathBuf,
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
        /// Days after which staff are told that a newer catalogue was to come; it is shown all the same.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
        valid_days: Option<u32>,
        /// Folder that keeps prepared pictures for the next build; `picture-cache` beside the bundle when absent.
        #[arg(long, value_name = "DIR", alias = "picture-cache")]
        cache: Option<PathBuf>,
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

/// Language of the template.
#[derive(Clone, Copy, ValueEnum)]
pub enum TemplateLang {
    Fr,
    En,
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
        Bundles::Template { out, lang } => {
            let tongue = match lang {
                TemplateLang::Fr => Tongue::French,
                TemplateLang::En => Tongue::English,
            };
            workshop::template(&out, tongue)?;
            output.print(&serde_json::json!({ "path": out }), || {
                format!(
                    "{}: fill it in, and put the photos into photos/ beside it.",
                    out.display()
                )
            })
        }
        Bundles::Check { source } => {
            let found = workshop::check(&source)?;
            output.print(&found, || {
                format!(
                    "{}: {} projects, {} units, {} photos. No fault in the tables.",
                    source.display(),
                    found.projects,
                    found.units,
                    found.photos
                )
            })
        }
        Bundles::Build {
            source,
            out,
            key,
            version,
            valid_days,
            cache,
        } => {
            let edition = Edition { version, valid_days };
            let cache = cache.unwrap_or_else(|| out.with_file_name("picture-cache"));
            let mut meter = Meter::new(output);
            let built = workshop::build(&source, &out, &key, Some(&cache), edition, &mut |step| {
                meter.tell(step);
            });
            meter.end();
            let built = built?;
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
    let until = card
        .expires_at
        .as_ref()
        .map_or_else(String::new, |at| format!(" To be replaced by {at}."));
    format!(
        "{}: version {}, {} projects, {} units, {} picture files, {} bytes. Signature holds.{until}",
        card.path.display(),
        card.version,
        card.projects,
        card.units,
        card.pictures,
        card.bytes
    )
}
