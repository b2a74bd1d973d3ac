//! What the two windows are shown: plain values, exported to TypeScript under `ui/src/bindings`. Owns shapes only;
//! must not hold rules. Money is integer centimes of MAD, dates are `YYYY-MM-DD`, instants RFC 3339 in UTC.

pub mod explore;
pub mod shortlist;
pub mod staff;
pub mod supply;
pub mod visitor;

pub use explore::*;
pub use shortlist::*;
pub use staff::*;
pub use supply::*;
pub use visitor::*;

pub use domain::lang::UnknownLang;
pub use domain::{FieldError, Lang, LeadDraft, Money};

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a window is told when something cannot be done: a code it turns into a sentence, never a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HostError {
    /// Stable code.
    pub code: String,
    /// Figures for the sentence.
    pub params: BTreeMap<String, String>,
    /// Faults of single fields, for `invalid_lead`.
    pub fields: Vec<FieldError>,
}

/// A value of a facet and how many projects it would show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Facet {
    /// The value's code.
    pub value: String,
    /// Projects.
    pub count: u32,
}

/// Which catalogue is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CatalogueInfo {
    /// Its version.
    pub version: u64,
    /// Day it was published.
    pub published_on: String,
    /// Whole days since then; `None` when the clock says it is still to come.
    pub age_days: Option<u32>,
    /// Projects in it.
    pub projects: u32,
    /// Units that can be had.
    pub units_available: u32,
    /// A sentence shown with it.
    pub notice: Option<domain::Text>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    fn read(folder: &Path) -> BTreeMap<String, String> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files
            .map(|f| {
                (
                    f.file_name().to_string_lossy().into_owned(),
                    fs::read_to_string(f.path()).unwrap_or_default(),
                )
            })
            .collect()
    }

    /// `make bindings` sets `UPDATE_BINDINGS` and this test writes the files instead of comparing them.
    #[test]
    fn committed_bindings_are_those_of_the_types() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
        let fresh = tempfile::tempdir().unwrap();
        let config = ts_rs::Config::new()
            .with_large_int("number")
            .with_out_dir(fresh.path());
        super::explore::export(&config).unwrap();
        super::shortlist::export(&config).unwrap();
        super::visitor::export(&config).unwrap();
        super::staff::export(&config).unwrap();
        super::supply::export(&config).unwrap();
        let fresh = read(fresh.path());
        assert!(!fresh.is_empty());
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            fs::create_dir_all(&committed).unwrap();
            for name in read(&committed).keys() {
                fs::remove_file(committed.join(name)).unwrap();
            }
            for (name, text) in &fresh {
                fs::write(committed.join(name), text).unwrap();
            }
        }
        let old: Vec<_> = fresh
            .iter()
            .filter(|(name, text)| read(&committed).get(*name) != Some(text))
            .collect();
        assert!(
            old.is_empty(),
            "run `make bindings`; out of date: {:?}",
            old.iter().map(|(n, _)| n).collect::<Vec<_>>()
        );
        assert_eq!(
            read(&committed).len(),
            fresh.len(),
            "a binding has no type any more: run `make bindings`"
        );
    }
}
