//! Quality of answers: success@5, and results for queries that have no answer. Must not know about times.

use super::Peers;
use super::judged_queries::{JudgedQueries, JudgedQuery, Script, judged_queries};
use super::noise::Channel;
use crate::report::Target;
use crate::{Bench, Failure, print_text};
use expo_domain::fold;
use expo_search::{AnswerKind, Index};
use generator::Recipe;
use std::collections::{BTreeMap, BTreeSet};

/// Number of successes and of queries, by script and channel.
type SuccessTable = BTreeMap<(Script, Channel), (usize, usize)>;

/// Measures the share of queries with a relevant project among the first five, and the share of queries without an answer
/// that find something.
pub fn measure(
    bench: &mut Bench,
    index: &Index,
    judged: &JudgedQueries,
    peers: &mut Peers,
) -> Result<(), Failure> {
    let answers: Vec<_> = judged.queries().map(|query| index.search(query)).collect();
    let positions = |answer: &Option<expo_search::Answer>| -> Vec<usize> {
        answer
            .iter()
            .flat_map(|answer| answer.hits.iter().take(20).map(|hit| hit.ord))
            .collect()
    };
    let fts: Result<Vec<Vec<usize>>, Failure> = judged
        .queries()
        .map(|query| peers.fts.search(&fold::for_index(query)))
        .collect();
    let engines = [
        ("ours", answers.iter().map(positions).collect()),
        ("FTS5 + bm25", fts?),
        ("tantivy", peers.tantivy.answers()?),
        ("MiniSearch", peers.minisearch.answers()?),
    ];
    let tables: Vec<(&str, SuccessTable)> = engines
        .iter()
        .map(|(name, found)| (*name, success_table(&judged.answerable, found)))
        .collect();
    print_text(&formatted(&tables));
    let mut worst: (f64, &str) = (f64::MAX, "");
    for script in Script::ALL {
        let share = |table: &SuccessTable| {
            let rows = table.iter().filter(|((of, _), _)| *of == script);
            let (successes, all) = rows.fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1));
            successes as f64 / f64::from(u32::try_from(all).unwrap_or(0).max(1))
        };
        let ours = share(&tables[0].1);
        let best = tables[1..]
            .iter()
            .map(|(_, table)| share(table))
            .fold(f64::MIN_POSITIVE, f64::max);
        bench.figure(&format!("success@5, {}", script.name()), ours, "", Target::None);
        bench.figure(
            &format!("success@5, {}, best peer", script.name()),
            best,
            "",
            Target::None,
        );
        if ours / best < worst.0 {
            worst = (ours / best, script.name());
        }
    }
    bench.figure(
        &format!("success@5 / best peer, worst script: {}", worst.1),
        worst.0,
        "",
        Target::AtLeast(0.97),
    );
    let answerable = judged.answerable.len();
    let unanswerable = judged.unanswerable.len() as f64;
    bench.figure(
        "queries without an answer",
        unanswerable / (answerable as f64 + unanswerable),
        "of all",
        Target::AtLeast(0.2),
    );
    let share_found = |exact: bool| {
        let found = answers[answerable..]
            .iter()
            .flatten()
            .filter(|answer| answer.kind != AnswerKind::Nothing);
        found
            .filter(|answer| (answer.kind == AnswerKind::Exact) == exact)
            .count() as f64
            / unanswerable
    };
    bench.figure(
        "without an answer, results marked exact",
        share_found(true),
        "",
        Target::None,
    );
    bench.figure(
        "without an answer, results marked inexact",
        share_found(false),
        "",
        Target::None,
    );
    for (name, found) in &engines[1..] {
        let false_hits = found[answerable..]
            .iter()
            .filter(|found| !found.is_empty())
            .count() as f64
            / unanswerable;
        bench.figure(
            &format!("without an answer, results of {name}"),
            false_hits,
            "",
            Target::None,
        );
    }
    Ok(())
}

/// Measures ours on catalogues and queries of seeds that were not used for tuning: the share of successes in every script,
/// and for names that are spelt in the letters of another script.
pub fn measure_unseen(bench: &mut Bench, seeds: &[u64], projects: usize, queries_per_channel: usize) {
    let mut table: SuccessTable = BTreeMap::new();
    for seed in seeds {
        let catalogue = generator::catalogue(&Recipe {
            seed: *seed,
            projects,
            units: projects,
            pictures: 1,
        });
        let index = Index::build(&catalogue);
        let judged = judged_queries(&catalogue, *seed, queries_per_channel).answerable;
        let hits = |judged: &JudgedQuery| -> Vec<usize> {
            let answer = index.search(&judged.query).into_iter();
            answer
                .flat_map(|answer| answer.hits.into_iter().take(5))
                .map(|hit| hit.ord)
                .collect()
        };
        let results: Vec<Vec<usize>> = judged.iter().map(hits).collect();
        for (row, (successes, all)) in success_table(&judged, &results) {
            let sum = table.entry(row).or_default();
            *sum = (sum.0 + successes, sum.1 + all);
        }
    }
    let share = |includes: &dyn Fn(Script, Channel) -> bool| {
        let rows = table
            .iter()
            .filter(|((script, channel), _)| includes(*script, *channel));
        let (successes, all) = rows.fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1));
        successes as f64 / all.max(1) as f64
    };
    for script in Script::ALL {
        let name = format!("success@5 on unseen seeds, {}", script.name());
        bench.figure(&name, share(&|of, _| of == script), "", Target::AtLeast(0.97));
    }
    for (name, script) in [
        ("romanised Arabic", Script::Arabic),
        ("French in Arabic letters", Script::Latin),
    ] {
        let name = format!("success@5 on unseen seeds, {name}");
        let is_transliterated =
            |of: Script, channel: Channel| of == script && channel == Channel::OtherScript;
        bench.figure(&name, share(&is_transliterated), "", Target::AtLeast(0.85));
    }
}

/// Counts successes and queries by script and channel.
fn success_table(queries: &[JudgedQuery], results: &[Vec<usize>]) -> SuccessTable {
    let mut table: SuccessTable = BTreeMap::new();
    for (query, positions) in queries.iter().zip(results) {
        let row = table.entry((query.script, query.channel)).or_default();
        row.0 += usize::from(positions.iter().take(5).any(|ord| query.relevant.contains(ord)));
        row.1 += 1;
    }
    table
}

/// The tables of all engines as text, one row per script and channel.
fn formatted(tables: &[(&str, SuccessTable)]) -> String {
    let names: Vec<String> = tables.iter().map(|(name, _)| format!("{name:>13}")).collect();
    let rows: BTreeSet<(Script, Channel)> = tables
        .iter()
        .flat_map(|(_, table)| table.keys().copied())
        .collect();
    let row = |row: &(Script, Channel)| {
        let cells: Vec<(usize, usize)> = tables
            .iter()
            .map(|(_, table)| table.get(row).copied().unwrap_or_default())
            .collect();
        let shares = cells
            .iter()
            .map(|(successes, all)| format!("{:>13.3}", *successes as f64 / (*all).max(1) as f64));
        let queries = cells.first().map_or(0, |(_, all)| *all);
        let (script, channel) = (row.0.name(), row.1.name());
        format!(
            "  {script:<18} {channel:<17} {queries:>7}{}\n",
            shares.collect::<String>()
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let names = names.concat();
    format!("\n  success@5 {:<26} {:>7}{names}\n{rows}", "", "queries")
}
