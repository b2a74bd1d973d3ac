//! The template of a source: a workbook with every table and column, notes that say what is expected, lists to choose
//! codes from, and one example row a sheet from which a bundle can be built as it stands. Goes by the same table of
//! columns as the reader.

use crate::source::kinds::Kind;
use crate::source::shapes::{EXPLANATIONS, Heading, SHAPES, Shape};
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError,
};

/// Rows below the header that get lists to choose from: as many as a sheet of Excel has.
const LAST_ROW: u32 = 1_048_575;
/// Green of a column that must be filled, grey of one that may be empty, yellow of the example.
const REQUIRED: Color = Color::RGB(0x00_2F_6B_4F);
const OPTIONAL: Color = Color::RGB(0x00_7A_7A_7A);
const EXAMPLE: Color = Color::RGB(0x00_FF_F4_CC);

/// The language of notes and explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl Tongue {
    fn of(self, french: &str, english: &str) -> String {
        match self {
            Self::French => french,
            Self::English => english,
        }
        .to_owned()
    }
}

/// The template as the bytes of an Excel workbook, to be saved as `catalogue.xlsx` in a source folder.
pub fn template(tongue: Tongue) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    explain(workbook.add_worksheet(), tongue)?;
    for shape in SHAPES {
        fill(workbook.add_worksheet(), shape, tongue)?;
    }
    workbook.save_to_buffer()
}

/// The first sheet: how to go about it.
fn explain(sheet: &mut Worksheet, tongue: Tongue) -> Result<(), XlsxError> {
    let (name, lines) = match tongue {
        Tongue::French => (EXPLANATIONS[0], &IN_FRENCH),
        Tongue::English => (EXPLANATIONS[1], &IN_ENGLISH),
    };
    sheet.set_name(name)?.set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = Format::new().set_bold().set_font_size(16);
    for (row, line) in (0..).zip(lines) {
        let format = if row == 0 { &title } else { &wrapped };
        sheet.write_string_with_format(row, 0, *line, format)?;
    }
    Ok(())
}

const IN_FRENCH: [&str; 11] = [
    "Catalogue de la borne : mode d’emploi",
    "1. Enregistrez ce fichier sous le nom catalogue.xlsx dans un dossier à vous, et les photos dans un sous-dossier nommé photos.",
    "2. Remplissez les feuilles de gauche à droite : source, subsidiaries (filiales), towns (villes), projects (projets), groups (groupes de produits), units (produits), offers (offres), pictures (photos).",
    "3. En-têtes : vert, à remplir ; gris, peut rester vide. Le commentaire de chaque en-tête dit ce qui est attendu. Ne changez ni les en-têtes ni les noms des feuilles ; l’ordre des colonnes est libre.",
    "4. La ligne jaune de chaque feuille est un exemple : remplacez-la. Ses identifiants commencent par EXEMPLE.",
    "5. Les textes existent en huit langues : _fr français, _ar arabe, _zgh amazighe (tifinagh), _en anglais, _es espagnol, _nl néerlandais, _de allemand, _it italien. Seul le français est obligatoire : sans texte, la borne montre la langue la plus proche.",
    "6. Un id garde son sens pour toujours : ne le donnez jamais à autre chose. Les prix sont en dirhams, toutes taxes comprises.",
    "7. Photos : JPEG, PNG ou WebP, au moins 1 920 pixels de large, 64 Mio et 50 millions de pixels au plus, pas en CMJN. La photo de position 1 est la couverture ; chaque projet en a une.",
    "8. demonstration : yes quand tout est inventé, la borne le dit alors sur chaque écran ; no pour un vrai catalogue.",
    "9. Vérifier : expo-kiosk bundle check DOSSIER. Construire : expo-kiosk bundle build DOSSIER --out catalogue.bundle --key publisher.key. Toutes les erreurs sont dites d’un coup, avec fichier, ligne et colonne.",
    "10. Cette feuille n’est pas lue ; vous pouvez la supprimer.",
];

const IN_ENGLISH: [&str; 11] = [
    "Catalogue of the kiosk: how to fill this workbook",
    "1. Save this file as catalogue.xlsx in a folder of its own, and the photos in a folder called photos inside it.",
    "2. Fill the sheets from left to right: source, subsidiaries, towns, projects, groups (of like units), units, offers, pictures.",
    "3. Headers: green must be filled, grey may stay empty. The note of each header says what is expected. Do not change headers or names of sheets; the order of columns is free.",
    "4. The yellow row of each sheet is an example: replace it. Its identifiers begin with EXEMPLE.",
    "5. Texts exist in eight languages: _fr French, _ar Arabic, _zgh Amazigh (Tifinagh), _en English, _es Spanish, _nl Dutch, _de German, _it Italian. Only French is required: where there is no text, the kiosk shows the nearest language.",
    "6. An id keeps its meaning for ever: never give it to anything else. Prices are in dirhams with all taxes.",
    "7. Photos: JPEG, PNG or WebP, at least 1,920 pixels wide, at most 64 MiB and 50 million pixels, not in CMYK. The photo with position 1 is the cover; every project has one.",
    "8. demonstration: yes when everything is made up, the kiosk then says so on every screen; no for a real catalogue.",
    "9. Check: expo-kiosk bundle check FOLDER. Build: expo-kiosk bundle build FOLDER --out catalogue.bundle --key publisher.key. All faults are told at once, with file, row and column.",
    "10. This sheet is not read; you may remove it.",
];

/// One table: header with notes, the example, lists to choose from.
fn fill(sheet: &mut Worksheet, shape: &'static Shape, tongue: Tongue) -> Result<(), XlsxError> {
    sheet.set_name(shape.name)?.set_freeze_panes(1, 0)?;
    // Everything is text: Excel then changes nothing that is typed, neither telephones nor dates.
    let text = Format::new().set_num_format("@");
    let example = text.clone().set_background_color(EXAMPLE).set_italic();
    for (place, heading) in (0_u16..).zip(shape.headings()) {
        let ground = if heading.is_required { REQUIRED } else { OPTIONAL };
        let header = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(ground);
        let width = heading.name.len().max(shown(&heading).chars().count().min(40)) + 4;
        sheet
            .set_column_width(place, width as f64)?
            .set_column_format(place, &text)?
            .write_string_with_format(0, place, &heading.name, &header)?
            .write_string_with_format(1, place, shown(&heading), &example)?
            .insert_note(0, place, &note(&heading, tongue))?;
        if let Some(list) = list(heading.column.kind, tongue)? {
            sheet.add_data_validation(1, place, LAST_ROW, place, &list)?;
        }
    }
    Ok(())
}

/// What stands in the example row.
fn shown(heading: &Heading) -> &'static str {
    let without_text = heading.lang.is_some_and(|lang| lang != domain::Lang::Fr);
    if without_text { "" } else { heading.column.example }
}

fn note(heading: &Heading, tongue: Tongue) -> Note {
    let need = if heading.is_required {
        tongue.of("À remplir", "Must be filled")
    } else {
        tongue.of("Peut rester vide", "May stay empty")
    };
    let kind = match tongue {
        Tongue::French => heading.column.kind.expected_in_french(),
        Tongue::English => heading.column.kind.expected(),
    };
    let colon = tongue.of(" :", ":");
    Note::new(format!("{need}{colon} {kind}."))
        .add_author_prefix(false)
        .set_width(320)
        .set_height(120)
}

/// The list of codes, or of what another sheet has.
fn list(kind: Kind, tongue: Tongue) -> Result<Option<DataValidation>, XlsxError> {
    let choices = kind.choices();
    let list = if let Kind::Reference(table) = kind {
        let ids = format!("={table}!$A$2:$A${}", LAST_ROW + 1);
        DataValidation::new().allow_list_formula(Formula::new(ids))
    } else if choices.is_empty() {
        return Ok(None);
    } else {
        DataValidation::new().allow_list_strings(&choices)?
    };
    let list = list
        .set_error_title(tongue.of("Valeur inconnue", "Unknown value"))?
        .set_error_message(tongue.of(
            "Choisissez une valeur de la liste.",
            "Choose a value of the list.",
        ))?;
    Ok(Some(list))
}
