//! `generator`: writes a large invented catalogue as a source folder, for `expo-kiosk bundle build`.

use clap::Parser;
use generator::{Recipe, write_source};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes a large invented catalogue as a source folder: CSV tables and photos, the same for the same numbers.
#[derive(Parser)]
#[command(
    after_help = "Example:\n  cargo run --release -p generator -- --projects 2000 --units 100000 --pictures 200 --out large\n  expo-kiosk bundle build large --out large.bundle --key assets/demo/publisher.key"
)]
struct Arguments {
    /// Another seed gives another catalogue.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Projects.
    #[arg(long, default_value_t = 2_000)]
    projects: usize,
    /// Units in all.
    #[arg(long, default_value_t = 100_000)]
    units: usize,
    /// Different photos; every project has at least a cover, so fewer photos than projects are used several times.
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
            let said = format!(
                "{}: {} projects in {} towns, {} units, {} pictures\n",
                out.display(),
                catalogue.projects.len(),
                catalogue.towns.len(),
                catalogue.units.len(),
                catalogue.pictures.len()
            );
            // A reader that has gone away does not make the folder less written.
            let _ = std::io::stdout().write_all(said.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
