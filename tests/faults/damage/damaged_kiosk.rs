//! Copies of one data folder with waiting leads, some of them only in the write-ahead log, to damage and to use.

use acceptance::catalogue::copy_folder;
use acceptance::programs::{Kiosk, PASSPHRASE, Platform, program};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Number of waiting leads in the data folder, half of them in the log.
pub const LEADS: u64 = 12;

/// A data folder as a power cut leaves it, and its platform.
pub struct Template {
    folder: TempDir,
    /// The kiosk that took the leads.
    pub kiosk: Kiosk,
    /// Serves.
    pub platform: Platform,
}

/// A copy of the data folder.
pub struct DamagedKiosk {
    folder: TempDir,
    kiosk: Kiosk,
}

impl Template {
    /// A demonstration kiosk with [`LEADS`] leads that it could not send yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = Kiosk::demonstration(&folder.path().join("running")).unwrap();
        let mut platform = Platform::new(&folder.path().join("platform")).unwrap();
        platform.start().unwrap();
        running.enrol(&platform).unwrap();
        platform.stop();
        for _ in 0..LEADS / 2 {
            running.add_lead(&lead()).unwrap();
        }
        // While a program has the database open, new leads stay in its log.
        let mut open = Command::new(program("expo-kiosk").unwrap())
            .arg("--data-dir")
            .arg(&running.folder)
            .arg("sync")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let log = running.folder.join("leads.db-wal");
        let has_log = || fs::metadata(&log).is_ok_and(|log| log.len() > 0);
        while !has_log() {
            assert!(open.try_wait().unwrap().is_none(), "sync has ended");
            std::thread::yield_now();
        }
        for _ in 0..LEADS / 2 {
            running.add_lead(&lead()).unwrap();
        }
        open.kill().unwrap();
        open.wait().unwrap();
        assert!(has_log());
        platform.start().unwrap();
        Self {
            folder,
            kiosk: running,
            platform,
        }
    }

    /// A copy to damage.
    pub fn copy(&self) -> DamagedKiosk {
        let folder = tempfile::tempdir_in(self.folder.path()).unwrap();
        let kiosk = Kiosk {
            folder: folder.path().join("kiosk"),
        };
        copy_folder(&self.kiosk.folder, &kiosk.folder).unwrap();
        DamagedKiosk { folder, kiosk }
    }
}

impl DamagedKiosk {
    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.kiosk.folder
    }

    /// Changes the bytes of a file.
    pub fn change(&self, file: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let path = self.kiosk.folder.join(file);
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
    }

    /// Runs a command that must succeed.
    pub fn run(&self, case: &str, arguments: &[&str]) -> Value {
        let output = self.kiosk.output(arguments, "").unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !stderr.contains("panicked"),
            "{case}: {arguments:?}: {} {stderr}",
            output.status
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Exit code and output of the doctor.
    pub fn doctor(&self, case: &str) -> (Option<i32>, String) {
        let output = self.kiosk.output(["doctor"], "").unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!stderr.contains("panicked"), "{case}: {stderr}");
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    /// Exports all leads. Returns the number of rows and the receipt.
    pub fn export(&self, case: &str) -> (u64, Value) {
        let (phrase, out) = (self.folder.path().join("phrase"), self.folder.path().join("out"));
        fs::write(&phrase, PASSPHRASE).unwrap();
        let (phrase, out) = (phrase.to_str().unwrap(), out.to_str().unwrap());
        let arguments = [
            "export",
            "--format",
            "csv",
            "--passphrase-file",
            phrase,
            "--out",
            out,
        ];
        let receipt = self.run(case, &arguments);
        let file = fs::read_to_string(receipt["files"][0]["path"].as_str().unwrap()).unwrap();
        (file.lines().skip(1).count() as u64, receipt)
    }

    /// Takes a lead, which must be confirmed with a ticket.
    pub fn take_lead(&self, case: &str) {
        let thanks = self.kiosk.add_lead(&lead());
        assert!(
            thanks.is_ok(),
            "{case}: {:?}",
            thanks.err().map(|e| e.to_string())
        );
    }
}

fn lead() -> String {
    json!({ "name": "Test Visiteur", "phone": "+33612345678", "language": "fr", "country": "FR",
            "consents": { "call": true } })
    .to_string()
}
