//! A kiosk that takes leads under `strace`, which makes selected system calls fail or kills the program at them.

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

/// A kiosk whose disk can fail, and the tickets of its confirmed leads.
pub struct FaultyDiskKiosk {
    folder: TempDir,
    /// The kiosk.
    pub kiosk: Kiosk,
    confirmed: BTreeSet<String>,
}

impl FaultyDiskKiosk {
    /// A provisioned demonstration kiosk. Its disk works.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::demonstration(&folder.path().join("kiosk")).unwrap();
        Self {
            folder,
            kiosk,
            confirmed: BTreeSet::new(),
        }
    }

    /// The path of the last trace.
    pub fn trace_path(&self) -> PathBuf {
        self.folder.path().join("trace")
    }

    /// Number of leads. The daily figures and the outbox must agree on it.
    fn lead_count(&self) -> u64 {
        let status = self.kiosk.run(["status"]).unwrap();
        assert_eq!(status["leads"], status["staff_only"], "{status}");
        status["leads"].as_u64().unwrap()
    }

    /// Takes a lead under `strace` with these options.
    pub fn take_lead_traced(&self, options: &[String]) -> Output {
        let mut child = Command::new("strace")
            .args(["-f", "-y", "-qq", "-s", "200", "-o"])
            .arg(self.trace_path())
            .args(options)
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
        // A program that ends early closes the pipe first.
        stdin.write_all(lead().as_bytes()).ok();
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// Number of calls by name in a run without faults, for all files or only for the lead database.
    pub fn count_calls(&mut self, only_lead_files: bool) -> BTreeMap<String, usize> {
        let mut options = vec!["-e".to_owned(), "trace=pwrite64,write,fsync,fdatasync".to_owned()];
        options.extend(
            only_lead_files
                .then(|| self.lead_file_filter())
                .into_iter()
                .flatten(),
        );
        let output = self.take_lead_traced(&options);
        self.confirmed.insert(ticket(&output).unwrap());
        let trace = fs::read_to_string(self.trace_path()).unwrap();
        // `strace` counts calls per thread. The thread that prints the ticket does all the work.
        let main = trace
            .lines()
            .find(|line| line.contains("ticket"))
            .unwrap_or(&trace);
        let main = main.split(' ').next().unwrap().to_owned();
        let mut calls = BTreeMap::new();
        for line in trace.lines().filter(|line| line.starts_with(&main)) {
            if let Some(call) = Call::parse(line) {
                *calls.entry(call.name.to_owned()).or_default() += 1;
            }
        }
        calls
    }

    /// `strace` options that select calls on the lead database files.
    fn lead_file_filter(&self) -> Vec<String> {
        let files = ["leads.db", "leads.db-wal", "leads.db-shm"].map(|file| self.kiosk.folder.join(file));
        files
            .iter()
            .flat_map(|file| ["-P".to_owned(), file.display().to_string()])
            .collect()
    }

    /// Takes a lead with a fault injected, then another one without a fault, and checks that every confirmed lead is
    /// stored once. Returns whether the first lead was confirmed with a ticket.
    pub fn take_lead_with_fault(&mut self, fault: &str, only_lead_files: bool) -> bool {
        let before = self.lead_count();
        let mut options = vec!["-e".to_owned(), format!("inject={fault}")];
        options.extend(
            only_lead_files
                .then(|| self.lead_file_filter())
                .into_iter()
                .flatten(),
        );
        let output = self.take_lead_traced(&options);
        let after = self.lead_count();
        let ticket = ticket(&output);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        match &ticket {
            Some(ticket) => {
                assert_eq!(after, before + 1, "{fault}: {ticket} was printed");
                assert!(
                    self.confirmed.insert(ticket.clone()),
                    "{fault}: {ticket} was printed twice"
                );
            }
            // A call that failed after its effect may leave a lead that was not confirmed.
            None => assert!(
                after == before || after == before + 1,
                "{fault}: {before}, {after}"
            ),
        }
        let is_killed = output.status.signal() == Some(9);
        match (output.status.code(), &ticket) {
            (Some(0), Some(_)) => {}
            (Some(1), None) => assert!(has_error_sentence(&stderr), "{fault}: {stderr}"),
            _ => assert!(is_killed, "{fault}: {} {ticket:?} {stderr}", output.status),
        }
        assert!(!stderr.contains("panicked"), "{fault}: {stderr}");
        let next = self.kiosk.add_lead(&lead()).unwrap();
        assert!(self.confirmed.insert(next["ticket"].as_str().unwrap().to_owned()));
        assert_eq!(self.lead_count(), after + 1, "{fault}: the next lead");
        ticket.is_some()
    }

    /// Checks that the export contains each confirmed lead once.
    pub fn assert_all_confirmed_exported(&self) {
        let phrase = self.folder.path().join("phrase");
        fs::write(&phrase, PASSPHRASE).unwrap();
        let arguments = [
            "export",
            "--format",
            "csv",
            "--passphrase-file",
            &phrase.display().to_string(),
            "--out",
            &self.folder.path().join("out").display().to_string(),
        ]
        .map(str::to_owned);
        let receipt = self.kiosk.run(arguments).unwrap();
        assert_eq!(receipt["unopened"], json!(0), "{receipt}");
        let file = fs::read_to_string(receipt["files"][0]["path"].as_str().unwrap()).unwrap();
        let rows: Vec<&str> = file.lines().skip(1).collect();
        assert_eq!(rows.len() as u64, self.lead_count());
        for ticket in &self.confirmed {
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

/// The ticket that the program printed.
pub fn ticket(output: &Output) -> Option<String> {
    let printed: Value = serde_json::from_slice(&output.stdout).ok()?;
    printed["ticket"].as_str().map(str::to_owned)
}

/// Whether the program printed an error sentence of its own.
fn has_error_sentence(stderr: &str) -> bool {
    let mut lines = stderr.lines();
    lines.any(|line| {
        line.strip_prefix("expo-kiosk: ")
            .is_some_and(|words| words.contains(' '))
    })
}
