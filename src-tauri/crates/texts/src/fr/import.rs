//! Texts about reading a source in French.

use crate::import::{
    CellTexts, ContentTexts, CsvTexts, FileTexts, FormatTexts, GuidePartTexts, GuideTexts, HeaderTexts,
    ImportTexts, LineTexts, OtherFormatTexts, PhotoTexts, PictureTexts, RowTexts, RuleTexts, WarningTexts,
    WorkbookTexts,
};
use expo_domain::outline::{MAX_POINTS, OutlineError, PLAN_SIZE};

pub(crate) static IMPORT: ImportTexts = ImportTexts {
    types: &super::TEMPLATE.columns,
    line: LineTexts {
        row: "ligne",
        line: "ligne",
        column: "colonne",
        key: "clé",
        found: |text| format!("trouvé « {text} »"),
        found_nothing: "rien trouvé",
        expected: "attendu :",
        fault_count: |count| format!("erreurs dans la source : {count}"),
        warning_count: |count| {
            format!(
                "valeurs à confirmer : {count}. Corrigez-les, ou relancez la commande avec --accept-warnings :"
            )
        },
        more: |count| format!("{count} autres lignes ; corrigez d’abord les précédentes"),
    },
    files: FileTexts {
        folder: "un dossier avec des tableaux et des photos",
        readable: "un fichier lisible",
        max_bytes: |bytes| format!("{bytes} octets au plus"),
        missing_table: |table| format!("ce fichier, ou une feuille {table} dans catalogue.xlsx"),
        table_once: |table, other| format!("le tableau {table} une seule fois ; il est aussi dans {other}"),
        csv_names: |names| format!("seulement des fichiers CSV nommés {names}"),
        rename_to: |name| format!("un autre nom : ce fichier n’est pas lu ; renommez-le {name}"),
        save_as_workbook: "un classeur Excel : ouvrez ce fichier et enregistrez-le sous catalogue.xlsx (type « Classeur Excel »)",
        not_read: "non lu : ce n’est pas un tableau du catalogue",
    },
    formats: FormatTexts {
        workbook: WorkbookTexts {
            no_password: "un classeur sans mot de passe : ouvrez-le dans Excel, retirez le mot de passe (Fichier, Informations, Protéger le classeur, Chiffrer avec mot de passe) et enregistrez-le",
            other_format: |format| {
                format!(
                    "un classeur Excel : malgré son nom, ce fichier est {format} ; ouvrez-le dans Excel ou LibreOffice et enregistrez-le sous catalogue.xlsx (type « Classeur Excel »)"
                )
            },
            formats: OtherFormatTexts {
                workbook: "un classeur Excel (.xlsx)",
                encrypted: "un classeur avec mot de passe",
                old_workbook: "un ancien classeur Excel (.xls)",
                binary_workbook: "un classeur Excel binaire (.xlsb)",
                open_document: "une feuille de calcul OpenDocument (.ods)",
                numbers: "un document Numbers",
                web_page: "une page web (HTML) ou un fichier XML",
                plain_text: "du texte, par exemple un tableau CSV",
                unknown: "d’un autre format ou endommagé",
            },
            empty_file: "un classeur Excel : ce fichier est vide ; copiez-le de nouveau",
            damaged: |problem| {
                format!("un classeur intact ({problem}) : ouvrez-le dans Excel et enregistrez-le de nouveau")
            },
            too_large: |bytes| {
                format!(
                    "un classeur de {bytes} octets au plus une fois décompressé : copiez les cellules remplies dans un nouveau classeur"
                )
            },
            string_count: |declared, found| {
                format!(
                    "autant de textes que le classeur en annonce : il en annonce {declared} et en contient {found} ; ouvrez-le dans Excel et enregistrez-le de nouveau"
                )
            },
            sheet_names: |names| {
                format!(
                    "seulement des feuilles nommées {names} : renommez, masquez ou supprimez cette feuille"
                )
            },
            hidden_sheet: "non lue : feuille masquée",
            hidden_table: "la feuille est masquée, mais les visiteurs verraient son contenu : affichez-la ou supprimez-la",
            instructions: "non lue : mode d’emploi",
        },
        csv: CsvTexts {
            utf8: "UTF-8 : enregistrez-le dans Excel au format « CSV UTF-8 »",
            other_format: |format| {
                format!(
                    "un tableau CSV : malgré son nom, ce fichier est {format} ; ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format « CSV UTF-8 »"
                )
            },
            unclosed_quote: "un guillemet fermant : la citation qui commence à cette ligne ne se termine jamais",
            text_after_quote: "un séparateur après le guillemet fermant ; à l’intérieur d’une citation, doublez chaque guillemet",
            swallowed_rows: "une seule ligne : une citation commence ici et semble contenir les lignes suivantes ; supprimez le guillemet isolé",
        },
    },
    columns: HeaderTexts {
        misspelt: |names| format!("l’une des colonnes {names}"),
        once: "chaque colonne une seule fois",
        missing: "cette colonne",
        extra: |name| format!("non lue : la colonne {name} ne fait pas partie du tableau"),
        unnamed: |letter| format!("non lue : la colonne {letter} n’a pas de nom dans l’en-tête"),
        outside: "rien en dehors des colonnes nommées",
        above_header: "non lue : ligne au-dessus de l’en-tête",
        totals: "non lue : ligne de totaux",
    },
    cells: CellTexts {
        failed_formula: |cell| format!("une valeur dans la cellule {cell}, et non une formule en erreur"),
        no_result: |cell| {
            format!(
                "le résultat de la formule de la cellule {cell} : ouvrez le fichier dans Excel ou LibreOffice et enregistrez-le"
            )
        },
        not_a_date: |content| {
            format!(
                "{content}, et non une date : le tableur l’a transformé ; mettez la colonne au format Texte et saisissez-le de nouveau"
            )
        },
        not_a_boolean: |content| {
            format!(
                "{content}, et non VRAI ou FAUX : mettez la colonne au format Texte et saisissez-le de nouveau"
            )
        },
        hidden_format: |content| {
            format!(
                "{content} sous forme de texte : le format de nombre affiche autre chose que le contenu de la cellule ; mettez la colonne au format Texte et saisissez-le de nouveau"
            )
        },
        scaled_number: |content| {
            format!(
                "{content}, et non un pourcentage ou un nombre mis à l’échelle : mettez la colonne au format Nombre"
            )
        },
        ambiguous_date: |content| {
            format!("{content} : le jour et le mois sont interchangeables ; écrivez année-mois-jour")
        },
        one_line: |content| format!("{content}, sur une seule ligne"),
    },
    rows: RowTexts {
        one_row: "une ligne sous l’en-tête",
        only_one_row: "une seule ligne",
        french_text: "un texte en français",
        duplicate: |row| format!("une autre valeur qu’à la ligne {row}"),
        within_plan: |start| format!("un nombre qui, ajouté à {start}, donne 100 au plus"),
        not_before: |other| format!("un jour qui ne précède pas {other}"),
        because_not_delivered: |content| format!("{content}, car le projet n’est pas livré"),
        because_other_degree: |content| format!("{content}, car l’autre coordonnée est remplie"),
        covering_subsidiary: |region| format!("une filiale qui couvre {region}"),
        cover: "une photo de ce projet en position 1 dans le tableau pictures",
        empty_for_type: |code| format!("une cellule vide, car le groupe est de type {code}"),
        outline: |error| match error {
            OutlineError::TooFewPoints => "au moins 3 points".to_owned(),
            OutlineError::TooManyPoints => format!("{MAX_POINTS} points au plus"),
            OutlineError::OutsideOfPlan => {
                format!("des points sur le plan, de coordonnées comprises entre 0 et {PLAN_SIZE}")
            }
            OutlineError::SelfIntersecting => {
                "des points dans l’ordre du contour, dont les côtés ne se croisent ni ne se touchent"
                    .to_owned()
            }
        },
        too_many_rows: |rows| format!("{rows} lignes remplies au plus"),
    },
    content: ContentTexts {
        guides: GuideTexts {
            file_name: "un nom tel que notaire.fr.md ou procuration.BE.fr.md : minuscules sans accent, chiffres et traits d’union, puis le pays de l’étape s’il s’agit d’une variante, puis la langue",
            utf8: "un fichier texte en UTF-8",
            french_file: "le fichier français de ce guide, à côté",
            head: "un en-tête entre deux lignes ---",
            head_line: "situation, topics, product_types ou checked_on, deux-points et une valeur",
            head_in_french_only: "l’en-tête dans le fichier français seulement",
            plain_characters: "aucun caractère de commande ni caractère qui change le sens de l’écriture",
            markdown: "uniquement des titres, des paragraphes, du **gras**, des listes à un niveau et des citations, sans HTML ni lien",
            parts: GuidePartTexts {
                heading: "un titre qui se termine par {#short}, {#steps}, {#papers} ou {#source}",
                first_step: "un titre ### avec le nom de la première étape",
                text_of_step: "un texte sous le titre de chaque étape",
                no_title: "un titre : une ligne qui commence par #",
                no_summary: "un paragraphe sous le titre, qui dit de quoi parle le guide",
                no_short: "une version courte : un titre {#short} suivi d’une liste numérotée",
                no_steps: "des étapes : un titre {#steps} suivi d’un titre ### pour chaque étape",
                no_source: "la source des informations : un titre {#source} suivi d’un paragraphe",
                in_start: "un titre # et un paragraphe avant le premier titre ##",
                in_short: "une liste numérotée sous {#short}",
                in_steps: "des titres ###, des paragraphes, des listes et des citations sous {#steps}",
                in_papers: "une liste de cases - [ ] sous {#papers}",
                in_source: "un paragraphe sous {#source}",
                as_many_short: |count| format!("autant d’étapes en bref qu’en français : {count}"),
                as_many_steps: |count| format!("autant d’étapes qu’en français : {count}"),
                as_many_papers: |count| format!("autant de papiers qu’en français : {count}"),
            },
        },
        rules: RuleTexts {
            file_name: |names| format!("un de ces noms devant .toml : {names}"),
            toml: "du TOML valide : nom = valeur, les textes et les dates entre guillemets droits",
            keys: |names| format!("une des clés {names}"),
            text: "un texte sur une ligne, entre guillemets droits",
            date: "une date entre guillemets droits, par exemple \"2026-11-23\"",
            flag: "true ou false",
            number: |low, high| format!("un nombre entier de {low} à {high}"),
            address: "une adresse qui commence par https://",
            currency: "une devise en trois majuscules, par exemple \"EUR\"",
            country: "un pays en deux majuscules, par exemple \"FR\"",
            codes: |codes| format!("une de ces valeurs : {codes}"),
            length: "{ days = 30 }, { aid_step = \"final_deed\" } ou \"at_delivery\"",
            list: "une liste entre crochets avec au moins une valeur",
            table: "une table avec des clés",
            once: "une valeur qui n’est pas utilisée deux fois",
            not_before: |day| format!("un jour qui n’est pas avant valid_from, {day}"),
            follows: |day, version| {
                format!(
                    "\"{day}\", la veille de la version {version} : deux versions n’ont ni trou ni jour en commun"
                )
            },
            at_least_key: |key, value| format!("au moins la valeur de {key}, {value}"),
            bands_rise: "un prix plus élevé que celui de la tranche d’avant",
            most_questions: |count| format!("au plus {count} questions, chaque \"unless\" compris"),
            whole_price: "des parts qui font 10000 au total, la dernière payée à l’étape keys",
            stage_above: "une étape placée plus haut dans la liste",
        },
        photos: PhotoTexts {
            missing: "un fichier qui existe dans photos/",
            several: |names| {
                format!(
                    "le nom exact de l’un de ces fichiers, qui ne diffèrent que par la casse ou les accents : {names}"
                )
            },
            link: "un fichier dans photos/, et non un lien vers l’extérieur",
            not_a_folder: "un fichier, et non un dossier",
            readable: |problem| format!("une photo lisible ({problem})"),
            prepared_bytes: |bytes| format!("une photo de {bytes} octets au plus après préparation"),
            unused: |count| {
                format!("fichiers non lus : {count} ; aucune ligne du tableau pictures ne les nomme")
            },
        },
        pictures: PictureTexts {
            valid: |problem| format!("une photo JPEG, PNG ou WebP valide : {problem}"),
            empty: "le fichier est vide ; copiez-le de nouveau",
            too_many_bytes: |bytes, max| {
                format!(
                    "le fichier a {bytes} octets, {max} au plus sont admis ; enregistrez-le en plus petit"
                )
            },
            unknown_format: "le fichier n’est pas une photo JPEG, PNG ou WebP ; exportez-le en JPEG",
            heic: "le fichier est une photo HEIC, d’un iPhone : exportez-la en JPEG",
            avif: "le fichier est une photo AVIF ; ouvrez-la et exportez-la en JPEG",
            too_large: |width, height| {
                format!(
                    "la photo mesure {width} × {height} ; 50 millions de pixels et 12000 par côté au plus sont admis ; enregistrez-la en plus petit"
                )
            },
            animated: "la photo est animée ; utilisez une image fixe",
            no_pixels: "la photo n’a pas de pixels ; exportez-la de nouveau",
            cmyk: "la photo est en CMJN, les couleurs de l’impression ; enregistrez-la en sRGB",
            arithmetic: "le JPEG utilise le codage arithmétique, que les écrans n’affichent pas ; ouvrez-le et enregistrez-le en JPEG ordinaire",
            damaged: |problem| {
                format!("la photo est endommagée ({problem}) ; exportez-la ou copiez-la de nouveau")
            },
            too_slow: |seconds| {
                format!(
                    "la photo a demandé plus de {seconds} s ; enregistrez-la de nouveau dans le programme qui l’a créée"
                )
            },
        },
        warnings: WarningTexts {
            no_rows: |table| {
                format!("le tableau {table} n’a aucune ligne ; les visiteurs verraient un catalogue vide")
            },
            price: "prix inhabituel au m² ou au total ; vérifiez qu’il est en dirhams",
            swapped: "prix et surface semblent inversés",
            surface: "surface inhabituelle pour ce type de produit, en m²",
            far_from_town: |km| {
                format!("le lieu est à {km} km de la ville ; vérifiez la latitude et la longitude")
            },
            permit_in_future: |day| format!("le permis est postérieur à la publication du {day}"),
            delivery_in_past: |day| {
                format!("la livraison précède la publication du {day}, et le projet n’est pas livré")
            },
            expired_offer: |day| format!("l’offre se termine avant la publication du {day}"),
        },
    },
};
