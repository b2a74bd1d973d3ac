//! Partners of the stand, from the table `partners`. Must not know files.

use crate::fault::Findings;
use crate::source::cells::{identifier, list};
use crate::source::rows::read_all;
use crate::source::table::{Row, Tables};
use expo_domain::{Document, DocumentContent, Lang, Partner, PartnerKind, Topic, phone};
use std::cell::RefCell;

/// All partners, in the order of the table.
pub(super) fn read(tables: &Tables, faults: &mut Findings) -> Vec<Document> {
    let all_faults = RefCell::new(std::mem::take(faults));
    let partners = read_all(tables, "partners", &all_faults, partner);
    *faults = all_faults.into_inner();
    partners
}

fn partner(row: Row<'_>) -> Option<Document> {
    let id = row.required("id", identifier);
    let kind = row.required("kind", PartnerKind::from_code);
    let countries = row.optional("countries", |cell| list(cell, country));
    let name = row.texts("name");
    let desk = row.texts("desk");
    let text = row.texts("text");
    let hours = row.optional_texts("hours");
    let languages = row.required("languages", |cell| list(cell, |code| code.parse::<Lang>().ok()));
    let topics = row.required("topics", |cell| list(cell, Topic::from_code));
    Some(Document {
        id: format!("partner/{}", id?),
        content: DocumentContent::Partner(Partner {
            kind: kind?,
            countries: countries.unwrap_or_default(),
            name: name?,
            desk: desk?,
            text: text?,
            hours,
            languages: languages?,
            topics: topics?,
        }),
    })
}

/// An ISO 3166-1 code of two capital letters.
pub(super) fn country(code: &str) -> Option<String> {
    phone::is_country(code).then(|| code.to_owned())
}
