//! `simulation`: runs seeds and reports violated invariants. Exit code 0 if all invariants hold, 1 if one is violated,
//! 2 for wrong usage.

use clap::Parser;
use simulation::{Fixture, Mutant, SweepReport, run, sweep};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Instant;

const EXAMPLES: &str = "Examples:
  cargo run --release -p simulation -- --seeds 10000
  cargo run -p simulation -- --seed 1234
  cargo run -p simulation -- --seeds 300 --mutant settles-on-refusal";

/// Simulates kiosks, networks, a platform, clocks and disks from one seed, injects faults, and checks invariants.
#[derive(Parser)]
#[command(name = "simulation", after_help = EXAMPLES)]
struct Args {
    /// Run this seed and print all events.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Number of seeds to run.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// First seed to run.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Number of threads [default: number of cores].
    #[arg(long)]
    threads: Option<usize>,
    /// Break this rule. The simulation must detect it.
    #[arg(long)]
    mutant: Option<Mutant>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let fixture = match Fixture::new() {
        Ok(fixture) => Arc::new(fixture),
        Err(error) => return fail(&error.to_string()),
    };
    if let Some(seed) = args.seed {
        return run_verbosely(&fixture, seed, args.mutant);
    }
    let started = Instant::now();
    let threads = args
        .threads
        .unwrap_or_else(|| available_parallelism().map_or(1, std::num::NonZero::get));
    let report = sweep(&fixture, args.from..args.from + args.seeds, args.mutant, threads);
    print(&summary(&report, started.elapsed().as_secs_f64(), threads));
    match report.failures.first() {
        None => ExitCode::SUCCESS,
        Some(failure) => fail(&failure.to_string()),
    }
}

/// Runs one seed and prints its events.
fn run_verbosely(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> ExitCode {
    let report = match run(fixture, seed, mutant) {
        Ok(report) => report,
        Err(error) => return fail(&error.to_string()),
    };
    for (at, event) in &report.events {
        print(&format!("{:>9.3}  {event}", at.as_secs_f64()));
    }
    match report.violation {
        None => {
            print(&format!("seed {seed}: all invariants hold"));
            ExitCode::SUCCESS
        }
        Some(violation) => fail(&format!("seed {seed}: {violation}")),
    }
}

fn summary(report: &SweepReport, seconds: f64, threads: usize) -> String {
    let milliseconds = report.counts.get("virtual milliseconds").copied().unwrap_or(0);
    let counts = report
        .counts
        .iter()
        .filter(|(name, _)| **name != "virtual milliseconds");
    let lines: Vec<String> = counts
        .map(|(name, count)| format!("{count:>10}  {name}"))
        .collect();
    format!(
        "{}\n{} seeds, {:.0} virtual hours, {seconds:.0} s on {threads} threads",
        lines.join("\n"),
        report.seeds,
        milliseconds as f64 / 3_600_000.0
    )
}

fn print(text: &str) {
    // A closed standard output does not change the exit code.
    writeln!(io::stdout(), "{text}").ok();
}

fn fail(text: &str) -> ExitCode {
    writeln!(io::stderr(), "{text}").ok();
    ExitCode::FAILURE
}
