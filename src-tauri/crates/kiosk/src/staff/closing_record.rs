//! The record of a closing: what was exported, what is missing, and who closed. As a receipt it is a text for people that
//! contains the record for programs, signed by the kiosk as a whole. Must not know: where receipts are stored.

use crate::views::{ExportFormat, ExportRow, ExportScope, ExportedFile};
use expo_domain::hash::{Sha256Hasher, sha256_hex};
use expo_domain::lead::LeadRecord;
use expo_texts::ReceiptTexts;
use expo_vault::signature::{KioskKey, PublicKey, SignatureError};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Format of records that this program writes and reads.
const FORMAT: u32 = 1;
/// Maximum size of a receipt.
const MAX_RECEIPT_BYTES: u64 = 4 << 20;
/// Line before the record.
const RECORD_MARK: &str = "-----RECORD-----";
/// Line before the signature, which covers everything above.
const SIGNATURE_MARK: &str = "-----SIGNATURE-----";
/// Command that checks a receipt.
const CHECK_COMMAND: &str = "expo-kiosk leads verify-receipt";

/// What a closing exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingRecord {
    /// Format of the record.
    pub format: u32,
    /// Where and when.
    pub closed: Closed,
    /// Numbers of leads.
    pub counts: ClosingCounts,
    /// SHA-256 of the lines `identifier revision` of the exported leads, sorted, each with a line feed.
    pub leads_sha256: String,
    /// The files.
    pub files: Vec<RecordedFile>,
    /// Earlier exports of the same days.
    pub previous: Vec<RecordedExport>,
    /// Public key of the kiosk; `None` if it could not sign.
    pub public_key: Option<String>,
}

/// Where, when and by whom a day was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Closed {
    pub stop: String,
    pub kiosk: String,
    /// Closed day; `None` for all days.
    pub day: Option<String>,
    pub scope: ExportScope,
    /// Time at the stop, RFC 3339.
    pub at: String,
    /// Where the order came from.
    pub from: ClosedFrom,
    /// Initials of who closed, if they gave them.
    pub initials: Option<String>,
}

/// Where the order to close came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedFrom {
    /// The staff window.
    StaffWindow,
    /// A command.
    Command,
}

/// Numbers of leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingCounts {
    /// In each file.
    pub leads: u32,
    /// Of any day, not held by the platform.
    pub unsent: u32,
    /// Not opened by the passphrase.
    pub unopened: u32,
    /// Of any day, not readable.
    pub unreadable: u32,
}

/// An exported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RecordedFile {
    pub name: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub bytes: u64,
    pub sha256: String,
}

/// An earlier export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RecordedExport {
    pub at: String,
    pub format: ExportFormat,
    pub leads: u32,
    pub sha256: String,
    pub initials: Option<String>,
}

/// Why a receipt is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// Not a receipt.
    #[error("this is not a receipt of a closed day: give the file leads-….receipt.txt")]
    NotAReceipt,
    /// The kiosk could not sign it.
    #[error("this receipt is not signed, because the disk of the kiosk failed: compare the SHA-256 by hand")]
    NotSigned,
    /// Signed with another key.
    #[error(
        "this receipt is signed by another kiosk: give the key that 'expo-kiosk status' shows there with --public-key"
    )]
    OtherKey,
    /// Changed after it was signed.
    #[error("this receipt was changed after the kiosk signed it: do not rely on it")]
    Changed,
    /// Written by a newer program.
    #[error("this receipt has format {0}: check it with a newer version of the program")]
    Newer(u32),
}

/// State of a file that a receipt names, next to the receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptFileState {
    /// It has exactly the recorded bytes.
    Same,
    /// It has other bytes, or cannot be read.
    Different,
    /// It is not there.
    Missing,
}

impl ClosingRecord {
    /// A record without files, exports and key.
    pub(super) fn new(closed: Closed, counts: ClosingCounts, leads: &[LeadRecord]) -> Self {
        Self {
            format: FORMAT,
            closed,
            counts,
            leads_sha256: hash_of_revisions(leads),
            files: Vec::new(),
            previous: Vec::new(),
            public_key: None,
        }
    }

    /// The receipt: the text for people, the record and the signature.
    pub(super) fn receipt(
        &self,
        texts: &ReceiptTexts,
        stop_name: &str,
        key: Option<&KioskKey>,
    ) -> Result<String, SignatureError> {
        let mut text = self.text(texts, stop_name);
        if key.is_none() {
            let _ = writeln!(text, "{}", texts.not_signed);
        }
        let json = serde_json::to_string(self).map_err(|_| SignatureError::Sign)?;
        let _ = write!(text, "\n{RECORD_MARK}\n{json}\n");
        if let Some(key) = key {
            let day = self.closed.day.as_deref().unwrap_or("all");
            let comment = format!("closing {} {} {day}", self.closed.stop, self.closed.kiosk);
            let signature = key.sign(text.as_bytes(), &comment)?;
            let _ = write!(text, "{SIGNATURE_MARK}\n{signature}");
        }
        Ok(text)
    }

    /// The most important lines, for a QR code.
    pub(super) fn short_text(&self, texts: &ReceiptTexts) -> String {
        let Closed { stop, kiosk, at, .. } = &self.closed;
        let mut text = format!("{}\n{stop} {kiosk}\n", texts.title);
        for (label, value) in [
            (texts.day, self.day(texts)),
            (texts.closed_at, at),
            (texts.leads, &self.counts.leads.to_string()),
            (texts.unsent, &self.counts.unsent.to_string()),
        ] {
            let _ = writeln!(text, "{label}{}{value}", texts.colon);
        }
        for file in &self.files {
            let _ = writeln!(text, "{} {}", file.format.code(), file.sha256);
        }
        text
    }

    fn day<'a>(&'a self, texts: &'a ReceiptTexts) -> &'a str {
        self.closed.day.as_deref().unwrap_or(texts.all_days)
    }

    fn text(&self, texts: &ReceiptTexts, stop_name: &str) -> String {
        let Closed { stop, kiosk, at, .. } = &self.closed;
        let colon = texts.colon;
        let mut text = format!("{}\n\n", texts.title);
        let mut line = |label: &str, value: &dyn std::fmt::Display| {
            // Writing into a `String` cannot fail.
            let _ = writeln!(text, "{label}{colon}{value}");
        };
        line(texts.stop, &format_args!("{stop_name} ({stop})"));
        line(texts.kiosk, kiosk);
        line(texts.day, &self.day(texts));
        line(texts.closed_at, at);
        if let Some(initials) = &self.closed.initials {
            line(texts.closed_by, initials);
        }
        line(texts.leads, &self.counts.leads);
        line(texts.unsent, &self.counts.unsent);
        line(texts.unopened, &self.counts.unopened);
        line(texts.unreadable, &self.counts.unreadable);
        if self.closed.scope == ExportScope::New {
            let _ = writeln!(text, "({})", texts.only_new);
        }
        let _ = writeln!(text, "\n{}{}", texts.files, colon.trim_end());
        for RecordedFile {
            name, bytes, sha256, ..
        } in &self.files
        {
            let _ = writeln!(text, "- {name}\n  {bytes} {}\n  SHA-256 {sha256}", texts.bytes);
        }
        let _ = writeln!(text, "\n{}{}", texts.previous, colon.trim_end());
        for export in &self.previous {
            let initials = export.initials.as_deref().unwrap_or("–");
            let RecordedExport {
                at, leads, sha256, ..
            } = export;
            let format = export.format.code();
            let _ = writeln!(text, "- {at} {initials} {format} {leads}\n  SHA-256 {sha256}");
        }
        if self.previous.is_empty() {
            let _ = writeln!(text, "- {}", texts.none);
        }
        let _ = writeln!(text, "\n{}{}\n{CHECK_COMMAND}", texts.check, colon.trim_end());
        text
    }

    /// Compares the files next to a receipt with the record.
    pub fn check_files(&self, folder: &Path) -> Vec<(String, ReceiptFileState)> {
        let state = |file: &RecordedFile| match hash_of_file(folder, &file.name) {
            Ok(sha256) if sha256 == file.sha256 => ReceiptFileState::Same,
            Err(error) if error.kind() == io::ErrorKind::NotFound => ReceiptFileState::Missing,
            _ => ReceiptFileState::Different,
        };
        let files = self.files.iter();
        files.map(|file| (file.name.clone(), state(file))).collect()
    }
}

/// Reads a receipt and checks that the kiosk with this key signed it.
pub fn verify_receipt(receipt: impl Read, key: &PublicKey) -> Result<ClosingRecord, ReceiptFault> {
    let mut text = String::new();
    let mut receipt = receipt.take(MAX_RECEIPT_BYTES);
    receipt
        .read_to_string(&mut text)
        .map_err(|_| ReceiptFault::NotAReceipt)?;
    // Editors add a byte order mark and other line ends.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (_, after) = text
        .split_once(&format!("{RECORD_MARK}\n"))
        .ok_or(ReceiptFault::NotAReceipt)?;
    let json = after.lines().next().unwrap_or_default();
    let (signed, signature) = text
        .split_once(&format!("{SIGNATURE_MARK}\n"))
        .ok_or(ReceiptFault::NotSigned)?;
    match key.verify(signed.as_bytes(), signature) {
        Ok(_) => {}
        Err(SignatureError::WrongKey) => return Err(ReceiptFault::OtherKey),
        Err(_) => return Err(ReceiptFault::Changed),
    }
    let format = serde_json::from_str::<FormatOnly>(json).map_err(|_| ReceiptFault::NotAReceipt)?;
    if format.format > FORMAT {
        return Err(ReceiptFault::Newer(format.format));
    }
    serde_json::from_str(json).map_err(|_| ReceiptFault::NotAReceipt)
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl From<&ExportedFile> for RecordedFile {
    fn from(file: &ExportedFile) -> Self {
        let name = Path::new(&file.path).file_name().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            format: file.format,
            leads: file.leads,
            bytes: file.bytes,
            sha256: file.sha256.clone(),
        }
    }
}

impl From<&ExportRow> for RecordedExport {
    fn from(row: &ExportRow) -> Self {
        Self {
            at: row.at.clone(),
            format: row.format,
            leads: row.leads,
            sha256: row.sha256.clone(),
            initials: row.initials.clone(),
        }
    }
}

fn hash_of_revisions(leads: &[LeadRecord]) -> String {
    let mut lines: Vec<String> = leads
        .iter()
        .map(|lead| format!("{} {}\n", lead.header.id, lead.header.revision))
        .collect();
    lines.sort();
    sha256_hex(lines.concat().as_bytes())
}

/// A receipt may come from anybody, so its names must not lead out of the folder.
fn hash_of_file(folder: &Path, name: &str) -> io::Result<String> {
    let is_name = Path::new(name).file_name().is_some_and(|last| last == name);
    if !is_name {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    let mut file = File::open(folder.join(name))?;
    let mut hasher = Sha256Hasher::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&buffer[..read]),
        }
    }
}
