//! What visitors do: browse the catalogue, keep a shortlist, leave a lead. Must not know: staff, the platform.

mod affordability;
mod boot;
pub(crate) mod browse;
mod cards;
pub(crate) mod lead;
mod project;
mod shortlist;
mod unit_plan;
