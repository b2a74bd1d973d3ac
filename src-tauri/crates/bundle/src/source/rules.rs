//! Rules of money and aid: TOML files below `rules/`, with the same names as the files that ship with the program. Must
//! not know what a rule file contains.

use crate::fault::{Fault, Findings, message};
use crate::rules;
use crate::source::cells::comma_separated;
use crate::source::text_files;
use expo_domain::{Document, DocumentContent, RuleFile};
use std::path::Path;

/// Folder of the rules, in any case.
pub(super) const RULES_FOLDER: &str = "rules";

/// The rules of each file, by its name.
pub(super) fn read(source: &Path, faults: &mut Findings) -> Vec<Document> {
    let mut documents = Vec::new();
    for (name, text) in text_files::read(source, RULES_FOLDER, faults) {
        let path = format!("{RULES_FOLDER}/{name}");
        let known = RuleFile::ALL
            .into_iter()
            .find(|file| name.strip_suffix(".toml") == Some(file.name()));
        let Some(file) = known else {
            let names = comma_separated(RuleFile::ALL.iter().map(|file| file.name()));
            let expected = message(|t| (t.content.rules.file_name)(&names));
            faults.push(Fault::file(&path, &name, expected));
            continue;
        };
        documents.extend(rules::read(file, &path, &text, faults).map(|set| Document {
            id: file.document_id(),
            content: DocumentContent::Rules(set),
        }));
    }
    documents
}
