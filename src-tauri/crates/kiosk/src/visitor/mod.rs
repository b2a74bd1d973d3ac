//! What visitors do: browse the catalogue, keep a shortlist, leave a lead. Must not know: staff, the platform.

mod affordability;
mod aid;
mod boot;
pub(crate) mod browse;
mod calendar;
mod cards;
mod contact_hours;
mod guides;
pub(crate) mod lead;
mod project;
pub(crate) mod qr_code;
mod shortlist;
mod summer;
mod text_value;
mod totals;
mod unit_plan;
