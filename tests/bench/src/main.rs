//! `bench`: measures the program beside its peers, in one run, and says on which machine. Never part of the program.
//!
//! A bench is a function that takes a [`Bench`]: it sets its peers up, compares two ways of doing the same with
//! [`Bench::compare`], and notes single figures with [`Bench::figure`]. It joins by a row in [`BENCHES`].

mod change;
mod drain;
mod facets;
mod machine;
mod paint;
mod peers;
mod pictures;
mod report;
mod runner;
mod search;
mod stats;
mod stock;

use clap::Parser;
use report::Report;
use runner::Runner;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Anything that went wrong, as a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a bench works with.
pub struct Bench {
    /// Compares two ways.
    pub runner: Runner,
    /// What is printed and kept.
    pub report: Report,
}

/// Name, what it measures, and how.
type Row = (&'static str, &'static str, fn(&mut Bench) -> Result<(), Failure>);

/// Every bench.
const BENCHES: &[Row] = &[
    (
        "change",
        "P7: a change of one percent, beside zstd, bsdiff and plain inserts, and searches meanwhile",
        change::run,
    ),
    (
        "drain",
        "P8: 100,000 waiting leads and 1,000 kiosks, on SQLite and PostgreSQL, beside a bare sink",
        drain::run,
    ),
    (
        "facets",
        "P3: facet counts with 100,000 units, beside a plain SQL scan",
        facets::run,
    ),
    (
        "paint",
        "opening a list of 2,000 projects, and memory with it, beside Chromium in kiosk mode",
        paint::run,
    ),
    (
        "search",
        "P2: search as one types, beside FTS5, tantivy and MiniSearch",
        search::run,
    ),
    (
        "pictures",
        "P9: photographs made into three sizes, and memory with it, beside vipsthumbnail",
        pictures::run,
    ),
];

/// Measures the program beside its peers.
#[derive(Parser)]
#[command(
    after_help = "Examples:\n  cargo run --release -p bench -- list\n  cargo run --release -p bench -- facets --pairs 31"
)]
struct Arguments {
    /// A bench, or `list`.
    #[arg(default_value = "list")]
    name: String,
    /// Pairs of measurements.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(15..))]
    pairs: u32,
    /// Serves the windows over a data folder: what stands behind the browser in `paint`.
    #[arg(long, hide = true, value_name = "DATA")]
    serve: Option<PathBuf>,
    /// Prepares the photographs in a folder: what is weighed in `pictures`.
    #[arg(long, hide = true, value_name = "DIR")]
    prepare: Option<PathBuf>,
    /// Takes leads and writes them into a file: the peer in `drain`.
    #[arg(long, hide = true, value_name = "FILE")]
    sink: Option<PathBuf>,
    /// With this key it opens every lead before.
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
    let behind = serve.map(|data| paint::serve(&data));
    let behind = behind.or_else(|| prepare.map(|place| pictures::prepare(&place)));
    if let Some(done) = behind.or_else(|| sink.map(|file| drain::sink::serve(&file, opens.as_deref()))) {
        return match done {
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
            .map(|(name, what, _)| format!("{name:<12} {what}\n"));
        say(&lines.collect::<String>());
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

/// Whether every target holds. A void run and a missing peer are failures.
fn measure(name: &str, pairs: u32) -> Result<bool, Failure> {
    let Some((name, _, run)) = BENCHES.iter().find(|(known, ..)| *known == name) else {
        return Err("there is no such bench; `list` names them".into());
    };
    if cfg!(debug_assertions) {
        return Err("figures of a build without optimisation mean nothing; add --release".into());
    }
    let mut bench = Bench {
        runner: Runner {
            pairs: pairs as usize,
            warm_ups: 2,
        },
        report: Report::new(name),
    };
    run(&mut bench)?;
    let path = bench.report.keep()?;
    say(&format!("{}\nKept in {}\n", bench.report, path.display()));
    if let Some(void) = bench.report.void() {
        return Err(format!("the run is void: {void}").into());
    }
    Ok(bench.report.holds())
}

/// Says something on the way.
pub fn say(text: &str) {
    // A reader that has gone away does not make the measurement less true.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
