//! `simulation`: runs seeds and says what happened. Exit 0 when every promise was kept, 1 when one was broken, 2 for
//! wrong usage.

use clap::Parser;
use simulation::{Fixture, Mutant, Sweep, run, sweep};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Instant;

const EXAMPLES: &str = "Examples:
  cargo run --release -p simulation -- --seeds 10000
  cargo run -p simulation -- --seed 1234
  cargo run -p simulation -- --seeds 300 --mutant settles-on-refusal";

/// Kiosks, a network, a platform, clocks and disks from one seed, and promises that hold whatever fails.
#[derive(Parser)]
#[command(name = "simulation", after_help = EXAMPLES)]
struct Args {
    /// Run this seed and tell all that happens in it.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Run so many seeds.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// On so many threads; on all cores when absent.
    #[arg(long)]
    threads: Option<usize>,
    /// With this rule broken: the simulation should find it out.
    #[arg(long)]
    mutant: Option<Mutant>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let fixture = match Fixture::make() {
        Ok(fixture) => Arc::new(fixture),
        Err(trouble) => return fail(&trouble.to_string()),
    };
    if let Some(seed) = args.seed {
        return tell(&fixture, seed, args.mutant);
    }
    let began = Instant::now();
    let threads = args
        .threads
        .unwrap_or_else(|| available_parallelism().map_or(1, std::num::NonZero::get));
    let done = sweep(&fixture, args.from..args.from + args.seeds, args.mutant, threads);
    say(&summary(&done, began.elapsed().as_secs_f64(), threads));
    match done.failures.first() {
        None => ExitCode::SUCCESS,
        Some(failure) => fail(&failure.to_string()),
    }
}

/// One seed, with all that happens in it.
fn tell(fixture: &Arc<Fixture>, seed: u64, mutant: Option<Mutant>) -> ExitCode {
    let pages = match run(fixture, seed, mutant) {
        Ok(pages) => pages,
        Err(trouble) => return fail(&trouble.to_string()),
    };
    for (at, line) in &pages.lines {
        say(&format!("{:>9.3}  {line}", at.as_secs_f64()));
    }
    match pages.broken {
        None => {
            say(&format!("seed {seed}: every promise was kept"));
            ExitCode::SUCCESS
        }
        Some(what) => fail(&format!("seed {seed}: {what}")),
    }
}

fn summary(done: &Sweep, seconds: f64, threads: usize) -> String {
    let milliseconds = done.counts.get("virtual milliseconds").copied().unwrap_or(0);
    let counts = done
        .counts
        .iter()
        .filter(|(kind, _)| **kind != "virtual milliseconds");
    let lines: Vec<String> = counts
        .map(|(kind, count)| format!("{count:>10}  {kind}"))
        .collect();
    format!(
        "{}\n{} seeds, {:.0} virtual hours, {seconds:.0} s on {threads} threads",
        lines.join("\n"),
        done.seeds,
        milliseconds as f64 / 3_600_000.0
    )
}

fn say(text: &str) {
    // A reader that has gone away changes nothing.
    writeln!(io::stdout(), "{text}").ok();
}

fn fail(text: &str) -> ExitCode {
    writeln!(io::stderr(), "{text}").ok();
    ExitCode::FAILURE
}
