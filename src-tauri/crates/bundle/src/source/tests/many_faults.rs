//! A source with fifty different faults, in tables and photos, gives fifty lines and no bundle.

use crate::tests::sample;
use crate::{BuildError, Options, build};
use expo_vault::signature::PublisherKey;
use image::{ImageFormat, RgbImage};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Rows appended to the tables of the sample, with the column of the fault: `-` for a fault of the complete row, empty
/// for a valid row.
const ROWS: [(&str, &[(&str, &str)]); 8] = [
    ("source.csv", &[("no;2026-11-16;Deux", "-")]),
    (
        "subsidiaries.csv",
        &[
            ("ao-x;Nom;;MA-03", "id"),
            ("AO-U;;;MA-03", "name_fr"),
            ("AO-V;Nom;0537000000;MA-03", "phone"),
            ("AO-W;Nom;;MA-13", "regions"),
            ("AO-T;Nom;;MA-03|MA-04", "id"),
        ],
    ),
    (
        "towns.csv",
        &[
            ("SEF-1;MA-99;Sefrou;;;33.83;-4.83", "region"),
            ("SEF-2;MA-03;Sefrou;;Sefru|Sefru;33.83;-4.83", "aliases"),
            ("SEF-3;MA-03;Sefrou;;;43.83;-4.83", "latitude"),
            ("SEF-4;MA-03;Sefrou;;;33.83;4.83", "longitude"),
            ("SEF-6;MA-03;Sefrou;;;33.83;-4.83;surplus", "-"),
            ("CAS;MA-06;Casablanca;;;33.57;-7.59", ""),
        ],
    ),
    (
        "projects.csv",
        &[
            ("FES-C;AO-Z;FES;T;;D;delivered;;;;titled;;;", "subsidiary"),
            ("FES-D;AO-T;NOWHERE;T;;D;delivered;;;;titled;;;", "town"),
            ("FES-E;AO-T;FES;T;;;delivered;;;;titled;;;", "description_fr"),
            ("FES-F;AO-T;FES;T;;D;soon;;;;titled;;;", "delivery"),
            ("FES-H;AO-T;FES;T;;D;off_plan;;;;titled;;;", "delivery_on"),
            (
                "FES-I;AO-T;FES;T;;D;delivered;;2024-13-01;;titled;;;",
                "building_permit_on",
            ),
            (
                "FES-J;AO-T;FES;T;;D;delivered;;2024-02-01;2023-02-01;titled;;;",
                "habitation_permit_on",
            ),
            ("FES-K;AO-T;FES;T;;D;delivered;;;;maybe;;;", "land_title"),
            ("FES-L;AO-T;FES;T;;D;delivered;;;;titled;34;;", "longitude"),
            (
                "FES-M;AO-T;FES;T;;D;delivered;;;;titled;;;lift|casino",
                "features",
            ),
            ("FES-N;AO-T;FES;T;;D;delivered;;;;titled;;;", "id"),
            ("FES-O;AO-T;CAS;T;;D;delivered;;;;titled;;;", "subsidiary"),
        ],
    ),
    (
        "groups.csv",
        &[
            ("FES-A-G2;FES-Z;apartment;T", "project"),
            ("FES-A-G3;FES-A;flat;T", "product_type"),
            ("FES-A-G4;FES-A;villa;", "title_fr"),
        ],
    ),
    (
        "units.csv",
        &[
            ("U-10;NOWHERE;1;1000;50;;;;;;available;", "group"),
            ("U-11;FES-A-G1;;1000;50;1;3;;;;available;", "number"),
            ("U-12;FES-A-G1;A-112;-5;50;1;3;;;;available;", "price_dh"),
            ("U-13;FES-A-G1;A-113;1000;0;1;3;;;;available;", "surface_m2"),
            ("U-14;FES-A-G1;A-114;1000;50;1.5;3;;;;available;", "floor"),
            ("U-15;FES-A-G1;A-115;1000;50;1;0;;;;available;", "rooms"),
            ("U-16;FES-A-G1;A-116;1000;50;1;3;;;2;available;", "cos"),
            ("U-17;FES-A-G1;A-117;1000;50;1;3;;;;Libre;", "status"),
            ("U-01;FES-A-G1;A-118;1000;50;1;3;;;;available;", "id"),
            ("U-19;FES-A-G1;A-101;1000;50;1;3;;;;available;", "number"),
        ],
    ),
    (
        "offers.csv",
        &[
            ("OFFER-2;FES-Z;T;C;2026-01-01;2026-12-31", "projects"),
            ("OFFER-3;FES-A;T;C;2026-12-31;2026-01-01", "valid_to"),
        ],
    ),
    (
        "pictures.csv",
        &[
            ("FES-A;missing.png;3;view;V", "file"),
            ("FES-A;../secret.png;4;view;V", "file"),
            ("FES-A;text.jpg;5;view;V", "file"),
            ("FES-A;wide.png;6;view;V", "file"),
            ("FES-A;cut.png;7;view;V", "file"),
            ("FES-A;cut.png;8;view;", "caption_fr"),
            ("FES-A;press.jpg;9;view;V", "file"),
            ("FES-A;b.png;1;view;V", "position"),
        ],
    ),
];

/// Last letters of the projects above that get a cover, so that they have no second fault.
const COVERED_PROJECTS: &str = "CDEFHIJKLMO";

fn write_photos(folder: &Path) {
    fs::write(folder.join("text.jpg"), "a letter").unwrap();
    let wide = RgbImage::new(expo_media::MAX_SIDE + 1, 1);
    wide.save_with_format(folder.join("wide.png"), ImageFormat::Png)
        .unwrap();
    // A valid header and half of the pixels: detected only by decoding.
    let intact = fs::read(folder.join("b.png")).unwrap();
    fs::write(folder.join("cut.png"), &intact[..intact.len() / 2]).unwrap();
    let mut cmyk = vec![0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 32, 0, 32, 4];
    cmyk.extend((1..=4).flat_map(|component| [component, 0x11, 0]));
    fs::write(folder.join("press.jpg"), cmyk).unwrap();
}

#[test]
fn fifty_faults_give_fifty_lines_and_no_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    sample::write(&source);
    write_photos(&source.join("photos"));
    sample::replace(
        &source,
        "source.csv",
        "yes;2026-11-16;Essai",
        "peut-être;16/11/26;Es\u{202e}sai",
    );
    let mut expected: BTreeSet<String> = ["demonstration", "published_on", "notice_fr"]
        .iter()
        .map(|column| format!("source.csv, row 2, column {column}"))
        .collect();
    // The second use of the truncated photo has a line of its own.
    expected.insert("pictures.csv, row 21, column file".to_owned());
    for (table, rows) in ROWS {
        let path = source.join(table);
        let mut text = fs::read_to_string(&path).unwrap();
        if table == "pictures.csv" {
            for letter in COVERED_PROJECTS.chars() {
                writeln!(text, "FES-{letter};b.png;1;view;V").unwrap();
            }
        }
        for (row, column) in rows {
            let number = text.lines().count() + 1;
            text.push_str(row);
            text.push('\n');
            match *column {
                "" => {}
                "-" => _ = expected.insert(format!("{table}, row {number}")),
                column => _ = expected.insert(format!("{table}, row {number}, column {column}")),
            }
        }
        fs::write(path, text).unwrap();
    }
    let out = folder.path().join("out/catalogue.bundle");
    let options = Options {
        version: None,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        cache: None,
    };
    let key = PublisherKey::generate().unwrap();
    let error = build(&source, &out, &key, &options, &mut |_| {}).unwrap_err();
    let BuildError::Faults(faults) = &error else {
        panic!("{error}")
    };
    let reported: Vec<String> = faults
        .0
        .iter()
        .map(|fault| fault.to_string().split(": found").next().unwrap().to_owned())
        .collect();
    assert_eq!(
        reported.iter().cloned().collect::<BTreeSet<_>>(),
        expected,
        "{error}"
    );
    assert_eq!((reported.len(), expected.len()), (50, 50), "{error}");
    assert_eq!(
        error.to_string().lines().count(),
        51,
        "a heading and one line per fault"
    );
    let left = fs::read_dir(out.parent().unwrap()).unwrap().count();
    assert_eq!(left, 0, "no bundle and no temporary files");
}
