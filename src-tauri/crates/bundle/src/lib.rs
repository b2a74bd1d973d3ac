//! From the spreadsheets of headquarters to one signed file, and back into a kiosk: reads a source folder, builds a
//! bundle, and opens bundles and snapshots with every check before anything of them counts. Must not know databases,
//! networks or windows.

mod fault;
pub mod source;

pub use fault::{Fault, Faults};
