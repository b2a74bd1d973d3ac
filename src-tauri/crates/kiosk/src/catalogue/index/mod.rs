//! The in-memory index of a catalogue version: one entry per project, columns of facts per available unit, and the search
//! index. It is built once per version and day. Must not know: queries, windows.

mod catalogue_index;
mod current;
mod entry;
mod units;

pub(crate) use catalogue_index::CatalogueIndex;
pub(crate) use current::CurrentIndex;
pub(crate) use entry::Entry;
pub(crate) use units::{MAX_ROOMS, Traits, UnitFacts};
