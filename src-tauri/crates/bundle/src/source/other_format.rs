//! Recognises by its content what a file named as a workbook or a CSV table is instead. Must not know tables.

use expo_texts::ImportTexts;
use std::borrow::Cow;
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// Bytes at the start of a file that decide whether it is text.
const START_BYTES: u64 = 4096;
/// Most bytes of an old workbook that are searched for a sign of encryption.
const MAX_SEARCHED_BYTES: u64 = 128 * 1024 * 1024;
/// Start of a compound file: an old workbook, or an encrypted one.
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Name of the content of an encrypted workbook.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";
/// Start of a zip file.
const ZIP_FILE: &[u8] = b"PK\x03\x04";
/// Starts of web pages and of XML files, which some programs save under the name of a workbook.
const MARKUP: [&[u8]; 8] = [
    b"<!doctype",
    b"<html",
    b"<head",
    b"<meta",
    b"<table",
    b"<?xml",
    b"<!--",
    b"mime-version:",
];

/// What a file is instead of a workbook or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherFormat {
    /// `.xlsx`, where a CSV table is expected.
    Workbook,
    Empty,
    /// A workbook with a password.
    Encrypted,
    /// `.xls`.
    OldWorkbook,
    /// `.xlsb`.
    BinaryWorkbook,
    /// `.ods`.
    OpenDocument,
    Numbers,
    WebPage,
    PlainText,
    Unknown,
}

impl OtherFormat {
    /// The format of a file that is not a zip file.
    pub(super) fn of_file(mut file: impl Read + Seek) -> Self {
        let mut start = Vec::new();
        let is_read = file.rewind().and_then(|()| {
            let mut head = file.by_ref().take(START_BYTES);
            head.read_to_end(&mut start)
        });
        match is_read {
            Err(_) => Self::Unknown,
            Ok(_) if start.starts_with(COMPOUND_FILE) => {
                if is_encrypted(file) {
                    Self::Encrypted
                } else {
                    Self::OldWorkbook
                }
            }
            Ok(_) => Self::of_start(&start),
        }
    }

    /// The format of a zip file that is not a workbook, by the names of its parts.
    pub(super) fn of_archive(names: &[String]) -> Self {
        let has = |wanted: fn(&str) -> bool| names.iter().any(|name| wanted(name));
        if has(|name| name == "xl/workbook.bin") {
            Self::BinaryWorkbook
        } else if has(|name| name.starts_with("Index/") || name == "Index.zip") {
            Self::Numbers
        } else if has(|name| name == "META-INF/manifest.xml") {
            Self::OpenDocument
        } else {
            Self::Unknown
        }
    }

    /// What a file named `.csv` is instead; `None` for text in any encoding, also for none at all.
    pub(super) fn of_table(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(ZIP_FILE) {
            let archive = ZipArchive::new(Cursor::new(bytes)).ok();
            let names: Vec<String> = archive.map_or_else(Vec::new, |archive| {
                let names = archive.file_names().flatten();
                names.map(Cow::into_owned).collect()
            });
            let is_workbook = names.iter().any(|name| name == "xl/workbook.xml");
            return Some(if is_workbook {
                Self::Workbook
            } else {
                Self::of_archive(&names)
            });
        }
        let format = Self::of_file(Cursor::new(bytes));
        let is_text = matches!(format, Self::Empty | Self::PlainText | Self::Unknown);
        (!is_text).then_some(format)
    }

    fn of_start(start: &[u8]) -> Self {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = text.trim_ascii_start();
        let is_start = |name: &&[u8]| {
            let begin = text.get(..name.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        };
        if text.is_empty() {
            Self::Empty
        } else if MARKUP.iter().any(is_start) {
            Self::WebPage
        } else if text.contains(&0) {
            Self::Unknown
        } else {
            Self::PlainText
        }
    }

    /// What the file is, in one language.
    pub(super) const fn name(self, texts: &ImportTexts) -> &'static str {
        let names = &texts.formats.workbook.formats;
        match self {
            Self::Workbook => names.workbook,
            Self::Encrypted => names.encrypted,
            Self::OldWorkbook => names.old_workbook,
            Self::BinaryWorkbook => names.binary_workbook,
            Self::OpenDocument => names.open_document,
            Self::Numbers => names.numbers,
            Self::WebPage => names.web_page,
            Self::PlainText => names.plain_text,
            Self::Empty | Self::Unknown => names.unknown,
        }
    }
}

/// Whether a compound file holds an encrypted workbook.
fn is_encrypted(mut file: impl Read + Seek) -> bool {
    let sign: Vec<u8> = ENCRYPTED_PACKAGE
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut bytes = Vec::new();
    let is_read = file
        .rewind()
        .and_then(|()| file.take(MAX_SEARCHED_BYTES).read_to_end(&mut bytes));
    is_read.is_ok() && bytes.windows(sign.len()).any(|window| window == sign)
}
