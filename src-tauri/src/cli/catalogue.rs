//! Commands for the catalogue on this kiosk.

use super::output::{Failure, Output};
use clap::Subcommand;
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::{AnswerKind, ExploreQuery, Lang};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Manage the catalogue on this kiosk.
#[derive(Subcommand)]
pub enum CatalogueCommand {
    /// Install the catalogue of a signed bundle.
    #[command(after_help = "Example:\n  expo-kiosk catalogue import /media/stick/catalogue.bundle")]
    Import {
        /// The bundle.
        file: PathBuf,
    },
    /// Check the signature of the installed catalogue and the hashes of its pictures.
    #[command(after_help = "Example:\n  expo-kiosk catalogue verify")]
    Verify,
    /// Restore the previously installed version.
    #[command(after_help = "Example:\n  expo-kiosk catalogue rollback")]
    Rollback,
    /// Show a project.
    #[command(after_help = "Example:\n  expo-kiosk catalogue show TET-JNANE --lang ar")]
    Show {
        /// Identifier of the project.
        project: String,
        /// Language of the texts.
        #[arg(long, default_value = "fr", value_parser = lang)]
        lang: Lang,
    },
    /// Search as visitors do.
    #[command(
        after_help = "Examples:\n  expo-kiosk catalogue search tetouan\n  expo-kiosk catalogue search طنجة --lang ar --limit 5 --json"
    )]
    Search {
        /// Search words; the last one can be incomplete.
        query: String,
        /// Language of the texts.
        #[arg(long, default_value = "fr", value_parser = lang)]
        lang: Lang,
        /// Maximum number of printed results.
        #[arg(long, default_value_t = 10)]
        limit: u32,
    },
}

pub fn run(kiosk: &Arc<Kiosk>, command: CatalogueCommand, output: Output) -> Result<(), Failure> {
    match command {
        CatalogueCommand::Import { file } => {
            let done = kiosk.import(&file)?;
            output.print(&done, || {
                format!(
                    "Version {}: {} projects, {} units, {} pictures.",
                    done.version, done.projects, done.units, done.pictures
                )
            })
        }
        CatalogueCommand::Verify => {
            let verified = kiosk.verify()?;
            output.print(&verified, || {
                format!(
                    "Version {} is intact: {} projects, {} pictures, {} of them missing.",
                    verified.version, verified.projects, verified.pictures, verified.missing_pictures
                )
            })
        }
        CatalogueCommand::Rollback => {
            let version = kiosk.roll_back(None)?;
            output.print(&serde_json::json!({ "version": version }), || {
                format!("Rolled back to version {version}.")
            })
        }
        CatalogueCommand::Show { project, lang } => show(kiosk, &project, lang, output),
        CatalogueCommand::Search { query, lang, limit } => search(kiosk, &query, lang, limit, output),
    }
}

fn show(kiosk: &Kiosk, id: &str, lang: Lang, output: Output) -> Result<(), Failure> {
    let page = kiosk.project(id, lang)?;
    output.print(&page, || {
        let mut text = format!(
            "{}\n{}, {}\n{}\n",
            page.title.text, page.town.text, page.region.text, page.description.text
        );
        for group in &page.groups {
            let price = |p: Option<_>| p.map_or_else(|| "-".to_owned(), dirhams);
            let _ = writeln!(
                text,
                "{}: {} of {} available, {} to {} DH TTC",
                group.title.text,
                group.available,
                group.total,
                price(group.price_from),
                price(group.price_to)
            );
        }
        text
    })
}

fn dirhams(price: expo_kiosk_core::views::Money) -> String {
    (price.0 / 100).to_string()
}

fn search(kiosk: &Kiosk, text: &str, lang: Lang, limit: u32, output: Output) -> Result<(), Failure> {
    let query = ExploreQuery {
        text: text.to_owned(),
        limit,
        ..ExploreQuery::everything(lang)
    };
    // Opens the catalogue before the measurement, because a kiosk opens it only once a day.
    kiosk.boot(Some(lang))?;
    let start = Instant::now();
    let found = kiosk.explore(&query)?;
    let took_us = start.elapsed().as_micros() as u64;
    let hits: Vec<_> = found
        .hits
        .iter()
        .map(|h| {
            serde_json::json!({
                "id": h.id, "name": h.title.text, "city": h.town.text, "region": h.region_code,
            })
        })
        .collect();
    let exact = found.answer.kind == AnswerKind::Exact;
    let value = serde_json::json!({
        "took_us": took_us, "total": found.total, "exact": exact, "answer": found.answer, "hits": hits,
        "intents": found.intents, "units": found.units,
    });
    output.print(&value, || {
        let lines = found
            .hits
            .iter()
            .map(|h| format!("{:<16} {} · {}", h.id, h.title.text, h.town.text));
        let words = found.answer.words.join(" ");
        let note = match found.answer.kind {
            AnswerKind::Exact => String::new(),
            AnswerKind::Corrected => format!(" (understood as: {words})"),
            AnswerKind::Nearby => " (no result there; these are the nearest)".to_owned(),
            AnswerKind::Partial => format!(" (without: {words})"),
            AnswerKind::Nothing => " (no result nearby)".to_owned(),
        };
        format!(
            "{} found{note}\n{}",
            found.total,
            lines.collect::<Vec<_>>().join("\n")
        )
    })
}

fn lang(code: &str) -> Result<Lang, String> {
    code.parse()
        .map_err(|e: expo_kiosk_core::views::UnknownLang| e.to_string())
}
