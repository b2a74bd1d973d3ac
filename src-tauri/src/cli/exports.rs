//! Commands that write leads to files, and that check the receipt of a closed day.

use super::output::{Failure, Output};
use super::passphrase::passphrase;
use clap::{Args, ValueEnum};
use expo_kiosk_core::views::{DayReceipt, ExportFormat, ExportScope, Lang};
use expo_kiosk_core::{
    CloseOrder, ClosingRecord, Kiosk, KioskError, PublicKey, ReceiptFileState, verify_receipt,
};
use std::fmt::Write;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write leads to files, with a signed receipt next to them.
#[derive(Args)]
#[command(after_help = "Examples:
  expo-kiosk export --day 2026-02-13 --passphrase-file phrase.txt --out /media/stick
  expo-kiosk export --format xlsx --format csv --lang ar --passphrase-file phrase.txt --out /media/stick
  expo-kiosk export --new --passphrase-file phrase.txt --out /media/stick")]
pub struct Export {
    /// Format of a file; may be given several times. Excel and CSV are readable without the passphrase.
    #[arg(long, default_value = "age")]
    format: Vec<Format>,
    /// Day at the stop, `YYYY-MM-DD`; all days by default.
    #[arg(long)]
    day: Option<String>,
    /// Only leads that are in no earlier export.
    #[arg(long)]
    new: bool,
    /// Language of the headings: fr, ar or en.
    #[arg(long, default_value = "fr", value_parser = lang)]
    lang: Lang,
    /// Initials of who exports, at most four letters.
    #[arg(long)]
    initials: Option<String>,
    /// File with the staff passphrase.
    #[arg(long, value_name = "FILE")]
    passphrase_file: PathBuf,
    /// Folder to write to.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Check the receipt of a closed day, and the files next to it.
#[derive(Args)]
#[command(after_help = "Examples:
  expo-kiosk leads verify-receipt /media/stick/leads-paris-2026-K01-2026-02-13-191200.receipt.txt
  expo-kiosk leads verify-receipt leads-….receipt.txt --public-key RWQ…")]
pub struct VerifyReceipt {
    /// The receipt.
    file: PathBuf,
    /// Key of the kiosk, as its 'expo-kiosk status' shows it; this kiosk's own by default.
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Age,
    Xlsx,
    Csv,
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "fr" => Ok(Lang::Fr),
        "ar" => Ok(Lang::Ar),
        "en" => Ok(Lang::En),
        _ => Err("expected fr, ar or en".to_owned()),
    }
}

pub fn export(kiosk: &Arc<Kiosk>, command: &Export, output: Output) -> Result<(), Failure> {
    let session = kiosk.session_with_passphrase(&passphrase(&command.passphrase_file)?)?;
    let mut formats = Vec::new();
    for format in &command.format {
        let format = match format {
            Format::Age => ExportFormat::Age,
            Format::Xlsx => ExportFormat::Xlsx,
            Format::Csv => ExportFormat::Csv,
        };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    let order = CloseOrder {
        day: command.day.clone(),
        scope: if command.new {
            ExportScope::New
        } else {
            ExportScope::All
        },
        formats,
        destination: command.out.clone(),
        lang: command.lang,
        initials: command.initials.clone(),
    };
    let receipt = kiosk.close_day(&session, &order)?;
    output.print(&receipt, || summary(&receipt))
}

fn summary(receipt: &DayReceipt) -> String {
    let mut text = String::new();
    for file in &receipt.files {
        let _ = writeln!(
            text,
            "{} leads in {}\nSHA-256 {}",
            file.leads, file.path, file.sha256
        );
    }
    let _ = writeln!(text, "Receipt: {}", receipt.record.path);
    if receipt.record.public_key.is_none() {
        let _ = writeln!(
            text,
            "The receipt is not signed, because the disk of this kiosk fails."
        );
    }
    for before in &receipt.previous {
        let by = before
            .initials
            .as_deref()
            .map(|initials| format!(" by {initials}"));
        let _ = writeln!(
            text,
            "Exported before: {} leads as {} at {}{}",
            before.leads,
            before.format.code(),
            before.at,
            by.unwrap_or_default()
        );
    }
    for (count, sentence) in [
        (receipt.unsent, "leads are not sent to the platform yet."),
        (
            receipt.unreadable,
            "leads on this kiosk cannot be read and are in no file: run 'expo-kiosk doctor'.",
        ),
        (
            receipt.unopened,
            "leads cannot be opened with this passphrase; they stay on the kiosk.",
        ),
    ] {
        if count > 0 {
            let _ = writeln!(text, "{count} {sentence}");
        }
    }
    text.trim_end().to_owned()
}

/// Checks a receipt with the key that was given, without a kiosk, or with the key of `kiosk`.
pub fn verify(kiosk: Option<&Kiosk>, command: &VerifyReceipt, output: Output) -> Result<(), Failure> {
    let key = match (&command.public_key, kiosk) {
        (Some(key), _) => key.clone(),
        (None, Some(kiosk)) => kiosk.status()?.closing_key.ok_or_else(|| no_key(kiosk))?,
        (None, None) => {
            return Err(Failure::new(
                "setup",
                "give the key of the kiosk with --public-key",
            ));
        }
    };
    let key = key
        .parse::<PublicKey>()
        .map_err(|e| Failure::new("setup", format!("--public-key: {e}")))?;
    let file = File::open(&command.file)
        .map_err(|e| Failure::new("setup", format!("{}: {e}", command.file.display())))?;
    let record = verify_receipt(file, &key).map_err(|fault| Failure::new("receipt", fault.to_string()))?;
    let folder = command.file.parent().unwrap_or(Path::new("."));
    let files = record.check_files(folder);
    let named: Vec<_> = files
        .iter()
        .map(|(name, state)| serde_json::json!({ "name": name, "state": state }))
        .collect();
    let result = serde_json::json!({ "record": record, "files": named });
    output.print(&result, || verified(&record, &files))?;
    let different = files
        .iter()
        .filter(|(_, state)| *state == ReceiptFileState::Different);
    match different.count() {
        0 => Ok(()),
        n => Err(Failure::after_result(format!(
            "{n} file(s) are not what the kiosk wrote: copy them again from the stick or export again"
        ))),
    }
}

fn no_key(kiosk: &Kiosk) -> KioskError {
    KioskError::Setup {
        place: kiosk.folder().display().to_string(),
        problem: "this kiosk has no key: give the one of the kiosk that wrote the receipt with --public-key"
            .to_owned(),
    }
}

fn verified(record: &ClosingRecord, files: &[(String, ReceiptFileState)]) -> String {
    let closed = &record.closed;
    let day = closed.day.as_deref().unwrap_or("all days");
    let mut text = format!(
        "The receipt is genuine: kiosk {} at {} closed {day} at {}.\n{} leads, {} not sent then.\n",
        closed.kiosk, closed.stop, closed.at, record.counts.leads, record.counts.unsent
    );
    for (name, state) in files {
        let state = match state {
            ReceiptFileState::Same => "as the kiosk wrote it",
            ReceiptFileState::Different => "NOT what the kiosk wrote",
            ReceiptFileState::Missing => "not in this folder",
        };
        let _ = writeln!(text, "{name}: {state}");
    }
    text.trim_end().to_owned()
}
