//! Variants of workbooks, and files whose name does not match their content.

use super::raw_workbook::RawWorkbook;
use super::{folder, read_valid};
use crate::source::scan;
use crate::tests::sample;
use expo_texts::TemplateLanguage;
use jiff::civil::date;
use std::fs;
use std::io::Write;
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The one fault of the folder in French, without its place.
fn only_fault(folder: &Path, place: &str) -> String {
    let faults = scan(folder).report.faults;
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| fault.line(TemplateLanguage::French))
        .collect();
    let [line] = lines.as_slice() else {
        panic!("{lines:#?}")
    };
    line.strip_prefix(place)
        .unwrap_or_else(|| panic!("{line}"))
        .to_owned()
}

/// The sample with this file instead of its table of units.
fn with_file(name: &str, content: &[u8]) -> tempfile::TempDir {
    let folder = folder();
    fs::remove_file(folder.path().join("units.csv")).unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

fn zip_with(parts: &[&str]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = ZipWriter::new(&mut bytes);
    for part in parts {
        zip.start_file(*part, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
    }
    zip.finish().unwrap();
    bytes.into_inner()
}

/// Start of a compound file, and the name of a stream in it.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(5_000, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(6_000, 0);
    bytes
}

/// Day 44,880 of the system of 1904 is day 46,342 of that of 1900.
#[test]
fn date_cells_count_from_the_year_of_the_workbook() {
    for (properties, days) in [
        ("", 46_342),
        (r#"<workbookPr date1904="0"/>"#, 46_342),
        (r#"<workbookPr date1904="1"/>"#, 44_880),
        (r#"<workbookPr date1904="true"/>"#, 44_880),
    ] {
        let published = format!(r#"s="1"><v>{days}</v>"#);
        let starts = format!(r#"s="1"><v>{}</v>"#, days - 46_342 + 46_023);
        let mut workbook = RawWorkbook::units(&[])
            .with("source", &[(2, "published_on", &published)])
            .with("offers", &[(2, "valid_from", &starts)]);
        workbook.properties = properties;
        let source = read_valid(&workbook.folder());
        assert_eq!(source.published_on, date(2026, 11, 16), "{properties}");
        assert_eq!(
            source.catalogue.offers[0].valid_from,
            date(2026, 1, 1),
            "{properties}"
        );
    }
}

/// As Excel writes "Strict Open XML Spreadsheet": other namespaces, dates as text with the type `d`.
#[test]
fn strict_workbook_reads_like_an_ordinary_one() {
    let expected = read_valid(&folder());
    let workbook = RawWorkbook::units(&[
        (2, "price_dh", "><v>288000</v>"),
        (2, "floor", r#"t="n"><v>1</v>"#),
    ])
    .with(
        "source",
        &[(2, "published_on", r#"s="1" t="d"><v>2026-11-16T00:00:00</v>"#)],
    )
    .with("offers", &[(2, "valid_to", r#"s="1" t="d"><v>2026-12-31</v>"#)]);
    let folder = workbook.folder_with(|name, content| {
        let strict = content
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            .replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            .replace("<workbook ", r#"<workbook conformance="strict" "#);
        assert!(!strict.contains("schemas.openxmlformats.org"), "{name}");
        strict
    });
    let source = read_valid(&folder);
    assert_eq!(source.catalogue, expected.catalogue);
    assert_eq!(source.published_on, expected.published_on);
    let text_date = RawWorkbook::units(&[(2, "number", r#"t="d"><v>2026-01-10T00:00:00</v>"#)]).folder();
    let fault = only_fault(
        text_date.path(),
        "catalogue.xlsx [units], ligne 2, colonne number: ",
    );
    assert!(fault.contains("mettez la colonne au format Texte"), "{fault}");
}

#[test]
fn other_spreadsheets_say_how_to_save_them() {
    for name in [
        "catalogue.xls",
        "Catalogue.XLS",
        "catalogue.ods",
        "CATALOGUE.Ods",
        "catalogue.xlsb",
        "unites.numbers",
        "catalogue.xltx",
        "catalogue.gsheet",
    ] {
        let folder = with_file(name, b"any content");
        let fault = only_fault(folder.path(), &format!("{name}: "));
        assert!(
            fault.contains("enregistrez-le sous catalogue.xlsx (type « Classeur Excel »)"),
            "{fault}"
        );
    }
}

#[test]
fn false_workbooks_say_what_they_are() {
    let encrypted = compound_file("EncryptedPackage");
    let (old, ods) = (
        compound_file("Workbook"),
        zip_with(&["mimetype", "META-INF/manifest.xml"]),
    );
    let xlsb = zip_with(&["_rels/.rels", "xl/workbook.bin"]);
    let cases: &[(&[u8], &str)] = &[
        (b"\xef\xbb\xbf \n<HTML><table><tr><td>id", "une page web (HTML)"),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "une page web",
        ),
        (b"id;group;number\nU-01;G;1\n", "un tableau CSV"),
        (&old, "(.xls)"),
        (&ods, "(.ods)"),
        (&xlsb, "(.xlsb)"),
        (&zip_with(&["Index/Document.iwa"]), "Numbers"),
        (&zip_with(&["word/document.xml"]), "d’un autre format"),
        (b"\x89PNG\r\n\x1a\n\0\0", "d’un autre format"),
        (&encrypted, "retirez le mot de passe"),
        (b"", "ce fichier est vide ; copiez-le de nouveau"),
    ];
    for (content, expected) in cases {
        let folder = with_file("catalogue.xlsx", content);
        let fault = only_fault(folder.path(), "catalogue.xlsx: ");
        assert!(fault.contains(expected), "{expected}: {fault}");
        let remedies = ["enregistrez-le", "copiez-le de nouveau"];
        assert!(remedies.iter().any(|remedy| fault.contains(remedy)), "{fault}");
    }
}

#[test]
fn false_csv_tables_say_what_they_are() {
    let workbook = zip_with(&["xl/workbook.xml"]);
    let cases: &[(&[u8], &str)] = &[
        (b"<html><table>", "une page web (HTML)"),
        (&workbook, "un classeur Excel (.xlsx)"),
        (&compound_file("Workbook"), "(.xls)"),
        (&compound_file("EncryptedPackage"), "mot de passe"),
    ];
    for (content, expected) in cases {
        let folder = with_file("units.csv", content);
        let fault = only_fault(folder.path(), "units.csv: ");
        assert!(
            fault.contains(expected) && fault.contains("« CSV UTF-8 »"),
            "{expected}: {fault}"
        );
    }
}

#[test]
fn cell_in_another_encoding_is_quoted() {
    let text: Vec<u8> = b"id;project;product_type;title_fr\nG-1;FES-A;apartment;R\xe9sidence\n".to_vec();
    let folder = folder();
    fs::write(folder.path().join("groups.csv"), text).unwrap();
    let fault = only_fault(folder.path(), "groups.csv, ligne 2: ");
    assert!(
        fault.starts_with("trouvé « R\u{fffd}sidence »") && fault.contains("« CSV UTF-8 »"),
        "{fault}"
    );
}

/// The first bytes decide, whatever the name says.
#[test]
fn pictures_that_screens_cannot_show_say_how_to_export_them() {
    let cmyk = {
        let mut header = vec![0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 32, 0, 32, 4];
        header.extend((1..=4).flat_map(|component| [component, 0x11, 0]));
        header
    };
    let cases: [(&[u8], &str, &str); 4] = [
        (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            "exportez-la en JPEG",
            "export as JPEG",
        ),
        (
            b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
            "exportez-la en JPEG",
            "export it as JPEG",
        ),
        (&cmyk, "enregistrez-la en sRGB", "save it in sRGB"),
        (
            &[0xff, 0xd8, 0xff, 0xc9, 0, 11, 8, 0, 32, 0, 32, 1, 1, 0x11, 0],
            "enregistrez-le en JPEG ordinaire",
            "save it as a normal JPEG",
        ),
    ];
    for (content, french, english) in cases {
        let folder = folder();
        fs::write(folder.path().join("photos/vue.jpg"), content).unwrap();
        sample::replace(folder.path(), "pictures.csv", "b.png", "vue.jpg");
        let fault = &scan(folder.path()).report.faults[0];
        for (language, remedy) in [
            (TemplateLanguage::French, french),
            (TemplateLanguage::English, english),
        ] {
            let line = fault.line(language);
            assert!(line.contains("vue.jpg") && line.contains(remedy), "{line}");
        }
    }
}
