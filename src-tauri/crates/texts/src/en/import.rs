//! Texts about reading a source in English.

use crate::import::{
    CellTexts, ContentTexts, CsvTexts, FileTexts, FormatTexts, GuidePartTexts, GuideTexts, HeaderTexts,
    ImportTexts, LineTexts, OtherFormatTexts, PhotoTexts, PictureTexts, RowTexts, RuleTexts, WarningTexts,
    WorkbookTexts,
};

pub(crate) static IMPORT: ImportTexts = ImportTexts {
    types: &super::TEMPLATE.columns,
    line: LineTexts {
        row: "row",
        line: "line",
        column: "column",
        key: "key",
        found: |text| format!("found “{text}”"),
        found_nothing: "found nothing",
        expected: "expected",
        fault_count: |count| format!("the source has {count} fault(s):"),
        warning_count: |count| {
            format!(
                "{count} value(s) to confirm; correct them, or repeat the command with --accept-warnings:"
            )
        },
        more: |count| format!("{count} more lines; correct the others first"),
    },
    files: FileTexts {
        folder: "a folder with tables and photos",
        readable: "a file that can be read",
        max_bytes: |bytes| format!("at most {bytes} bytes"),
        missing_table: |table| format!("this file, or a sheet {table} in catalogue.xlsx"),
        table_once: |table, other| format!("the table {table} only once; it is in {other} too"),
        csv_names: |names| format!("only CSV files named {names}"),
        rename_to: |name| format!("another name: this file is not read; rename it to {name}"),
        save_as_workbook: "an Excel workbook: open this file and save it as catalogue.xlsx (type “Excel workbook”)",
        not_read: "not read: it is no table of the catalogue",
    },
    formats: FormatTexts {
        workbook: WorkbookTexts {
            no_password: "a workbook without a password: open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password) and save it",
            other_format: |format| {
                format!(
                    "an Excel workbook: despite its name, this file is {format}; open it in Excel or LibreOffice and save it as catalogue.xlsx (type “Excel workbook”)"
                )
            },
            formats: OtherFormatTexts {
                workbook: "an Excel workbook (.xlsx)",
                encrypted: "a workbook with a password",
                old_workbook: "an old Excel workbook (.xls)",
                binary_workbook: "a binary Excel workbook (.xlsb)",
                open_document: "an OpenDocument spreadsheet (.ods)",
                numbers: "a Numbers document",
                web_page: "a web page (HTML) or an XML file",
                plain_text: "text, for example a CSV table",
                unknown: "in another format or damaged",
            },
            empty_file: "an Excel workbook: this file is empty; copy it again",
            damaged: |problem| {
                format!("a workbook without damage ({problem}): open it in Excel and save it again")
            },
            too_large: |bytes| {
                format!(
                    "a workbook that unpacks to at most {bytes} bytes: copy the filled cells to a new workbook"
                )
            },
            string_count: |declared, found| {
                format!(
                    "as many texts as the workbook states: it states {declared} and has {found}; open it in Excel and save it again"
                )
            },
            sheet_names: |names| format!("only sheets named {names}: rename, hide or delete this sheet"),
            hidden_sheet: "not read: a hidden sheet",
            hidden_table: "the sheet is hidden, and visitors would see its content: show it or delete it",
            instructions: "not read: the instructions",
        },
        csv: CsvTexts {
            utf8: "UTF-8: save it in Excel as “CSV UTF-8”",
            other_format: |format| {
                format!(
                    "a CSV table: despite its name, this file is {format}; open it in Excel or LibreOffice and save it as “CSV UTF-8”"
                )
            },
            unclosed_quote: "a closing quotation mark: the quotation that begins in this row never ends",
            text_after_quote: "a separator after the closing quotation mark; inside a quotation, write each quotation mark twice",
            swallowed_rows: "one row: a quotation begins here and contains what looks like further rows; remove the stray quotation mark",
        },
    },
    columns: HeaderTexts {
        misspelt: |names| format!("one of the columns {names}"),
        once: "each column once",
        missing: "this column",
        extra: |name| format!("not read: the column {name} is not part of the table"),
        unnamed: |letter| format!("not read: column {letter} has no name in the header"),
        outside: "nothing outside the named columns",
        above_header: "not read: a row above the header",
        totals: "not read: a row of totals",
    },
    cells: CellTexts {
        failed_formula: |cell| format!("a value in cell {cell}, not a formula that fails"),
        no_result: |cell| {
            format!(
                "the result of the formula in cell {cell}: open the file in Excel or LibreOffice and save it"
            )
        },
        not_a_date: |content| {
            format!(
                "{content}, not a date: the spreadsheet changed it; set the column to Text and type it again"
            )
        },
        not_a_boolean: |content| {
            format!("{content}, not TRUE or FALSE: set the column to Text and type it again")
        },
        hidden_format: |content| {
            format!(
                "{content} as text: the number format shows something else than the cell contains; set the column to Text and type it again"
            )
        },
        scaled_number: |content| {
            format!("{content}, not a percentage or a scaled number: set the column to the format Number")
        },
        ambiguous_date: |content| {
            format!("{content}: day and month could be exchanged; write year-month-day")
        },
        one_line: |content| format!("{content}, on one line"),
    },
    rows: RowTexts {
        one_row: "one row below the header",
        only_one_row: "one row only",
        french_text: "a text in French",
        duplicate: |row| format!("another one than in row {row}"),
        within_plan: |start| format!("a number that gives at most 100 with {start}"),
        not_before: |other| format!("a day not before {other}"),
        because_not_delivered: |content| format!("{content}, because the project is not delivered"),
        because_other_degree: |content| format!("{content}, because the other coordinate is given"),
        covering_subsidiary: |region| format!("a subsidiary that covers {region}"),
        cover: "a picture of this project with position 1 in the table pictures",
        empty_for_type: |code| format!("an empty cell, because the group is of type {code}"),
        outline: |error| error.to_string(),
        too_many_rows: |rows| format!("at most {rows} filled rows"),
    },
    content: ContentTexts {
        guides: GuideTexts {
            file_name: "a name such as notary.fr.md or power-of-attorney.BE.fr.md: lower-case letters, digits and hyphens, then the country of the stop if it is a variant, then the language",
            utf8: "a text file in UTF-8",
            french_file: "the French file of this guide beside it",
            head: "a head between two lines ---",
            head_line: "situation, topics, product_types or checked_on, a colon and a value",
            head_in_french_only: "the head in the French file only",
            plain_characters: "no control characters and none that change the writing direction",
            markdown: "headings, paragraphs, **bold**, lists of one level and quotations only, without HTML or links",
            parts: GuidePartTexts {
                heading: "a heading that ends in {#short}, {#steps}, {#papers} or {#source}",
                first_step: "a heading ### with the title of the first step",
                text_of_step: "a text below the title of each step",
                no_title: "a title: a line that begins with #",
                no_summary: "a paragraph below the title that says what the guide is about",
                no_short: "a short version: a heading {#short} and a numbered list below it",
                no_steps: "steps: a heading {#steps} and below it a heading ### for each step",
                no_source: "the source of the facts: a heading {#source} and a paragraph below it",
                in_start: "one title # and one paragraph before the first heading ##",
                in_short: "one numbered list below {#short}",
                in_steps: "headings ###, paragraphs, lists and quotations below {#steps}",
                in_papers: "a list of boxes - [ ] below {#papers}",
                in_source: "one paragraph below {#source}",
                as_many_short: |count| format!("as many short steps as in French: {count}"),
                as_many_steps: |count| format!("as many steps as in French: {count}"),
                as_many_papers: |count| format!("as many papers as in French: {count}"),
            },
        },
        rules: RuleTexts {
            file_name: |names| format!("one of these names before .toml: {names}"),
            toml: "valid TOML: name = value, with texts and dates in quotation marks",
            keys: |names| format!("one of the keys {names}"),
            text: "a text on one line in quotation marks",
            date: "a date in quotation marks, such as \"2026-11-23\"",
            flag: "true or false",
            number: |low, high| format!("a whole number from {low} to {high}"),
            address: "an address that begins with https://",
            currency: "a currency of three capital letters, such as \"EUR\"",
            country: "a country of two capital letters, such as \"FR\"",
            codes: |codes| format!("one of {codes}"),
            length: "{ days = 30 }, { aid_step = \"final_deed\" } or \"at_delivery\"",
            list: "a list in square brackets with at least one value",
            table: "a table with keys",
            once: "a value that is not used twice",
            not_before: |day| format!("a day not before valid_from, {day}"),
            follows: |day, version| {
                format!(
                    "\"{day}\", the day before version {version} begins: versions have no gap and no day in common"
                )
            },
            at_least_key: |key, value| format!("at least the value of {key}, {value}"),
            bands_rise: "a higher price than in the band before",
            most_questions: |count| format!("at most {count} questions, counting each \"unless\""),
            whole_price: "shares that add up to 10000, the last one paid at the stage keys",
            stage_above: "a stage that is listed above this one",
        },
        photos: PhotoTexts {
            missing: "a file that exists below photos/",
            several: |names| {
                format!("the exact name of one of these files, which differ only in case or accents: {names}")
            },
            link: "a file below photos/, not a link out of it",
            not_a_folder: "a file, not a folder",
            readable: |problem| format!("a picture that can be read ({problem})"),
            prepared_bytes: |bytes| format!("a picture of at most {bytes} bytes once prepared"),
            unused: |count| format!("{count} file(s) not read: no row of the table pictures names them"),
        },
        pictures: PictureTexts {
            valid: |problem| format!("a valid JPEG, PNG or WebP picture: {problem}"),
            empty: "the file is empty; copy it again",
            too_many_bytes: |bytes, max| {
                format!("the file has {bytes} bytes, at most {max} are allowed; save it smaller")
            },
            unknown_format: "the file is not a JPEG, PNG or WebP picture; export it as JPEG",
            heic: "the file is a HEIC picture, from an iPhone: export as JPEG",
            avif: "the file is an AVIF picture; open it and export it as JPEG",
            too_large: |width, height| {
                format!(
                    "the picture is {width} × {height}; at most 50 million pixels and 12000 per side are allowed; save it smaller"
                )
            },
            animated: "the picture is animated; use a still picture",
            no_pixels: "the picture has no pixels; export it again",
            cmyk: "the picture is in CMYK, the colours of print; save it in sRGB",
            arithmetic: "the JPEG uses arithmetic coding, which screens cannot show; open it and save it as a normal JPEG",
            damaged: |problem| format!("the picture is damaged ({problem}); export or copy it again"),
            too_slow: |seconds| {
                format!(
                    "the picture took longer than {seconds} s; save it again in the program that created it"
                )
            },
        },
        warnings: WarningTexts {
            no_rows: |table| format!("the table {table} has no rows; visitors would see an empty catalogue"),
            price: "an unusual price per m² or in total; check that the price is in dirhams",
            swapped: "price and surface seem to be exchanged",
            surface: "an unusual surface for this type of product, in m²",
            far_from_town: |km| format!("the place is {km} km from the town; check latitude and longitude"),
            permit_in_future: |day| format!("the permit is later than the publication on {day}"),
            delivery_in_past: |day| {
                format!("the handover is before the publication on {day}, and the project is not delivered")
            },
            expired_offer: |day| format!("the offer ends before the publication on {day}"),
        },
    },
};
