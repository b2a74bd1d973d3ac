//! The command `generator`: writes a large invented catalogue as a source folder for `expo-kiosk bundle build`.

use clap::Parser;
use generator::{Recipe, write_source};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes a large invented catalogue as a source folder with CSV tables and photos. The same options give the same
/// files.
#[derive(Parser)]
#[command(
    after_help = "Example:\n  cargo run --release -p generator -- --projects 2000 --units 100000 --pictures 200 --out large\n  expo-kiosk bundle build large --out large.bundle --key assets/demo/publisher.key"
)]
struct Arguments {
    /// Seed; another seed gives another catalogue.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of projects.
    #[arg(long, default_value_t = 2_000)]
    projects: usize,
    /// Total number of units.
    #[arg(long, default_value_t = 100_000)]
    units: usize,
    /// Number of different photos. Every project has a cover, so with fewer photos than projects, projects share
    /// photos.
    #[arg(long, default_value_t = 200)]
    pictures: usize,
    /// Folder to write.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let Arguments {
        seed,
        projects,
        units,
        pictures,
        out,
    } = Arguments::parse();
    let recipe = Recipe {
        seed,
        projects,
        units,
        pictures,
    };
    match write_source(&recipe, &out) {
        Ok(catalogue) => {
            let summary = format!(
                "{}: {} projects in {} towns, {} units, {} pictures\n",
                out.display(),
                catalogue.projects.len(),
                catalogue.towns.len(),
                catalogue.units.len(),
                catalogue.pictures.len()
            );
            // The folder is complete even if standard output is closed.
            let _ = std::io::stdout().write_all(summary.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
