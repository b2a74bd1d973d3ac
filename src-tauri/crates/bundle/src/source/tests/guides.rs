//! Guides and partners of a source.

use super::{faults, folder, read_valid};
use crate::checkpoint::format_for;
use expo_domain::document::{Block, Span};
use expo_domain::{DocumentContent, Guide, Lang, PartnerKind, Topic};
use expo_texts::TemplateLanguage;
use std::fs;
use tempfile::TempDir;

const FRENCH: &str = "---
situation: off_plan
topics: steps | safety
checked_on: 2026-11-23
---
# Essai

Un essai.

## En bref {#short}

1. Demandez le **permis**.

## Étapes {#steps}

### Avant

Un texte.

> Jamais d’espèces.

- un
- deux

## Papiers {#papers}

- [ ] Passeport

## Sources {#source}

Loi d’essai.
";

fn with_guide(file: &str, text: &str) -> TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("guides")).unwrap();
    fs::write(folder.path().join("guides").join(file), text).unwrap();
    folder
}

fn guide(folder: &TempDir) -> Guide {
    let documents = read_valid(folder).catalogue.documents;
    match documents.into_iter().next().unwrap().content {
        DocumentContent::Guide(guide) => guide,
        _ => panic!("another document"),
    }
}

fn span(text: &str, strong: bool) -> Span {
    Span {
        text: text.to_owned(),
        strong,
    }
}

#[test]
fn a_guide_becomes_typed_blocks() {
    let guide = guide(&with_guide("essai.BE.fr.md", FRENCH));
    assert_eq!(
        (guide.key.as_str(), guide.country.as_deref()),
        ("essai", Some("BE"))
    );
    assert_eq!(guide.topics, [Topic::Steps, Topic::Safety]);
    let text = &guide.texts[&Lang::Fr];
    let short = [vec![
        span("Demandez le ", false),
        span("permis", true),
        span(".", false),
    ]];
    assert_eq!(text.short, short);
    let blocks = [
        Block::Paragraph {
            spans: vec![span("Un texte.", false)],
        },
        Block::Notice {
            spans: vec![span("Jamais d’espèces.", false)],
        },
        Block::List {
            ordered: false,
            items: vec![vec![span("un", false)], vec![span("deux", false)]],
        },
    ];
    assert_eq!((text.steps.len(), &text.steps[0].blocks[..]), (1, &blocks[..]));
    assert_eq!(text.papers, ["Passeport"]);
}

#[test]
fn a_catalogue_with_a_guide_has_format_2() {
    let folder = with_guide("essai.fr.md", FRENCH);
    assert_eq!(format_for(&read_valid(&folder).catalogue), 2);
}

#[test]
fn faults_of_guides_exist_in_french() {
    let folder = with_guide("essai.fr.md", &FRENCH.replace("Un texte.", "`code`"));
    let faults = super::read(folder.path()).unwrap_err();
    let text = faults.text(TemplateLanguage::French);
    let line = "guides/essai.fr.md, ligne 18: trouvé « code », attendu : uniquement des titres";
    assert!(text.contains(line), "{text}");
}

#[test]
fn windows_line_ends_do_not_change_a_guide() {
    let windows = guide(&with_guide("essai.fr.md", &FRENCH.replace('\n', "\r\n")));
    assert_eq!(windows.texts, guide(&with_guide("essai.fr.md", FRENCH)).texts);
}

#[test]
fn html_and_unknown_blocks_are_faults_with_their_line() {
    for (block, found) in [
        ("<script>alert(1)</script>", "“<script>alert(1)</script>”"),
        ("Un <b>texte</b>.", "“</b>”"),
        ("[lien](https://example.org)", "“lien”"),
        ("`code`", "“code”"),
        ("| a | b |\n|---|---|\n| c | d |", "“a”"),
    ] {
        let folder = with_guide("essai.fr.md", &FRENCH.replace("Un texte.", block));
        let first = faults(&folder).remove(0);
        assert_eq!(
            first,
            format!("guides/essai.fr.md, line 18: found {found}"),
            "{block}"
        );
    }
}

#[test]
fn a_guide_without_short_version_or_steps_is_a_fault() {
    let (start, rest) = FRENCH.split_once("## En bref").unwrap();
    let (_, sources) = rest.split_once("## Sources").unwrap();
    let folder = with_guide("essai.fr.md", &format!("{start}## Sources{sources}"));
    let missing = super::read(folder.path()).unwrap_err().to_string();
    assert!(
        missing.contains("guides/essai.fr.md: found nothing, expected a short version"),
        "{missing}"
    );
    assert!(missing.contains("expected steps"), "{missing}");
}

#[test]
fn translations_have_the_parts_of_the_french_guide() {
    let folder = with_guide("essai.fr.md", FRENCH);
    let (_, body) = FRENCH.split_once("\n---\n").unwrap();
    let arabic = body.replace("- [ ] Passeport\n", "- [ ] Un\n- [ ] Deux\n");
    fs::write(folder.path().join("guides/essai.ar.md"), arabic).unwrap();
    assert_eq!(faults(&folder), ["guides/essai.ar.md: found “2”"]);
}

#[test]
fn a_guide_needs_its_french_file_and_a_valid_head() {
    let (_, body) = FRENCH.split_once("\n---\n").unwrap();
    assert_eq!(
        faults(&with_guide("essai.en.md", body)),
        ["guides/essai.en.md: found nothing"]
    );
    let wrong = with_guide("essai.fr.md", &FRENCH.replace("steps | safety", "cooking"));
    assert_eq!(
        faults(&wrong),
        ["guides/essai.fr.md, line 3, column topics: found “cooking”"]
    );
    let wrong = with_guide("Essai.fr.md", FRENCH);
    assert_eq!(faults(&wrong), ["guides/Essai.fr.md: found “Essai.fr.md”"]);
}

#[test]
fn partners_are_read_and_need_a_topic() {
    let folder = folder();
    let table = "id;kind;countries;name_fr;desk_fr;text_fr;languages;topics\n\
                 BANK-A;bank;FR|BE;Banque A;Comptoir 4;Essai;fr|ar;credit\n";
    let path = folder.path().join("partners.csv");
    fs::write(&path, table).unwrap();
    let documents = read_valid(&folder).catalogue.documents;
    assert_eq!(documents[0].id, "partner/BANK-A");
    let DocumentContent::Partner(partner) = &documents[0].content else {
        panic!("a guide")
    };
    assert_eq!((partner.kind, partner.countries.len()), (PartnerKind::Bank, 2));
    fs::write(&path, table.replace(";credit", ";").replace("FR|BE", "France")).unwrap();
    assert_eq!(
        faults(&folder),
        [
            "partners.csv, row 2, column countries: found “France”",
            "partners.csv, row 2, column topics: found nothing"
        ]
    );
}

#[test]
fn the_folder_of_guides_is_found_in_any_case() {
    let folder = with_guide("essai.fr.md", FRENCH);
    fs::rename(folder.path().join("guides"), folder.path().join("Guides")).unwrap();
    assert_eq!(guide(&folder).key, "essai");
}

#[test]
fn a_repeated_line_of_the_head_is_a_fault() {
    let repeated = FRENCH.replace("topics:", "topics: aid\ntopics:");
    assert_eq!(
        faults(&with_guide("essai.fr.md", &repeated)),
        ["guides/essai.fr.md, line 4, column topics: found “topics”"]
    );
}

#[test]
fn paragraphs_of_a_list_item_are_separated() {
    let folder = with_guide("essai.fr.md", &FRENCH.replace("- un\n", "- un\n\n  mot\n"));
    let text = &guide(&folder).texts[&Lang::Fr];
    let Some(Block::List { items, .. }) = text.steps[0].blocks.last() else {
        panic!("no list")
    };
    let item: String = items[0].iter().map(|span| span.text.as_str()).collect();
    assert_eq!(item, "un mot");
}
