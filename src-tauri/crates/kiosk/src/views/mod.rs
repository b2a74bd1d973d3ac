//! Values that the kiosk gives to the windows, exported to TypeScript in `ui/src/bindings`. Money is integer centimes of MAD,
//! dates are `YYYY-MM-DD`, times are RFC 3339 with the offset at the stop. Must not know: rules, windows.

pub mod affordability;
pub mod aid;
pub mod closing;
pub mod codes;
pub mod explore;
pub mod guides;
pub mod shortlist;
pub mod staff;
pub mod staff_leads;
pub mod summer;
pub mod supply;
pub mod visitor;

pub use affordability::*;
pub use aid::*;
pub use closing::*;
pub use codes::*;
pub use explore::*;
pub use guides::*;
pub use shortlist::*;
pub use staff::*;
pub use staff_leads::*;
pub use summer::*;
pub use supply::*;
pub use visitor::*;

pub use expo_domain::affordability::Means;
pub use expo_domain::lang::UnknownLang;
pub use expo_domain::phone::PhoneReading;
pub use expo_domain::{FieldError, Lang, LeadDraft, Money};

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// An error for a window: a code that the window turns into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HostError {
    /// Stable code.
    pub code: ErrorCode,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
    /// Errors of single fields, for `invalid_lead`.
    pub fields: Vec<FieldError>,
}

/// A value of a facet and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FacetCount {
    /// Code of the value.
    pub value: String,
    /// Number of projects.
    pub count: u32,
}

/// The catalogue that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CatalogueInfo {
    /// Version.
    pub version: u64,
    /// Day when it was published.
    pub published_on: String,
    /// Full days since then; `None` if the clock says that the day is in the future.
    pub age_days: Option<u32>,
    /// Number of projects.
    pub projects: u32,
    /// Number of available units.
    pub units_available: u32,
    /// Sentence shown with the catalogue.
    pub notice: Option<expo_domain::Text>,
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

    /// With `UPDATE_BINDINGS`, set by `make bindings`, this test writes the files instead of comparing them.
    #[test]
    fn committed_bindings_match_the_types() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
        let fresh = tempfile::tempdir().unwrap();
        let config = ts_rs::Config::new()
            .with_large_int("number")
            .with_out_dir(fresh.path());
        super::affordability::export(&config).unwrap();
        super::aid::export(&config).unwrap();
        super::closing::export(&config).unwrap();
        super::explore::export(&config).unwrap();
        super::guides::export(&config).unwrap();
        super::summer::export(&config).unwrap();
        super::shortlist::export(&config).unwrap();
        super::visitor::export(&config).unwrap();
        super::staff::export(&config).unwrap();
        super::staff_leads::export(&config).unwrap();
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
            "outdated bindings, run `make bindings`: {:?}",
            old.iter().map(|(n, _)| n).collect::<Vec<_>>()
        );
        assert_eq!(
            read(&committed).len(),
            fresh.len(),
            "a binding has no type, run `make bindings`"
        );
    }
}
