//! A kiosk that takes leads under `strace`, which has chosen calls fail or kills the program at them.

use crate::trace::Call;
use acceptance::programs::{Kiosk, PASSPHRASE, program};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A kiosk whose disk fails now and then.
pub struct Rig {
    folder: TempDir,
    /// The kiosk.
    pub kiosk: Kiosk,
    thanked: BTreeSet<String>,
}

impl Rig {
    /// One that is set up, whose disk is good.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
        Self {
            folder,
            kiosk,
            thanked: BTreeSet::new(),
        }
    }

    /// Where the last trace lies.
    pub fn trace(&self) -> PathBuf {
        self.folder.path().join("trace")
    }

    /// Leads in the database, by the figures of days and by what waits in the outbox.
    fn count(&self) -> u64 {
        let status = self.kiosk.run(["status"]).unwrap();
        assert_eq!(status["leads"], status["staff_only"], "{status}");
        status["leads"].as_u64().unwrap()
    }

    /// Takes a lead under `strace`.
    pub fn traced(&self, tracing: &[String]) -> Output {
        let mut child = Command::new("strace")
            .args(["-f", "-y", "-qq", "-s", "200", "-o"])
            .arg(self.trace())
            .args(tracing)
            .arg(program("expo-kiosk").unwrap())
            .arg("--data-dir")
            .arg(&self.kiosk.folder)
            .args(["--json", "lead", "add", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("strace: {error}; 'make setup' installs it"))
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that ends early closes its end first.
        stdin.write_all(lead().as_bytes()).ok();
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// How often each call is made in a run in which all is well, for all files or those of the leads.
    pub fn calls(&mut self, only_leads: bool) -> BTreeMap<String, usize> {
        let mut tracing = vec!["-e".to_owned(), "trace=pwrite64,write,fsync,fdatasync".to_owned()];
        tracing.extend(only_leads.then(|| self.files()).into_iter().flatten());
        let output = self.traced(&tracing);
        self.thanked.insert(ticket(&output).unwrap());
        let trace = fs::read_to_string(self.trace()).unwrap();
        // Calls are counted thread by thread; the one that tells the ticket does the work.
        let main = trace
            .lines()
            .find(|line| line.contains("ticket"))
            .unwrap_or(&trace);
        let main = main.split(' ').next().unwrap().to_owned();
        let mut calls = BTreeMap::new();
        for line in trace.lines().filter(|line| line.starts_with(&main)) {
            if let Some(call) = Call::read(line) {
                *calls.entry(call.name.to_owned()).or_default() += 1;
            }
        }
        calls
    }

    /// Has `strace` look at calls on the leads' files only.
    fn files(&self) -> Vec<String> {
        let files = ["leads.db", "leads.db-wal", "leads.db-shm"].map(|file| self.kiosk.folder.join(file));
        files
            .iter()
            .flat_map(|file| ["-P".to_owned(), file.display().to_string()])
            .collect()
    }

    /// Takes a lead while something is done to one of its calls, and another when all is well again. What was promised
    /// is held against what is there. Returns whether the first visitor was thanked.
    pub fn meets(&mut self, fault: &str, only_leads: bool) -> bool {
        let before = self.count();
        let mut tracing = vec!["-e".to_owned(), format!("inject={fault}")];
        tracing.extend(only_leads.then(|| self.files()).into_iter().flatten());
        let output = self.traced(&tracing);
        let after = self.count();
        let told = ticket(&output);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match &told {
            Some(ticket) => {
                assert_eq!(after, before + 1, "{fault}: {ticket} was told");
                assert!(self.thanked.insert(ticket.clone()), "{fault}: {ticket} again");
            }
            // What failed behind its effect may have left a lead that nobody was thanked for.
            None => assert!(
                after == before || after == before + 1,
                "{fault}: {before}, {after}"
            ),
        }
        let is_killed = output.status.signal() == Some(9);
        match (output.status.code(), &told) {
            (Some(0), Some(_)) => {}
            (Some(1), None) => assert!(is_sentence(&said), "{fault}: {said}"),
            _ => assert!(is_killed, "{fault}: {} {told:?} {said}", output.status),
        }
        assert!(!said.contains("panicked"), "{fault}: {said}");
        let next = self.kiosk.lead(&lead()).unwrap();
        assert!(self.thanked.insert(next["ticket"].as_str().unwrap().to_owned()));
        assert_eq!(self.count(), after + 1, "{fault}: the next one");
        told.is_some()
    }

    /// Everybody who was thanked is in the file that staff export, once.
    pub fn is_whole(&self) {
        let phrase = self.folder.path().join("phrase");
        fs::write(&phrase, PASSPHRASE).unwrap();
        let words = [
            "export",
            "--format",
            "csv",
            "--passphrase-file",
            &phrase.display().to_string(),
            "--out",
            &self.folder.path().join("out").display().to_string(),
        ]
        .map(str::to_owned);
        let receipt = self.kiosk.run(words).unwrap();
        assert_eq!(receipt["unopened"], json!(0), "{receipt}");
        let file = fs::read_to_string(receipt["files"][0]["path"].as_str().unwrap()).unwrap();
        let rows: Vec<&str> = file.lines().skip(1).collect();
        assert_eq!(rows.len() as u64, self.count());
        for ticket in &self.thanked {
            let found = rows.iter().filter(|row| row.starts_with(&format!("{ticket};")));
            assert_eq!(found.count(), 1, "{ticket}");
        }
    }
}

fn lead() -> String {
    json!({ "name": "Test Visiteur", "phone": "+33612345678", "language": "fr", "country": "FR",
            "consents": { "call": true } })
    .to_string()
}

/// The ticket that was told.
pub fn ticket(output: &Output) -> Option<String> {
    let said: Value = serde_json::from_slice(&output.stdout).ok()?;
    said["ticket"].as_str().map(str::to_owned)
}

/// A sentence of the program itself: what it is that went wrong.
fn is_sentence(said: &str) -> bool {
    let mut lines = said.lines();
    lines.any(|line| {
        line.strip_prefix("expo-kiosk: ")
            .is_some_and(|words| words.contains(' '))
    })
}
