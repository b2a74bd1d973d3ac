//! P2: search at each keystroke, compared with FTS5 with bm25, tantivy in RAM and `MiniSearch` in node. Measures the time
//! per keystroke, success@5, and results for queries that have no answer.

mod engines;
mod judged_queries;
mod noise;
mod success;
mod transliteration;

use crate::report::{Target, folder};
use crate::stats::{percentile, timed};
use crate::{Bench, Failure, print_text};
use engines::{Fts, Peer};
use expo_domain::{Catalogue, fold};
use expo_search::Index;
use generator::Recipe;
use judged_queries::{JudgedQueries, judged_queries};
use noise::Channel;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::hint::black_box;
use std::path::PathBuf;

const SEED: u64 = 2;
/// Seeds for the quality of answers that no rule of the search was tuned on. Do not look at their queries.
const UNSEEN_SEEDS: [u64; 3] = [7_001, 7_002, 7_003];
/// Number of projects, texts typed per measurement, and repetitions by ours, because short measurements are unstable.
const SIZES: [(usize, usize, usize); 3] = [(2_000, 10, 20), (10_000, 10, 10), (100_000, 3, 5)];
/// Number of projects at which the quality of answers is measured.
const QUALITY_SIZE: usize = 10_000;
/// Queries per script and channel.
const QUERIES_PER_CHANNEL: usize = 60;
/// Texts typed for the percentiles of ours.
const PERCENTILE_TEXTS: usize = 400;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    bench.version(
        "MiniSearch",
        format!(
            "{} in node {}",
            engines::MINISEARCH_VERSION,
            engines::node_version()?
        ),
    );
    bench.version("tantivy", engines::TANTIVY_VERSION);
    for (size, typed, repeats) in SIZES {
        print_text(&format!("{size} projects …\n"));
        let catalogue = generator::catalogue(&Recipe {
            seed: SEED,
            projects: size,
            units: size,
            pictures: 1,
        });
        let (built, index) = timed(|| Index::build(&catalogue));
        bench.figure(
            &format!("building the index of {size} projects"),
            built,
            "ms",
            Target::None,
        );
        measure_percentiles(bench, &catalogue, &index, size);
        let judged = judged_queries(
            &catalogue,
            SEED,
            if size == QUALITY_SIZE {
                QUERIES_PER_CHANNEL
            } else {
                1
            },
        );
        let mut peers = Peers::start(&catalogue, &keystrokes(&catalogue, typed), &judged)?;
        bench.version("SQLite", peers.fts.version()?);
        peers.compare(bench, &index, size, repeats)?;
        if size == QUALITY_SIZE {
            success::measure(bench, &index, &judged, &mut peers)?;
            success::measure_unseen(bench, &UNSEEN_SEEDS, size, QUERIES_PER_CHANNEL);
        }
    }
    Ok(())
}

/// Time of ours per keystroke. Takes the best of three, so that interruptions by other programs do not count.
fn measure_percentiles(bench: &mut Bench, catalogue: &Catalogue, index: &Index, size: usize) {
    let keystrokes = keystrokes(catalogue, PERCENTILE_TEXTS);
    let times = |search: &dyn Fn(&str)| -> Vec<f64> {
        let best = |query: &String| (0..3).map(|_| timed(|| search(query)).0).reduce(f64::min);
        keystrokes.iter().filter_map(best).collect()
    };
    let find = times(&|query| drop(black_box(index.search(query))));
    let suggest = times(&|query| drop(black_box(index.suggest(query, 6))));
    let target = if size == QUALITY_SIZE {
        Target::AtMost(5.0)
    } else {
        Target::None
    };
    for (label, times, share, target) in [
        ("p50", &find, 0.5, Target::None),
        ("p99", &find, 0.99, target),
        ("slowest", &find, 1.0, Target::None),
        ("p99 of suggestions", &suggest, 0.99, target),
    ] {
        bench.figure(
            &format!("keystroke with {size} projects, {label}"),
            percentile(times, share),
            "ms",
            target,
        );
    }
}

/// Every prefix of `count` titles and town names, as they are typed. Every third text has an error.
fn keystrokes(catalogue: &Catalogue, count: usize) -> Vec<String> {
    let mut rng = StdRng::seed_from_u64(SEED);
    let mut keystrokes = Vec::new();
    for number in 0..count {
        let texts = if number % 4 == 3 {
            catalogue.towns.choose(&mut rng).map(|town| &town.name)
        } else {
            catalogue.projects.choose(&mut rng).map(|project| &project.title)
        };
        let texts: Vec<&String> = texts.into_iter().flat_map(|texts| texts.0.values()).collect();
        let Some(text) = texts.choose(&mut rng) else {
            continue;
        };
        let channel = [Channel::AdjacentKey, Channel::Delete, Channel::Transpose][rng.random_range(0..3)];
        let text = if number % 3 == 0 {
            channel.apply(text, &mut rng)
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

/// The peers, with the same entries indexed.
struct Peers {
    keystrokes: Vec<String>,
    fts: Fts,
    tantivy: Peer,
    minisearch: Peer,
}

impl Peers {
    fn start(catalogue: &Catalogue, keystrokes: &[String], judged: &JudgedQueries) -> Result<Self, Failure> {
        let entries = engines::entries(catalogue);
        let folded_keystrokes: Vec<String> = keystrokes.iter().map(|query| fold::for_index(query)).collect();
        let queries: Vec<String> = judged.queries().map(fold::for_index).collect();
        let target = folder().join("search");
        std::fs::create_dir_all(&target)?;
        let write = |name: &str, text: String| -> Result<PathBuf, Failure> {
            let path = target.join(name);
            std::fs::write(&path, text)?;
            Ok(path.canonicalize()?)
        };
        let files = [
            write("entries.json", serde_json::to_string(&entries)?)?,
            write("keystrokes.json", serde_json::to_string(&folded_keystrokes)?)?,
            write("queries.json", serde_json::to_string(&queries)?)?,
        ];
        let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        Ok(Self {
            keystrokes: keystrokes.to_vec(),
            fts: Fts::new(&entries)?,
            tantivy: engines::tantivy(&files)?,
            minisearch: engines::minisearch(&files)?,
        })
    }

    /// Compares the time per keystroke. Ours folds the query and returns all results. The peers get folded queries and return
    /// twenty results.
    fn compare(
        &mut self,
        bench: &mut Bench,
        index: &Index,
        size: usize,
        repeats: usize,
    ) -> Result<(), Failure> {
        let keystrokes = &self.keystrokes;
        let count = keystrokes.len() as f64;
        let mut ours = || {
            let (total, ()) = timed(|| {
                for query in (0..repeats).flat_map(|_| keystrokes) {
                    black_box(index.search(query));
                }
            });
            Ok(total / count / repeats as f64)
        };
        let label = format!("keystroke with {size} projects");
        let faster = Target::AtMost(1.0);
        let folded: Vec<String> = keystrokes.iter().map(|query| fold::for_index(query)).collect();
        let fts = &self.fts;
        bench.compare(&label, "FTS5 + bm25", "ms", faster, &mut ours, &mut || {
            let (total, result) = timed(|| -> Result<(), Failure> {
                for query in &folded {
                    black_box(fts.search(query)?);
                }
                Ok(())
            });
            result?;
            Ok(total / count)
        })?;
        for (name, peer) in [
            ("tantivy", &mut self.tantivy),
            ("MiniSearch", &mut self.minisearch),
        ] {
            bench.compare(&label, name, "ms", faster, &mut ours, &mut || {
                Ok(peer.time()? / count)
            })?;
        }
        Ok(())
    }
}
