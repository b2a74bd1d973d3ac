//! `bench`: compares the program with peers in one run, and records the machine. Never part of the program.
//!
//! A bench is a function that takes a [`Bench`]: it sets up its peers, compares two implementations with
//! [`Bench::compare`], and records single figures with [`Bench::figure`]. Each bench has a row in [`BENCHES`].

mod delta;
mod drain;
mod facets;
mod large_kiosk;
mod machine;
mod paint;
mod peers;
mod pictures;
mod report;
mod runner;
mod search;
mod stats;

use clap::Parser;
use report::Report;
use runner::Runner;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Any error; its text is a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Context of a bench.
pub struct Bench {
    /// Runs comparisons.
    pub runner: Runner,
    /// Collects the results.
    pub report: Report,
}

/// Name, description, and function of a bench.
type Row = (&'static str, &'static str, fn(&mut Bench) -> Result<(), Failure>);

/// All benches.
const BENCHES: &[Row] = &[
    (
        "change",
        "P7: a delta of one percent, compared with zstd, bsdiff and plain inserts, and searches during its installation",
        delta::run,
    ),
    (
        "drain",
        "P8: 100,000 waiting leads and 1,000 kiosks, on SQLite and PostgreSQL, compared with a minimal sink",
        drain::run,
    ),
    (
        "facets",
        "P3: facet counts with 100,000 units, compared with a plain SQL scan",
        facets::run,
    ),
    (
        "paint",
        "time to open a list of 2,000 projects, and memory, compared with Chromium in kiosk mode",
        paint::run,
    ),
    (
        "search",
        "P2: search at each keystroke, compared with FTS5, tantivy and MiniSearch",
        search::run,
    ),
    (
        "pictures",
        "P9: photographs resized to three sizes, and memory, compared with vipsthumbnail",
        pictures::run,
    ),
];

/// Measures the program and compares it with peers.
#[derive(Parser)]
#[command(
    after_help = "Examples:\n  cargo run --release -p bench -- list\n  cargo run --release -p bench -- facets --pairs 31"
)]
struct Arguments {
    /// Name of a bench, or `list`.
    #[arg(default_value = "list")]
    name: String,
    /// Number of pairs of measurements.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(15..))]
    pairs: u32,
    /// Serves the windows over a data folder: the server behind the browser in `paint`.
    #[arg(long, hide = true, value_name = "DATA")]
    serve: Option<PathBuf>,
    /// Resizes the photographs in a folder: the process whose memory `pictures` measures.
    #[arg(long, hide = true, value_name = "DIR")]
    prepare: Option<PathBuf>,
    /// Receives leads and writes them to a file: the peer in `drain`.
    #[arg(long, hide = true, value_name = "FILE")]
    sink: Option<PathBuf>,
    /// Identity with which `--sink` opens each lead before writing.
    #[arg(long, hide = true, value_name = "FILE")]
    opens: Option<PathBuf>,
}

fn main() -> ExitCode {
    let Arguments {
        name,
        pairs,
        serve,
        prepare,
        sink,
        opens,
    } = Arguments::parse();
    let helper = serve.map(|data| paint::serve(&data));
    let helper = helper.or_else(|| prepare.map(|folder| pictures::prepare(&folder)));
    if let Some(result) = helper.or_else(|| sink.map(|file| drain::sink::serve(&file, opens.as_deref()))) {
        return match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                let _ = writeln!(std::io::stderr(), "{failure}");
                ExitCode::FAILURE
            }
        };
    }
    if name == "list" {
        let lines = BENCHES
            .iter()
            .map(|(name, description, _)| format!("{name:<12} {description}\n"));
        print_text(&lines.collect::<String>());
        return ExitCode::SUCCESS;
    }
    match measure(&name, pairs) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "{name}: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a bench. Returns whether every target is met. A void run or a missing peer is an error.
fn measure(name: &str, pairs: u32) -> Result<bool, Failure> {
    let Some((name, _, run)) = BENCHES.iter().find(|(known, ..)| *known == name) else {
        return Err("unknown bench; `list` shows all of them".into());
    };
    if cfg!(debug_assertions) {
        return Err("measurements need an optimised build; add --release".into());
    }
    let mut bench = Bench {
        runner: Runner {
            pairs: pairs as usize,
            warm_ups: 2,
        },
        report: Report::new(name),
    };
    run(&mut bench)?;
    let path = bench.report.save()?;
    print_text(&format!("{}\nSaved to {}\n", bench.report, path.display()));
    if let Some(reason) = bench.report.void_reason() {
        return Err(format!("the run is void: {reason}").into());
    }
    Ok(bench.report.targets_met())
}

/// Prints to standard output without a line break.
pub fn print_text(text: &str) {
    // A closed pipe does not stop the measurement.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
