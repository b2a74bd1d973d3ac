//! Commands for headquarters: template, keys and bundles.

mod progress_meter;

use super::output::{Failure, Output};
use clap::{Args, Subcommand, ValueEnum};
use expo_kiosk_core::publishing::{Depth, PublishingError, TemplateLanguage, VersionOptions, Warnings};
use expo_kiosk_core::{Kiosk, LinuxMachine, publishing};
use progress_meter::ProgressMeter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Make and check signed bundles.
#[derive(Subcommand)]
pub enum BundleCommand {
    /// Make a key pair for signing, in the minisign format.
    #[command(after_help = "Example:\n  expo-kiosk bundle keygen --out publisher.key")]
    Keygen {
        /// File for the secret key; the file of the public key gets the suffix `.pub`.
        #[arg(long, value_name = "FILE", default_value = "publisher.key")]
        out: PathBuf,
    },
    /// Write an Excel template: all sheets and columns, with notes, lists and an example row.
    #[command(after_help = "Example:\n  expo-kiosk bundle template --out catalogue/catalogue.xlsx")]
    Template {
        /// The workbook; an existing file is never overwritten.
        #[arg(long, value_name = "FILE", default_value = "catalogue.xlsx")]
        out: PathBuf,
        /// Language of notes and explanations.
        #[arg(long, value_enum, default_value_t = TemplateLang::Fr)]
        lang: TemplateLang,
    },
    /// Check a folder of spreadsheets and photos. Fast, because it reads only the headers of photos.
    #[command(
        after_help = "Examples:\n  expo-kiosk bundle check catalogue/\n  expo-kiosk bundle check catalogue/ --full --lang fr"
    )]
    Check {
        /// Folder with the spreadsheets and `photos/`.
        source: PathBuf,
        /// Also decode every photo: finds everything that `build` finds.
        #[arg(long)]
        full: bool,
        #[command(flatten)]
        import: ImportArguments,
    },
    /// Build a bundle from a folder of spreadsheets and photos (see docs/catalogue-source.md).
    #[command(
        after_help = "Example:\n  expo-kiosk bundle build catalogue/ --out catalogue.bundle --key publisher.key"
    )]
    Build {
        /// Folder with the spreadsheets and `photos/`.
        source: PathBuf,
        /// The bundle; the file of its signature gets the suffix `.minisig`.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The publisher's secret key.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Catalogue version, at most a day ahead of now; by default seconds since 1970, so that later builds have
        /// higher versions.
        #[arg(long)]
        version: Option<u64>,
        /// Days after which the kiosk warns staff that the catalogue is old; visitors still see it.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
        valid_days: Option<u32>,
        /// Checkpoint format of the kiosks that read this bundle; content of a later format is left out. By default the
        /// highest one.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3))]
        format: Option<u32>,
        /// Folder that keeps prepared pictures for the next build; by default `picture-cache` next to the bundle.
        #[arg(long, value_name = "DIR", alias = "picture-cache")]
        cache: Option<PathBuf>,
        #[command(flatten)]
        import: ImportArguments,
    },
    /// Check a complete bundle without installing it.
    #[command(
        after_help = "Examples:\n  expo-kiosk bundle verify catalogue.bundle --key publisher.key.pub\n  expo-kiosk bundle verify catalogue.bundle      (with the key this kiosk trusts)"
    )]
    Verify {
        /// The bundle.
        file: PathBuf,
        /// The publisher's public key; by default the one that this kiosk trusts.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
}

/// Arguments of the commands that read a source.
#[derive(Args)]
pub struct ImportArguments {
    /// Confirm the values that are probably wrong; they are still shown.
    #[arg(long)]
    accept_warnings: bool,
    /// Language of the messages about the source.
    #[arg(long, value_enum, default_value_t = TemplateLang::En)]
    lang: TemplateLang,
}

impl ImportArguments {
    fn failure(&self, error: PublishingError) -> Failure {
        match &error {
            PublishingError::Source(faults) => Failure::new(error.code(), faults.text(self.lang.into())),
            _ => error.into(),
        }
    }

    /// The tables that were read, the warnings, and what was not read.
    fn report(&self, reading: &publishing::Reading) -> String {
        let tables = reading.tables.iter().map(|table| match self.lang {
            TemplateLang::Fr => format!("{} : {} ligne(s) lue(s)", table.file, table.rows),
            TemplateLang::En => format!("{}: {} row(s) read", table.file, table.rows),
        });
        let findings = reading.warnings.iter().chain(&reading.notes);
        let lines: Vec<String> = tables
            .chain(findings.map(|finding| finding.line(self.lang.into())))
            .collect();
        lines.join("\n")
    }
}

/// Language of the template and of messages about a source.
#[derive(Clone, Copy, ValueEnum)]
pub enum TemplateLang {
    Fr,
    En,
}

impl From<TemplateLang> for TemplateLanguage {
    fn from(lang: TemplateLang) -> Self {
        match lang {
            TemplateLang::Fr => Self::French,
            TemplateLang::En => Self::English,
        }
    }
}

pub fn run(command: BundleCommand, folder: &Path, output: Output) -> Result<(), Failure> {
    match command {
        BundleCommand::Keygen { out } => {
            let pair = publishing::keygen(&out)?;
            output.print(&pair, || {
                format!(
                    "Secret key: {}\nPublic key: {}\n{}",
                    pair.key.display(),
                    pair.public_file.display(),
                    pair.public_key
                )
            })
        }
        BundleCommand::Template { out, lang } => {
            publishing::template(&out, lang.into())?;
            output.print(&serde_json::json!({ "path": out }), || {
                format!(
                    "{}: fill it in, and put the photos in photos/ next to it.",
                    out.display()
                )
            })
        }
        BundleCommand::Check { source, full, import } => check(&source, full, &import, output),
        BundleCommand::Build {
            source,
            out,
            key,
            version,
            valid_days,
            format,
            cache,
            import,
        } => {
            let options = VersionOptions {
                version,
                valid_days,
                accept_warnings: import.accept_warnings,
                format,
            };
            let cache = cache.unwrap_or_else(|| out.with_file_name("picture-cache"));
            let mut meter = ProgressMeter::new(output);
            let built = publishing::build(&source, &out, &key, Some(&cache), options, &mut |progress| {
                meter.update(progress);
            });
            meter.finish_line();
            let built = built.map_err(|error| import.failure(error))?;
            output.print(&built, || {
                format!("{}\n{}", import.report(&built.reading), describe(&built.bundle))
            })
        }
        BundleCommand::Verify { file, key } => {
            let key = match key {
                Some(path) => publishing::public_key(&path)?,
                None => Kiosk::open(folder, Arc::new(LinuxMachine::default()))?.publisher()?,
            };
            let card = publishing::verify(&file, &key)?;
            output.print(&card, || describe(&card))
        }
    }
}

fn check(source: &Path, full: bool, import: &ImportArguments, output: Output) -> Result<(), Failure> {
    let depth = if full { Depth::Full } else { Depth::Tables };
    let warnings = if import.accept_warnings {
        Warnings::Accept
    } else {
        Warnings::Refuse
    };
    let mut meter = ProgressMeter::new(output);
    let summary = publishing::check(source, depth, warnings, &mut |progress| meter.update(progress));
    meter.finish_line();
    let summary = summary.map_err(|error| import.failure(error))?;
    output.print(&summary, || {
        let (path, report) = (source.display(), import.report(&summary.reading));
        let (projects, units, photos) = (summary.projects, summary.units, summary.photos);
        let documents = summary.documents;
        match import.lang {
            TemplateLang::Fr => format!(
                "{report}\n{path} : {projects} projets, {units} produits, {photos} photos, {documents} guides, partenaires et fichiers de règles. Aucune erreur dans les tableaux."
            ),
            TemplateLang::En => format!(
                "{report}\n{path}: {projects} projects, {units} units, {photos} photos, {documents} guides, partners, rule files and plans of the stand. No errors in the tables."
            ),
        }
    })
}

fn describe(card: &publishing::BundleSummary) -> String {
    let expiry = card
        .expires_at
        .as_ref()
        .map_or_else(String::new, |at| format!(" Expires at {at}."));
    format!(
        "{}: version {}, {} projects, {} units, {} picture files, {} guides, partners, rule files and plans of the stand, {} bytes. The signature is valid.{expiry}",
        card.path.display(),
        card.version,
        card.projects,
        card.units,
        card.pictures,
        card.documents,
        card.bytes
    )
}
