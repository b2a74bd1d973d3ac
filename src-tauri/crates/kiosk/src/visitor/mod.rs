//! What visitors do: browse the catalogue, keep a shortlist, leave a lead. Must not know: staff, the platform.

mod boot;
pub(crate) mod browse;
mod cards;
mod guides;
pub(crate) mod lead;
mod project;
mod shortlist;
