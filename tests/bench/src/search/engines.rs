//! The compared engines: FTS5 with bm25, and the peers that run as separate programs. They get folded texts and queries;
//! ours folds them itself with the same function. Must not know the queries.

use crate::peers;
use crate::report::folder;
use crate::{Failure, machine};
use expo_domain::{Catalogue, fold};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The folded texts of a project.
#[derive(Debug, Serialize)]
pub struct IndexEntry {
    title: String,
    place: String,
    body: String,
}

/// The entries that every engine except ours indexes.
pub fn entries(catalogue: &Catalogue) -> Vec<IndexEntry> {
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
    let entry = |project: &expo_domain::Project| IndexEntry {
        title: folded(project.title.0.values()),
        place: towns.get(project.town.as_str()).cloned().unwrap_or_default(),
        body: folded(project.district.0.values().chain(project.description.0.values())),
    };
    catalogue.projects.iter().map(entry).collect()
}

/// Folds texts and joins them with spaces.
fn folded<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    texts
        .map(|text| fold::for_index(text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `SQLite`'s FTS5 in memory, ranked by bm25: the former search of the kiosk.
pub struct Fts(Connection);

impl Fts {
    pub fn new(entries: &[IndexEntry]) -> Result<Self, Failure> {
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

    /// Positions of the twenty best results: with all words, or with any word if there is none with all.
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

/// A peer that runs as a separate program. It reads its files at the start and answers commands line by line.
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
            return Err("the peer has no pipes".into());
        };
        let mut peer = Self {
            child,
            input,
            output: BufReader::new(output),
        };
        match peer.read_line()?.as_str() {
            "ready" => Ok(peer),
            other => Err(format!("the peer printed “{other}” instead of “ready”").into()),
        }
    }

    fn read_line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        if line.is_empty() {
            Err("the peer has ended".into())
        } else {
            Ok(line.trim_end().to_owned())
        }
    }

    /// Time for all keystrokes, in milliseconds.
    pub fn time(&mut self) -> Result<f64, Failure> {
        writeln!(self.input, "time")?;
        Ok(self.read_line()?.parse()?)
    }

    /// Positions of the results for each query.
    pub fn answers(&mut self) -> Result<Vec<Vec<usize>>, Failure> {
        writeln!(self.input, "answers")?;
        Ok(serde_json::from_str(&self.read_line()?)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Version of `MiniSearch`.
pub const MINISEARCH_VERSION: &str = "7.2.0";
/// Version of tantivy.
pub const TANTIVY_VERSION: &str = "0.27.0";

/// Starts `MiniSearch` in node.
pub fn minisearch(files: &[&Path]) -> Result<Peer, Failure> {
    let folder = peers::install_npm("minisearch", MINISEARCH_VERSION)?;
    let script = folder.join("minisearch-peer.js");
    std::fs::write(&script, include_str!("peers/minisearch.js"))?;
    let mut command = Command::new("node");
    command.arg("--max-old-space-size=8192").arg(script);
    Peer::start(command, files)
}

/// The version of node.
pub fn node_version() -> Result<String, Failure> {
    machine::version("node", &["--version"]).ok_or_else(|| "node does not run".into())
}

/// Builds and starts tantivy. It is not part of the workspace, which would then build it for every test run.
pub fn tantivy(files: &[&Path]) -> Result<Peer, Failure> {
    let project = folder().join("tantivy");
    std::fs::create_dir_all(project.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"tantivy-peer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         tantivy = {{ version = \"={TANTIVY_VERSION}\", default-features = false }}\nserde_json = \"1\"\n"
    );
    write_if_changed(&project.join("Cargo.toml"), &manifest)?;
    write_if_changed(&project.join("src/main.rs"), include_str!("peers/tantivy.rs"))?;
    let mut build = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    peers::run(
        build
            .args(["build", "--release", "--quiet"])
            .current_dir(&project)
            .env("CARGO_TARGET_DIR", "target"),
    )?;
    Peer::start(Command::new(project.join("target/release/tantivy-peer")), files)
}

/// Writes a file only if its content differs, so that nothing is rebuilt without need.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Failure> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    Ok(std::fs::write(path, text)?)
}
