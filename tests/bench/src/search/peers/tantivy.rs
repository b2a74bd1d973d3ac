//! tantivy in RAM as a peer: reads entries and queries, then answers each command line on stdin with a line on stdout.

use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TEXT};
use tantivy::{Index, Searcher, Term, doc};

/// Fields and their weights.
const FIELDS: [(&str, f32); 3] = [("title", 3.0), ("place", 2.0), ("body", 1.0)];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<serde_json::Value> = std::env::args()
        .skip(1)
        .map(|path| Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?))
        .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    let texts = |file: &serde_json::Value| -> Vec<String> {
        file.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let mut schema = Schema::builder();
    let fields: Vec<(Field, f32)> =
        FIELDS.iter().map(|(name, weight)| (schema.add_text_field(name, TEXT), *weight)).collect();
    let id = schema.add_u64_field("id", INDEXED | FAST);
    let index = Index::create_in_ram(schema.build());
    // One thread creates a single segment.
    let mut writer = index.writer_with_num_threads(1, 200_000_000)?;
    for (number, entry) in files[0].as_array().unwrap().iter().enumerate() {
        let text = |name: &str| entry[name].as_str().unwrap();
        writer.add_document(doc!(
            fields[0].0 => text("title"), fields[1].0 => text("place"), fields[2].0 => text("body"),
            id => number as u64,
        ))?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let (keystrokes, queries) = (texts(&files[1]), texts(&files[2]));
    writeln!(stdout(), "ready")?;
    for line in stdin().lock().lines() {
        match line?.as_str() {
            "time" => {
                let start = Instant::now();
                let mut found = 0;
                for query in &keystrokes {
                    found += search(&searcher, &fields, query)?.len();
                }
                std::hint::black_box(found);
                writeln!(stdout(), "{}", start.elapsed().as_secs_f64() * 1_000.0)?;
            }
            "answers" => {
                let answers: Vec<Vec<u64>> =
                    queries.iter().map(|query| search(&searcher, &fields, query)).collect::<Result<_, _>>()?;
                writeln!(stdout(), "{}", serde_json::to_string(&answers)?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Results with all words, or with any word if there is none with all.
fn search(searcher: &Searcher, fields: &[(Field, f32)], query: &str) -> tantivy::Result<Vec<u64>> {
    for occur in [Occur::Must, Occur::Should] {
        let words = query.split(' ').filter(|word| !word.is_empty()).map(|word| (occur, any_field(fields, word)));
        let all = BooleanQuery::new(words.collect());
        let found = searcher.search(&all, &TopDocs::with_limit(20).order_by_score())?;
        if !found.is_empty() {
            return found
                .into_iter()
                .map(|(_, at)| {
                    let ids = searcher.segment_reader(at.segment_ord).fast_fields().u64("id")?;
                    Ok(ids.first(at.doc_id).unwrap_or_default())
                })
                .collect();
        }
    }
    Ok(Vec::new())
}

/// Matches the complete word by BM25, and words with this prefix up to the allowed number of errors.
fn any_field(fields: &[(Field, f32)], word: &str) -> Box<dyn Query> {
    let errors = match word.chars().count() {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    let mut either: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for (field, weight) in fields {
        let term = Term::from_field_text(*field, word);
        let complete = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
        let prefix = FuzzyTermQuery::new_prefix(term, errors, true);
        either.push((Occur::Should, Box::new(BoostQuery::new(Box::new(complete), *weight))));
        either.push((Occur::Should, Box::new(BoostQuery::new(Box::new(prefix), weight / 3.0))));
    }
    Box::new(BooleanQuery::new(either))
}
