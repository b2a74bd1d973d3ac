//! Whether what was meant is among the first five, and what is found for queries that have no answer. Must not know
//! how long anything takes.

use super::Peers;
use super::noise::Channel;
use super::relevance::{Asked, Relevance, Script};
use crate::report::Target;
use crate::{Bench, Failure, say};
use domain::fold;
use search::{Index, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// Successes and queries, by script and channel.
type Table = BTreeMap<(Script, Channel), (usize, usize)>;

/// Shares of queries whose right answer is among the first five, and of those without one that find something.
pub fn measure(
    bench: &mut Bench,
    index: &Index,
    relevance: &Relevance,
    peers: &mut Peers,
) -> Result<(), Failure> {
    let answers: Vec<_> = relevance.queries().map(|query| index.find(query)).collect();
    let places = |answer: &Option<search::Answer>| -> Vec<usize> {
        answer
            .iter()
            .flat_map(|answer| answer.hits.iter().take(20).map(|hit| hit.ord))
            .collect()
    };
    let fts: Result<Vec<Vec<usize>>, Failure> = relevance
        .queries()
        .map(|query| peers.fts.search(&fold::for_index(query)))
        .collect();
    let engines = [
        ("ours", answers.iter().map(places).collect()),
        ("FTS5 + bm25", fts?),
        ("tantivy", peers.tantivy.answers()?),
        ("MiniSearch", peers.minisearch.answers()?),
    ];
    let tables: Vec<(&str, Table)> = engines
        .iter()
        .map(|(name, found)| (*name, table(&relevance.asked, found)))
        .collect();
    say(&shown(&tables));
    let mut worst: (f64, &str) = (f64::MAX, "");
    for script in Script::ALL {
        let share = |table: &Table| {
            let rows = table.iter().filter(|((of, _), _)| *of == script);
            let (right, all) = rows.fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1));
            right as f64 / f64::from(u32::try_from(all).unwrap_or(0).max(1))
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
        &format!("success@5 beside the best peer, worst script: {}", worst.1),
        worst.0,
        "",
        Target::AtLeast(0.97),
    );
    let first = relevance.asked.len();
    let many = relevance.unanswerable.len() as f64;
    bench.figure(
        "queries without an answer",
        many / (first as f64 + many),
        "of all",
        Target::AtLeast(0.2),
    );
    let said = |exact: bool| {
        let found = answers[first..]
            .iter()
            .flatten()
            .filter(|answer| answer.kind != Kind::Nothing);
        found
            .filter(|answer| (answer.kind == Kind::Exact) == exact)
            .count() as f64
            / many
    };
    bench.figure(
        "without an answer, yet found: said to be exact",
        said(true),
        "",
        Target::None,
    );
    bench.figure(
        "without an answer, yet found: said to be inexact",
        said(false),
        "",
        Target::None,
    );
    for (name, found) in &engines[1..] {
        let false_hits = found[first..].iter().filter(|found| !found.is_empty()).count() as f64 / many;
        bench.figure(
            &format!("without an answer, yet found: {name}"),
            false_hits,
            "",
            Target::None,
        );
    }
    Ok(())
}

/// Successes and queries by script and channel.
fn table(asked: &[Asked], found: &[Vec<usize>]) -> Table {
    let mut table: Table = BTreeMap::new();
    for (asked, found) in asked.iter().zip(found) {
        let row = table.entry((asked.script, asked.channel)).or_default();
        row.0 += usize::from(found.iter().take(5).any(|ord| asked.right.contains(ord)));
        row.1 += 1;
    }
    table
}

fn shown(tables: &[(&str, Table)]) -> String {
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
            .map(|(right, all)| format!("{:>13.3}", *right as f64 / (*all).max(1) as f64));
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
