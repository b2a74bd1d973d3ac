//! The engines side by side: ours, FTS5 with bm25, and the peers that run as programs of their own. All but ours get
//! texts and queries folded already, by the same function that ours folds with. Must not know what is asked.

use crate::peers;
use crate::report::folder;
use crate::{Failure, machine};
use domain::{Catalogue, fold};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The folded texts of a project.
#[derive(Debug, Serialize)]
pub struct Entry {
    title: String,
    place: String,
    body: String,
}

/// What every engine but ours is given.
pub fn entries(catalogue: &Catalogue) -> Vec<Entry> {
    let towns: HashMap<&str, String> = catalogue
        .towns
        .iter()
        .map(|town| {
            let regions = town.region.names();
            let names = town
                .name
                .0
                .values()
                .chain(&town.aliases)
                .chain(regions.0.values());
            (town.id.as_str(), folded(names))
        })
        .collect();
    let entry = |project: &domain::Project| Entry {
        title: folded(project.title.0.values()),
        place: towns.get(project.town.as_str()).cloned().unwrap_or_default(),
        body: folded(project.district.0.values().chain(project.description.0.values())),
    };
    catalogue.projects.iter().map(entry).collect()
}

fn folded<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    texts
        .map(|text| fold::for_index(text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `SQLite`'s FTS5 in memory, ranked by bm25: the search that the kiosk had before.
pub struct Fts(Connection);

impl Fts {
    pub fn new(entries: &[Entry]) -> Result<Self, Failure> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(
            "CREATE VIRTUAL TABLE search USING fts5 (title, place, body, tokenize = 'unicode61', prefix = '1 2 3 4');
             BEGIN",
        )?;
        {
            let mut insert =
                db.prepare("INSERT INTO search (rowid, title, place, body) VALUES (?1, ?2, ?3, ?4)")?;
            for (row, entry) in entries.iter().enumerate() {
                insert.execute((row, &entry.title, &entry.place, &entry.body))?;
            }
        }
        db.execute_batch("COMMIT; INSERT INTO search (search) VALUES ('optimize')")?;
        Ok(Self(db))
    }

    pub fn version(&self) -> Result<String, Failure> {
        Ok(self
            .0
            .query_row("SELECT sqlite_version()", [], |row| row.get(0))?)
    }

    /// Places of the twenty best: all words, or any if there is nothing with all.
    pub fn search(&self, query: &str) -> Result<Vec<usize>, Failure> {
        let words: Vec<String> = query
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\"*"))
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let sql =
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY bm25(search, 12.0, 8.0, 1.0) LIMIT 20";
        let mut statement = self.0.prepare_cached(sql)?;
        for join in [" AND ", " OR "] {
            let rows = statement.query_map([words.join(join)], |row| row.get(0))?;
            let found: Vec<usize> = rows.collect::<Result<_, _>>()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

/// A peer that runs as a program: it has read its files and answers line by line.
pub struct Peer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Peer {
    fn start(mut command: Command, files: &[&Path]) -> Result<Self, Failure> {
        let mut child = command
            .args(files)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a peer has no pipes".into());
        };
        let mut peer = Self {
            child,
            input,
            output: BufReader::new(output),
        };
        match peer.line()?.as_str() {
            "ready" => Ok(peer),
            other => Err(format!("a peer said “{other}” instead of ready").into()),
        }
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        if line.is_empty() {
            Err("a peer has ended".into())
        } else {
            Ok(line.trim_end().to_owned())
        }
    }

    /// Milliseconds for all keystrokes.
    pub fn time(&mut self) -> Result<f64, Failure> {
        writeln!(self.input, "time")?;
        Ok(self.line()?.parse()?)
    }

    /// Places found for each query.
    pub fn answers(&mut self) -> Result<Vec<Vec<usize>>, Failure> {
        writeln!(self.input, "answers")?;
        Ok(serde_json::from_str(&self.line()?)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub const MINISEARCH: &str = "7.2.0";
pub const TANTIVY: &str = "0.27.0";

/// `MiniSearch` in node.
pub fn minisearch(files: &[&Path]) -> Result<Peer, Failure> {
    let place = peers::npm("minisearch", MINISEARCH)?;
    let script = place.join("minisearch-peer.js");
    std::fs::write(&script, include_str!("peers/minisearch.js"))?;
    let mut command = Command::new("node");
    command.arg("--max-old-space-size=8192").arg(script);
    Peer::start(command, files)
}

/// What node says of itself.
pub fn node() -> Result<String, Failure> {
    machine::version("node", &["--version"]).ok_or_else(|| "node does not run".into())
}

/// tantivy, built beside the bench: it is no part of the workspace, which would have to build it for every test.
pub fn tantivy(files: &[&Path]) -> Result<Peer, Failure> {
    let place = folder().join("tantivy");
    std::fs::create_dir_all(place.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"tantivy-peer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         tantivy = {{ version = \"={TANTIVY}\", default-features = false }}\nserde_json = \"1\"\n"
    );
    write_changed(&place.join("Cargo.toml"), &manifest)?;
    write_changed(&place.join("src/main.rs"), include_str!("peers/tantivy.rs"))?;
    let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    peers::run(
        build
            .args(["build", "--release", "--quiet"])
            .current_dir(&place)
            .env("CARGO_TARGET_DIR", "target"),
    )?;
    Peer::start(Command::new(place.join("target/release/tantivy-peer")), files)
}

/// Leaves an unchanged file alone, so that nothing is built again.
fn write_changed(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    Ok(std::fs::write(path, text)?)
}
