//! P2: search as one types, beside FTS5 with bm25, tantivy in RAM and `MiniSearch` in node: how long each keystroke
//! takes, whether what was meant is among the first five, and what is found for queries that have no answer.

mod engines;
mod noise;
mod relevance;
mod spelling;
mod success;

use crate::report::{Target, folder};
use crate::stats::{percentile, timed};
use crate::{Bench, Failure, say};
use domain::{Catalogue, fold};
use engines::{Fts, Peer};
use generator::Recipe;
use noise::Channel;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use relevance::{Relevance, relevance};
use search::Index;
use std::hint::black_box;
use std::path::PathBuf;

const SEED: u64 = 2;
/// Size, queries typed for one measurement, and how often ours repeats them: short measurements are restless.
const SIZES: [(usize, usize, usize); 3] = [(2_000, 10, 20), (10_000, 10, 10), (100_000, 3, 5)];
/// The size at which answers are looked at.
const ANSWERS_AT: usize = 10_000;
/// Queries a script and channel.
const EACH: usize = 60;
/// Queries typed for our own percentiles.
const TYPED: usize = 400;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    bench.version(
        "MiniSearch",
        format!("{} in node {}", engines::MINISEARCH, engines::node()?),
    );
    bench.version("tantivy", engines::TANTIVY);
    for (size, typed, repeats) in SIZES {
        say(&format!("{size} projects …\n"));
        let catalogue = generator::catalogue(&Recipe {
            seed: SEED,
            projects: size,
            units: size,
            pictures: 1,
        });
        let (built, index) = timed(|| Index::build(&catalogue));
        bench.figure(&format!("making the index of {size}"), built, "ms", Target::None);
        percentiles(bench, &catalogue, &index, size);
        let asked = relevance(&catalogue, SEED, if size == ANSWERS_AT { EACH } else { 1 });
        let mut peers = Peers::start(&catalogue, &keystrokes(&catalogue, typed), &asked)?;
        bench.version("SQLite", peers.fts.version()?);
        peers.race(bench, &index, size, repeats)?;
        if size == ANSWERS_AT {
            success::measure(bench, &index, &asked, &mut peers)?;
        }
    }
    Ok(())
}

/// How long ours takes for each keystroke: the best of three, so that what other programs take from the machine in the
/// middle of a search does not count as the search's.
fn percentiles(bench: &mut Bench, catalogue: &Catalogue, index: &Index, size: usize) {
    let keystrokes = keystrokes(catalogue, TYPED);
    let times = |ask: &dyn Fn(&str)| -> Vec<f64> {
        let best = |query: &String| (0..3).map(|_| timed(|| ask(query)).0).reduce(f64::min);
        keystrokes.iter().filter_map(best).collect()
    };
    let find = times(&|query| drop(black_box(index.find(query))));
    let suggest = times(&|query| drop(black_box(index.suggest(query, 6))));
    let target = if size == ANSWERS_AT {
        Target::AtMost(5.0)
    } else {
        Target::None
    };
    for (what, times, share, target) in [
        ("p50", &find, 0.5, Target::None),
        ("p99", &find, 0.99, target),
        ("slowest", &find, 1.0, Target::None),
        ("p99 of suggestions", &suggest, 0.99, target),
    ] {
        bench.figure(
            &format!("a keystroke at {size}, {what}"),
            percentile(times, share),
            "ms",
            target,
        );
    }
}

/// Every beginning of titles and towns as they are typed, every third with an error in it.
fn keystrokes(catalogue: &Catalogue, many: usize) -> Vec<String> {
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut keystrokes = Vec::new();
    for number in 0..many {
        let texts = if number % 4 == 3 {
            catalogue.towns.choose(&mut chance).map(|town| &town.name)
        } else {
            catalogue
                .projects
                .choose(&mut chance)
                .map(|project| &project.title)
        };
        let texts: Vec<&String> = texts.into_iter().flat_map(|texts| texts.0.values()).collect();
        let Some(text) = texts.choose(&mut chance) else {
            continue;
        };
        let spoiled = [Channel::AdjacentKey, Channel::Delete, Channel::Transpose][chance.random_range(0..3)];
        let text = if number % 3 == 0 {
            spoiled.spoil(text, &mut chance)
        } else {
            None
        }
        .unwrap_or_else(|| (*text).clone());
        let mut typed = String::new();
        for letter in text.chars() {
            typed.push(letter);
            keystrokes.push(typed.clone());
        }
    }
    keystrokes
}

/// The peers over the same entries.
struct Peers {
    keystrokes: Vec<String>,
    fts: Fts,
    tantivy: Peer,
    minisearch: Peer,
}

impl Peers {
    fn start(catalogue: &Catalogue, keystrokes: &[String], asked: &Relevance) -> Result<Self, Failure> {
        let entries = engines::entries(catalogue);
        let folded: Vec<String> = keystrokes.iter().map(|query| fold::for_index(query)).collect();
        let queries: Vec<String> = asked.queries().map(fold::for_index).collect();
        let place = folder().join("search");
        std::fs::create_dir_all(&place)?;
        let file = |name: &str, text: String| -> Result<PathBuf, Failure> {
            let path = place.join(name);
            std::fs::write(&path, text)?;
            Ok(path.canonicalize()?)
        };
        let files = [
            file("entries.json", serde_json::to_string(&entries)?)?,
            file("keystrokes.json", serde_json::to_string(&folded)?)?,
            file("queries.json", serde_json::to_string(&queries)?)?,
        ];
        let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        Ok(Self {
            keystrokes: keystrokes.to_vec(),
            fts: Fts::new(&entries)?,
            tantivy: engines::tantivy(&files)?,
            minisearch: engines::minisearch(&files)?,
        })
    }

    /// Ours finds everything and folds what was typed; the peers return twenty and get it folded.
    fn race(&mut self, bench: &mut Bench, index: &Index, size: usize, repeats: usize) -> Result<(), Failure> {
        let keystrokes = &self.keystrokes;
        let each = keystrokes.len() as f64;
        let mut ours = || {
            let (all, ()) = timed(|| {
                for query in (0..repeats).flat_map(|_| keystrokes) {
                    black_box(index.find(query));
                }
            });
            Ok(all / each / repeats as f64)
        };
        let what = format!("a keystroke at {size}");
        let faster = Target::AtMost(1.0);
        let folded: Vec<String> = keystrokes.iter().map(|query| fold::for_index(query)).collect();
        let fts = &self.fts;
        bench.compare(&what, "FTS5 + bm25", "ms", faster, &mut ours, &mut || {
            let (all, found) = timed(|| -> Result<(), Failure> {
                for query in &folded {
                    black_box(fts.search(query)?);
                }
                Ok(())
            });
            found?;
            Ok(all / each)
        })?;
        for (name, peer) in [
            ("tantivy", &mut self.tantivy),
            ("MiniSearch", &mut self.minisearch),
        ] {
            bench.compare(&what, name, "ms", faster, &mut ours, &mut || {
                Ok(peer.time()? / each)
            })?;
        }
        Ok(())
    }
}
