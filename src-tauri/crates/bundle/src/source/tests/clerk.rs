//! The walk of a clerk: an ordinary workbook with typical mistakes, one report in French, corrections as its lines say,
//! and a valid bundle at the second attempt.

use crate::publishing::{self, Depth, PublishingError, VersionOptions};
use crate::tests::sample;
use crate::{Warnings, keys};
use expo_texts::TemplateLanguage;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::fs;
use std::path::Path;

/// What is in a cell at the first attempt.
enum Typed {
    Text(&'static str),
    Number(f64),
    /// A date cell, which Excel makes of `1-10`: its day number.
    Day(f64),
    /// A formula whose cell was deleted.
    BrokenFormula,
}

use Typed::{BrokenFormula, Day, Number, Text};

struct Mistake {
    sheet: &'static str,
    row: u32,
    column: &'static str,
    typed: Typed,
    corrected: &'static str,
    /// The complete line of the report.
    line: &'static str,
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        sheet: "groups",
        row: 2,
        column: "product_type",
        typed: Text("appartement"),
        corrected: "apartment",
        line: "catalogue.xlsx [groups], ligne 2, colonne product_type: trouvé « appartement », attendu : un code parmi apartment, house, villa, semi_finished_villa, residential_plot, craft_plot, industrial_plot, commercial_plot, shop, block",
    },
    Mistake {
        sheet: "offers",
        row: 2,
        column: "valid_to",
        typed: Text("2025-12-31"),
        corrected: "2026-12-31",
        line: "catalogue.xlsx [offers], ligne 2, colonne valid_to: trouvé « 2025-12-31 », attendu : un jour qui ne précède pas valid_from, 2026-01-01",
    },
    Mistake {
        sheet: "pictures",
        row: 2,
        column: "file",
        typed: Text("a/IMG_0042.jpg"),
        corrected: "a/1.png",
        line: "catalogue.xlsx [pictures], ligne 2, colonne file: trouvé « a/IMG_0042.jpg », attendu : une photo JPEG, PNG ou WebP valide : le fichier est une photo HEIC, d’un iPhone : exportez-la en JPEG",
    },
    Mistake {
        sheet: "pictures",
        row: 3,
        column: "caption_fr",
        typed: Text(""),
        corrected: "Plan",
        line: "catalogue.xlsx [pictures], ligne 3, colonne caption_fr: rien trouvé, attendu : un texte en français",
    },
    Mistake {
        sheet: "pictures",
        row: 3,
        column: "file",
        typed: Text("a/plan.png"),
        corrected: "a/2.png",
        line: "catalogue.xlsx [pictures], ligne 3, colonne file: trouvé « a/plan.png », attendu : un fichier qui existe dans photos/",
    },
    Mistake {
        sheet: "projects",
        row: 2,
        column: "features",
        typed: Text("lift|piscine"),
        corrected: "lift|school",
        line: "catalogue.xlsx [projects], ligne 2, colonne features: trouvé « lift|piscine », attendu : des codes séparés par |, chacun une fois, parmi parking, lift, green_space, playground, school, mosque, shops, security, sea_view, mountain_view, transport, health_centre, sport, pool, terrace",
    },
    Mistake {
        sheet: "projects",
        row: 3,
        column: "delivery_on",
        typed: Text(""),
        corrected: "2027-09",
        line: "catalogue.xlsx [projects], ligne 3, colonne delivery_on: rien trouvé, attendu : un mois, par exemple 2027-09, car le projet n’est pas livré",
    },
    Mistake {
        // The line is about the project, the remedy in the table of pictures.
        sheet: "pictures",
        row: 4,
        column: "position",
        typed: Number(2.0),
        corrected: "1",
        line: "catalogue.xlsx [projects], ligne 3, colonne id: trouvé « FES-B », attendu : une photo de ce projet en position 1 dans le tableau pictures",
    },
    Mistake {
        sheet: "projects",
        row: 3,
        column: "title_fr",
        typed: Text(""),
        corrected: "Lotissement Essai",
        line: "catalogue.xlsx [projects], ligne 3, colonne title_fr: rien trouvé, attendu : un texte en français",
    },
    Mistake {
        sheet: "source",
        row: 2,
        column: "published_on",
        typed: Text("05/11/2026"),
        corrected: "2026-11-05",
        line: "catalogue.xlsx [source], ligne 2, colonne published_on: trouvé « 05/11/2026 », attendu : une date, par exemple 2026-11-16 : le jour et le mois sont interchangeables ; écrivez année-mois-jour",
    },
    Mistake {
        sheet: "subsidiaries",
        row: 2,
        column: "phone",
        typed: Text("0537 00 00 00"),
        corrected: "+212 537 00 00 00",
        line: "catalogue.xlsx [subsidiaries], ligne 2, colonne phone: trouvé « 0537 00 00 00 », attendu : un numéro de téléphone avec + et l’indicatif du pays, par exemple +212537000000",
    },
    Mistake {
        sheet: "subsidiaries",
        row: 2,
        column: "regions",
        typed: Text("Fès-Meknès"),
        corrected: "MA-03|MA-04",
        line: "catalogue.xlsx [subsidiaries], ligne 2, colonne regions: trouvé « Fès-Meknès », attendu : un code de région, de MA-01 à MA-12, ou plusieurs séparés par |",
    },
    Mistake {
        sheet: "towns",
        row: 1,
        column: "aliases",
        typed: Text("alias"),
        corrected: "aliases",
        line: "catalogue.xlsx [towns], ligne 1, colonne alias: trouvé « alias », attendu : l’une des colonnes aliases",
    },
    Mistake {
        sheet: "towns",
        row: 2,
        column: "longitude",
        typed: Number(5.0003),
        corrected: "-5.0003",
        line: "catalogue.xlsx [towns], ligne 2, colonne longitude: trouvé « 5.0003 », attendu : des degrés entre -18 et 0, négatifs à l’ouest, par exemple -6.8416",
    },
    Mistake {
        sheet: "units",
        row: 2,
        column: "number",
        typed: Day(46_032.0),
        corrected: "1-10",
        line: "catalogue.xlsx [units], ligne 2, colonne number: trouvé « 2026-01-10 », attendu : le numéro du produit, 40 caractères au plus, et non une date : le tableur l’a transformé ; mettez la colonne au format Texte et saisissez-le de nouveau",
    },
    Mistake {
        sheet: "units",
        row: 3,
        column: "id",
        typed: Text("U-01"),
        corrected: "U-02",
        line: "catalogue.xlsx [units], ligne 3, colonne id: trouvé « U-01 », attendu : une autre valeur qu’à la ligne 2",
    },
    Mistake {
        sheet: "units",
        row: 3,
        column: "price_dh",
        typed: Text("sur demande"),
        corrected: "290 000,50 DH",
        line: "catalogue.xlsx [units], ligne 3, colonne price_dh: trouvé « sur demande », attendu : un prix TTC en dirhams, supérieur à 0, avec deux décimales au plus, par exemple 288000 ou 288000,50",
    },
    Mistake {
        sheet: "units",
        row: 3,
        column: "status",
        typed: Text("Réservé"),
        corrected: "reserved",
        line: "catalogue.xlsx [units], ligne 3, colonne status: trouvé « Réservé », attendu : un code parmi available, reserved, sold",
    },
    Mistake {
        sheet: "units",
        row: 4,
        column: "group",
        typed: Text("FES-B-G2"),
        corrected: "FES-B-G1",
        line: "catalogue.xlsx [units], ligne 4, colonne group: trouvé « FES-B-G2 », attendu : un id de la feuille groups",
    },
    Mistake {
        sheet: "units",
        row: 4,
        column: "surface_m2",
        typed: BrokenFormula,
        corrected: "96",
        line: "catalogue.xlsx [units], ligne 4, colonne surface_m2: trouvé « #REF! », attendu : une valeur dans la cellule E4, et non une formule en erreur",
    },
];

/// Lines about files and sheets that the clerk removes.
const STRAY_LINES: [&str; 2] = [
    "anciens-prix.XLS: trouvé « anciens-prix.XLS », attendu : un classeur Excel : ouvrez ce fichier et enregistrez-le sous catalogue.xlsx (type « Classeur Excel »)",
    "catalogue.xlsx [Feuil1]: trouvé « Feuil1 », attendu : seulement des feuilles nommées source, subsidiaries, towns, projects, groups, units, parcels, offers, pictures, partners, stand : renommez, masquez ou supprimez cette feuille",
];

/// A fourth unit, whose price lacks its thousands, and the line that asks to confirm it.
const UNIT_TO_CONFIRM: &str = "U-04;FES-B-G1;13;310;96;;;2;1;1.2;available;Lot R+2";
const WARNING_LINE: &str = "catalogue.xlsx [units], ligne 5, colonne price_dh: trouvé « 310 »: prix inhabituel au m² ou au total ; vérifiez qu’il est en dirhams";

fn write(sheet: &mut Worksheet, row: u32, column: u16, typed: &Typed) {
    match typed {
        Text(text) => _ = sheet.write_string(row, column, *text).unwrap(),
        Number(number) => _ = sheet.write_number(row, column, *number).unwrap(),
        Day(day) => {
            let format = Format::new().set_num_format("d-mmm");
            sheet
                .write_number_with_format(row, column, *day, &format)
                .unwrap();
        }
        BrokenFormula => {
            let formula = Formula::new("=#REF!*2").set_result("#REF!");
            sheet.write_formula(row, column, formula).unwrap();
        }
    }
}

/// Writes all tables of the sample to one workbook, with the mistakes or with their corrections.
fn write_workbook(path: &Path, is_corrected: bool) {
    let mut workbook = Workbook::new();
    for (name, text) in sample::TABLES {
        let name = name.trim_end_matches(".csv");
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        let header: Vec<&str> = text.lines().next().unwrap().split(';').collect();
        let more = (name == "units").then_some(UNIT_TO_CONFIRM);
        for (row, line) in (0..).zip(text.lines().chain(more)) {
            for (column, cell) in (0..).zip(line.split(';')) {
                let is_here =
                    |m: &&Mistake| (m.sheet, m.row - 1, m.column) == (name, row, header[usize::from(column)]);
                match MISTAKES.iter().find(is_here) {
                    Some(mistake) if is_corrected => write(sheet, row, column, &Text(mistake.corrected)),
                    Some(mistake) => write(sheet, row, column, &mistake.typed),
                    None if is_corrected && cell == "310" => write(sheet, row, column, &Number(310_000.0)),
                    None => _ = sheet.write_string(row, column, cell).unwrap(),
                }
            }
        }
    }
    if !is_corrected {
        let draft = workbook.add_worksheet().set_name("Feuil1").unwrap();
        draft.write_string(0, 0, "à vérifier avec l’agence").unwrap();
    }
    workbook.save(path).unwrap();
}

/// The report in French, as the command prints it.
fn report(source: &Path) -> Result<(), String> {
    let checked = publishing::check(source, Depth::Full, Warnings::Refuse, &mut |_| {});
    match checked {
        Ok(_) => Ok(()),
        Err(PublishingError::Source(faults)) => Err(faults.text(TemplateLanguage::French)),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn clerk_corrects_one_report_and_builds_a_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("catalogue");
    fs::create_dir(&source).unwrap();
    sample::write(&source);
    for (name, _) in sample::TABLES {
        fs::remove_file(source.join(name)).unwrap();
    }
    let workbook = source.join("catalogue.xlsx");
    write_workbook(&workbook, false);
    fs::write(source.join("anciens-prix.XLS"), "ancien").unwrap();
    let photo = source.join("photos/a/IMG_0042.jpg");
    fs::write(&photo, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap();

    let text = report(&source).expect_err("the first attempt has faults");
    let mut expected: Vec<&str> = MISTAKES.iter().map(|mistake| mistake.line).collect();
    expected.extend(STRAY_LINES);
    let title = format!("erreurs dans la source : {}", expected.len());
    let lines: Vec<&str> = text.lines().collect();
    for line in &expected {
        assert!(lines.contains(line), "missing: {line}\n{text}");
    }
    assert_eq!(lines.first().copied(), Some(title.as_str()), "{text}");
    let warnings = &lines[expected.len() + 1..];
    assert!(
        warnings.len() == 2
            && warnings[0].starts_with("valeurs à confirmer : 1. Corrigez-les, ou relancez")
            && warnings[1] == WARNING_LINE,
        "{text}"
    );

    write_workbook(&workbook, true);
    fs::remove_file(source.join("anciens-prix.XLS")).unwrap();
    fs::remove_file(&photo).unwrap();
    assert_eq!(report(&source), Ok(()));
    let (key, out) = (
        folder.path().join("publisher.key"),
        folder.path().join("catalogue.bundle"),
    );
    publishing::keygen(&key).unwrap();
    let options = VersionOptions::default();
    let built = publishing::build(&source, &out, &key, None, options, &mut |_| {}).unwrap();
    let verified = publishing::verify(&out, &keys::secret(&key).unwrap().public()).unwrap();
    assert_eq!((built.bundle, verified.units), (verified.clone(), 4));
}
