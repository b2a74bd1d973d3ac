//! The template workbook.

use super::read_valid;
use crate::source::schema::SCHEMAS;
use crate::source::template;
use crate::tests::sample;
use crate::{Bundle, Options, build};
use expo_domain::{Lang, Money};
use expo_texts::TemplateLanguage;
use expo_vault::signature::PublisherKey;
use jiff::Timestamp;
use std::fs;

#[test]
fn unchanged_template_builds_a_bundle() {
    for language in TemplateLanguage::ALL {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("photos/exemple-01");
        fs::create_dir_all(&place).unwrap();
        sample::photo(&place.join("1-vue.jpg"), 3);
        fs::write(folder.path().join("catalogue.xlsx"), template(language).unwrap()).unwrap();
        let catalogue = read_valid(&folder).catalogue;
        assert_eq!(catalogue.projects[0].title.0[&Lang::Fr], "Résidence exemple");
        assert_eq!(
            (catalogue.units[0].price, catalogue.units[0].rooms),
            (Money(28_800_000), Some(3))
        );
        let key = PublisherKey::generate().unwrap();
        let out = folder.path().join("out/example.bundle");
        let options = Options {
            version: None,
            published_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            cache: None,
        };
        build(folder.path(), &out, &key, &options, &mut |_| {}).unwrap();
        let bundle = Bundle::open(&out, &key.public()).unwrap();
        assert_eq!(bundle.catalogue.pictures.len(), 1);
        assert_eq!(bundle.catalogue.units, catalogue.units);
    }
}

#[test]
fn template_has_all_columns_and_marked_examples() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalogue.xlsx");
    fs::write(&path, template(TemplateLanguage::French).unwrap()).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    for schema in SCHEMAS {
        let range = calamine::Reader::worksheet_range(&mut workbook, schema.name).unwrap();
        let rows: Vec<Vec<String>> = range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        let names: Vec<String> = schema
            .headings()
            .into_iter()
            .map(|heading| heading.name)
            .collect();
        assert_eq!((rows.len(), &rows[0]), (2, &names), "{}", schema.name);
        let marked = rows[1].iter().any(|cell| cell.to_lowercase().contains("exemple"));
        assert!(marked, "{}", schema.name);
        for heading in schema.headings() {
            let kind = heading.column.cell_type;
            let [french, english] =
                TemplateLanguage::ALL.map(|language| kind.describe(&expo_texts::template(language).columns));
            assert_ne!(french, english, "{}", heading.name);
        }
    }
}
