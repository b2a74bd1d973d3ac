//! Tests of all export formats.

use crate::age_file::write_age_with_cost;
use crate::columns::COLUMNS;
use crate::{ExportLocale, ExportStats, write_csv, write_xlsx};
use calamine::{Data, Reader, Xlsx};
use expo_domain::hash::sha256_hex;
use expo_domain::lead::{
    CallOutcome, Channel, ConsentProof, Consents, Desk, Interest, Lead, LeadHeader, LeadRecord, Purpose,
    Rating, StaffEntry, WantedTown,
};
use expo_domain::{Lang, ProductType};
use expo_vault::SecretString;
use std::io::{Cursor, Read};

/// 18:05 in Paris in winter.
const TAKEN_AT: &str = "2026-11-23T17:05:00Z";

pub(crate) fn locale(lang: Lang) -> ExportLocale {
    ExportLocale {
        lang,
        zone: expo_domain::zone::time_zone("Europe/Paris").unwrap(),
        stop_names: [("paris-test".to_owned(), "Expo d’essai".to_owned())].into(),
    }
}

pub(crate) fn record(name: &str, number: u8) -> LeadRecord {
    let id = serde_json::from_str(&format!("\"019aa000-0000-7000-8000-0000000000{number:02x}\"")).unwrap();
    LeadRecord {
        header: LeadHeader {
            id,
            revision: 1,
            kind: "lead".to_owned(),
            stop: "paris-test".to_owned(),
            kiosk: "K01".to_owned(),
            ticket: format!("PAR-K01-{number:04}"),
            taken_at: TAKEN_AT.parse().unwrap(),
            monotonic_ms: 1,
            boot_id: "test".to_owned(),
            language: Lang::Ar,
        },
        lead: Lead {
            name: name.to_owned(),
            phone: Some("+33612345678".to_owned()),
            email: Some("personne.essai@example.org".to_owned()),
            country: Some("FR".to_owned()),
            city: None,
            language: Lang::Ar,
            interests: vec![
                Interest::from("FES-A".to_owned()),
                Interest {
                    project_title: Some("Essai B".to_owned()),
                    unit: Some("FES-B-G1-02".to_owned()),
                    unit_number: Some("LI-002".to_owned()),
                    unit_surface_dm2: Some(120_000),
                    ..Interest::from("FES-B".to_owned())
                },
            ],
            towns: vec![WantedTown {
                town: "FES".to_owned(),
                name: Some("Fès".to_owned()),
            }],
            types: vec![ProductType::IndustrialPlot, ProductType::Shop],
            budget_mad: Some(900_000),
            purpose: Some(Purpose::Live),
            desk: None,
            channel: Channel::Call,
            consents: Consents {
                call: true,
                ..Consents::default()
            },
            note: Some("rappeler ; après \"18 h\"".to_owned()),
            result: None,
            channels: Vec::new(),
            partner: None,
            call_language: None,
            reachable: None,
            stay: None,
            on_behalf: None,
        },
        staff: None,
        consent: ConsentProof {
            notice_version: "test-1".to_owned(),
            notice_sha256: "00".repeat(32),
            language: Lang::Ar,
            given_at: TAKEN_AT.parse().unwrap(),
            channel: Channel::Call,
        },
    }
}

fn assert_matches(written: &ExportStats, bytes: &[u8]) {
    assert_eq!(written.bytes, bytes.len() as u64);
    assert_eq!(written.sha256, sha256_hex(bytes));
}

fn as_csv(leads: &[LeadRecord], lang: Lang) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = write_csv(leads, &locale(lang), &mut bytes).unwrap();
    assert_eq!(written.leads, leads.len() as u64);
    assert_matches(&written, &bytes);
    bytes
}

/// Rows after the byte order mark, including the header.
fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .expect("a UTF-8 byte order mark");
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(text);
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn csv_contains_all_fields_of_a_lead() {
    let bytes = as_csv(&[record("ليلى تجربة", 1), record("Aïcha Essai", 2)], Lang::Fr);
    assert!(bytes.ends_with(b"\r\n"));
    let rows = read_csv(&bytes);
    assert_eq!(rows.len(), 3);
    assert_eq!(
        (rows[0][0].as_str(), rows[0][column("name")].as_str()),
        ("Ticket", "Nom")
    );
    assert_eq!(
        rows[1],
        [
            "PAR-K01-0001",
            "2026-11-23 18:05:00",
            "2026-11-23T17:05:00Z",
            "paris-test",
            "Expo d’essai",
            "K01",
            "ar",
            "arabe",
            "ليلى تجربة",
            "'+33612345678",
            "personne.essai@example.org",
            "FR",
            "",
            "Téléphone",
            "Habiter",
            "",
            "900000",
            "FES-A | Essai B (FES-B) – LI-002 – 1\u{a0}200\u{a0}m²",
            "FES-A | FES-B",
            "oui",
            "non",
            "non",
            "",
            "rappeler ; après \"18 h\"",
            "test-1",
            "019aa000-0000-7000-8000-000000000001",
            "1",
            "Fès",
            "Lot industriel | Commerce",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ]
    );
}

#[test]
fn what_staff_added_has_columns_of_its_own() {
    let mut lead = record("Essai", 1);
    lead.lead.desk = Some(Desk::Bank);
    let merged = record("Essai", 2).header.id;
    lead.staff = Some(StaffEntry {
        rating: Some(Rating::Hot),
        outcome: Some(CallOutcome::Appointment),
        desk: Some(Desk::Notary),
        note: Some("=vient lundi".to_owned()),
        merged: vec![merged],
        ..StaffEntry::new(TAKEN_AT.parse().unwrap())
    });
    let rows = read_csv(&as_csv(&[lead], Lang::Fr));
    let merged = merged.to_string();
    for (key, value) in [
        ("desk", "Banque"),
        ("staff_desk", "Notaire"),
        ("rating", "chaud"),
        ("outcome", "rendez-vous pris"),
        ("staff_note", "'=vient lundi"),
        ("merged", &merged),
    ] {
        assert_eq!(rows[1][column(key)], value, "{key}");
    }
}

/// Index of a column.
fn column(key: &str) -> usize {
    COLUMNS.iter().position(|column| column.key == key).unwrap()
}

/// The value of a column in a row of a sheet, with the header as row 0.
fn cell<'a>(sheet: &'a calamine::Range<Data>, row: u32, key: &str) -> Option<&'a Data> {
    sheet.get_value((row, column(key) as u32))
}

/// The cells of name, city, bank and note in CSV, if each is this text.
fn csv_cells(text: &str) -> [String; 4] {
    let mut lead = record(text, 1);
    lead.lead.note = Some(text.to_owned());
    lead.lead.city = Some(text.to_owned());
    lead.lead.consents.bank = Some(text.to_owned());
    let rows = read_csv(&as_csv(&[lead], Lang::En));
    let computed = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
    assert!(!rows.iter().flatten().any(computed));
    ["name", "city", "consent_bank", "note"].map(|key| rows[1][column(key)].clone())
}

#[test]
fn csv_cells_are_never_formulas() {
    for start in ["=", "+", "-", "@", "＝", "\t=", "\u{200b}=", "\r\n="] {
        let formula = format!("{start}HYPERLINK(\"http://example.org\")");
        let visible = formula.trim_start_matches(['\t', '\r', '\n', '\u{200b}']);
        assert_eq!(csv_cells(&formula), [(); 4].map(|()| format!("'{visible}")));
    }
}

#[test]
fn csv_texts_are_not_converted_to_values() {
    for text in [
        "01200",
        "0661000000",
        "1-2",
        "1E5",
        "1e+5",
        "3/4",
        "12:30",
        "5%",
        "(500)",
        "1 200,50",
        "2026",
        "3 mars",
        "mai 2027",
        "Mar-5",
        "١٢٣",
        "٣ مارس",
        "10 pm",
        "10 p",
        "500 DH",
        "VRAI",
        "false",
        "#N/A",
        "'05",
    ] {
        assert_eq!(csv_cells(text), [(); 4].map(|()| format!("'{text}")), "{text}");
    }
    for text in [
        "Essai",
        "A-401",
        "K01",
        "12 rue d’Essai",
        "rappeler à 18 h",
        "3 chambres",
        "Aïcha Essai",
        "ليلى تجربة 2 مرة",
    ] {
        assert_eq!(csv_cells(text), [(); 4].map(|()| text.to_owned()), "{text}");
    }
}

#[test]
fn invisible_characters_are_left_out_of_files() {
    let hidden = "\u{feff}Es\u{200b}s\u{ad}ai\u{7}test\r\nsuite\u{2028}fin\u{202e}";
    let shown = "Essai test  suite fin";
    assert_eq!(csv_cells(hidden), [(); 4].map(|()| shown.to_owned()));
    let mut bytes = Vec::new();
    write_xlsx([record(hidden, 1)], &locale(Lang::Fr), &mut bytes).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let leads = workbook.worksheet_range("Contacts").unwrap();
    assert_eq!(cell(&leads, 1, "name"), Some(&Data::String(shown.to_owned())));
}

#[test]
fn lead_without_name_has_an_empty_cell() {
    let rows = read_csv(&as_csv(&[record("", 1)], Lang::Fr));
    let cells = ["name", "phone"].map(|key| rows[1][column(key)].as_str());
    assert_eq!(cells, ["", "'+33612345678"]);
    let mut bytes = Vec::new();
    write_xlsx([record("", 1)], &locale(Lang::Fr), &mut bytes).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let leads = workbook.worksheet_range("Contacts").unwrap();
    assert_eq!(cell(&leads, 1, "name"), Some(&Data::Empty));
}

#[test]
fn headers_and_values_use_the_requested_language() {
    for (lang, name, yes) in [
        (Lang::Fr, "Nom", "oui"),
        (Lang::Ar, "الاسم", "نعم"),
        (Lang::En, "Name", "yes"),
    ] {
        let rows = read_csv(&as_csv(&[record("Essai", 1)], lang));
        assert_eq!(
            (
                rows[0][column("name")].as_str(),
                rows[1][column("consent_call")].as_str()
            ),
            (name, yes)
        );
        let mut titles = rows[0].clone();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), rows[0].len(), "column titles are unique");
    }
    // Other languages use their fallback.
    assert_eq!(read_csv(&as_csv(&[], Lang::Nl)), read_csv(&as_csv(&[], Lang::En)));
    assert_eq!(
        read_csv(&as_csv(&[], Lang::Zgh)),
        read_csv(&as_csv(&[], Lang::Ar))
    );
}

#[test]
fn workbook_keeps_text_and_summarises() {
    let mut second = record("=1+1", 2);
    second.lead.language = Lang::Fr;
    second.lead.phone = None;
    let mut bytes = Vec::new();
    let written = write_xlsx([record("ليلى تجربة", 1), second], &locale(Lang::Fr), &mut bytes).unwrap();
    assert_eq!(written.leads, 2);
    assert_matches(&written, &bytes);
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["Contacts", "Résumé", "Colonnes"]);
    let leads = workbook.worksheet_range("Contacts").unwrap();
    assert_eq!(
        cell(&leads, 0, "phone"),
        Some(&Data::String("Téléphone".to_owned()))
    );
    assert_eq!(
        cell(&leads, 1, "name"),
        Some(&Data::String("ليلى تجربة".to_owned()))
    );
    assert_eq!(
        cell(&leads, 1, "phone"),
        Some(&Data::String("+33612345678".to_owned()))
    );
    assert_eq!(cell(&leads, 1, "budget"), Some(&Data::Float(900_000.0)));
    assert_eq!(cell(&leads, 2, "name"), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(cell(&leads, 2, "phone"), Some(&Data::Empty));
    let Some(Data::DateTime(at)) = cell(&leads, 1, "taken_at_local") else {
        panic!("local time is not a date")
    };
    assert_eq!(at.to_ymd_hms_milli(), (2026, 11, 23, 18, 5, 0, 0));
    assert!(workbook.worksheet_formula("Contacts").unwrap().is_empty());
    let summary = workbook.worksheet_range("Résumé").unwrap();
    let lines: Vec<(String, String)> = summary
        .rows()
        .map(|row| (row[0].to_string(), row[1].to_string()))
        .collect();
    for line in [
        ("Contacts", "2"),
        ("ar", "1"),
        ("fr", "1"),
        ("Téléphone", "2"),
        ("(non précisé)", "2"),
    ] {
        assert!(
            lines.contains(&(line.0.to_owned(), line.1.to_owned())),
            "{line:?} in {lines:?}"
        );
    }
}

#[test]
fn export_without_leads_is_a_valid_file() {
    let mut bytes = Vec::new();
    let none: [LeadRecord; 0] = [];
    assert_eq!(write_xlsx(&none, &locale(Lang::Ar), &mut bytes).unwrap().leads, 0);
    assert_eq!(Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names().len(), 3);
    assert_eq!(read_csv(&as_csv(&none, Lang::Fr)).len(), 1);
}

#[test]
fn age_file_opens_only_with_its_passphrase() {
    let passphrase = SecretString::from("quatre mots pour cet essai".to_owned());
    let leads = [record("ليلى تجربة", 1)];
    let mut sealed = Vec::new();
    let written = write_age_with_cost(
        &leads,
        &locale(Lang::Fr),
        &passphrase,
        expo_vault::passphrase::WorkFactor(4),
        &mut sealed,
    )
    .unwrap();
    assert_eq!(written.leads, 1);
    assert_matches(&written, &sealed);
    for plain in ["+33612345678", "ليلى", "personne.essai"] {
        assert!(!sealed.windows(plain.len()).any(|part| part == plain.as_bytes()));
    }
    let open = |passphrase: SecretString| {
        let identity = ::age::scrypt::Identity::new(passphrase);
        let decryptor = ::age::Decryptor::new(&sealed[..]).unwrap();
        let mut plain = Vec::new();
        let reader = decryptor.decrypt(std::iter::once(&identity as &dyn ::age::Identity));
        reader
            .map(|mut reader| reader.read_to_end(&mut plain))
            .map(|_| plain)
    };
    assert_eq!(open(passphrase).unwrap(), as_csv(&leads, Lang::Fr));
    assert!(open(SecretString::from("une autre phrase de passe".to_owned())).is_err());
}

#[test]
fn write_errors_are_reported() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let leads = [record("Essai", 1)];
    let passphrase = SecretString::from("quatre mots pour cet essai".to_owned());
    assert!(write_csv(&leads, &locale(Lang::Fr), Full).is_err());
    assert!(write_xlsx(&leads, &locale(Lang::Fr), Full).is_err());
    assert!(
        write_age_with_cost(
            &leads,
            &locale(Lang::Fr),
            &passphrase,
            expo_vault::passphrase::WorkFactor(4),
            Full
        )
        .is_err()
    );
}

/// The text of a part of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn times_and_amounts_are_typed_and_rows_are_filterable() {
    let mut bytes = Vec::new();
    write_xlsx([record("Essai", 1)], &locale(Lang::Fr), &mut bytes).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let leads = workbook.worksheet_range("Contacts").unwrap();
    let Some(Data::DateTime(at)) = cell(&leads, 1, "taken_at_utc") else {
        panic!("universal time is not a date")
    };
    assert_eq!(at.to_ymd_hms_milli(), (2026, 11, 23, 17, 5, 0, 0));
    assert_eq!(cell(&leads, 1, "revision"), Some(&Data::Float(1.0)));
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    for part in ["<autoFilter ", "state=\"frozen\""] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
}

#[test]
fn only_sheets_in_arabic_start_on_the_right() {
    for (lang, is_right_to_left) in [(Lang::Fr, false), (Lang::En, false), (Lang::Ar, true)] {
        let mut bytes = Vec::new();
        write_xlsx([record("Essai", 1)], &locale(lang), &mut bytes).unwrap();
        for sheet in 1..=3 {
            let xml = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
            assert_eq!(
                xml.contains("rightToLeft=\"1\""),
                is_right_to_left,
                "{lang} {sheet}"
            );
        }
    }
}

#[test]
fn every_column_is_explained_in_french_and_arabic() {
    for (lang, sheet, width) in [
        (Lang::Fr, "Colonnes", 4),
        (Lang::Ar, "الأعمدة", 4),
        (Lang::En, "Columns", 5),
    ] {
        let mut bytes = Vec::new();
        write_xlsx([record("Essai", 1)], &locale(lang), &mut bytes).unwrap();
        let mut workbook = Xlsx::new(Cursor::new(&bytes)).unwrap();
        let rows: Vec<Vec<String>> = workbook
            .worksheet_range(sheet)
            .unwrap()
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        assert_eq!(rows.len(), COLUMNS.len() + 1);
        assert!(
            rows.iter()
                .all(|row| row.len() == width && !row.contains(&String::new()))
        );
        let id = rows.iter().find(|row| row[1] == "id").unwrap();
        assert!(id[2].contains("doublons") && id[3].contains("التكرار"), "{id:?}");
    }
}

#[test]
fn unknown_stop_has_no_name() {
    let mut lead = record("Essai", 1);
    lead.header.stop = "elsewhere".to_owned();
    let rows = read_csv(&as_csv(&[lead], Lang::Fr));
    let cells = ["stop", "stop_name"].map(|key| rows[1][column(key)].as_str());
    assert_eq!(cells, ["elsewhere", ""]);
}

#[test]
fn entries_of_staff_have_their_own_columns() {
    let mut lead = record("Essai", 1);
    let mut entry = StaffEntry::new(TAKEN_AT.parse().unwrap());
    entry.rating = Some(Rating::Hot);
    entry.outcome = Some(CallOutcome::Appointment);
    entry.desk = Some(Desk::Notary);
    entry.note = Some("=rappeler".to_owned());
    entry.merged_into = Some(lead.header.id);
    lead.staff = Some(entry);
    let rows = read_csv(&as_csv(&[lead], Lang::Fr));
    let keys = [
        "rating",
        "outcome",
        "staff_desk",
        "staff_note",
        "merged_into",
        "desk",
    ];
    assert_eq!(
        keys.map(|key| rows[1][column(key)].as_str()),
        [
            "chaud",
            "rendez-vous pris",
            "Notaire",
            "'=rappeler",
            "019aa000-0000-7000-8000-000000000001",
            ""
        ]
    );
}
