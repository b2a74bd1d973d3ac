//! The store of the platform: SQLite in a folder, or a PostgreSQL database that several platforms share. All SQL of the
//! platform is here, one statement for both databases. Everything that must be the same for all instances is here. Must not
//! know: HTTP.

mod address;
mod catalogue;
mod configurations;
mod database;
mod enrolment;
mod erasures;
mod error;
mod kiosks;
mod leads;
mod overview;
mod postgres;
mod quarantine;
mod sql;
mod sqlite;

pub use address::StoreAddress;
pub use catalogue::CatalogueError;
pub use database::Store;
pub use enrolment::{Enrolment, EnrolmentError};
pub use erasures::ErasureError;
pub use error::StoreError;
pub use kiosks::KioskRow;
pub use leads::{LeadRow, ReceivedEnvelope};
pub use overview::{HourlyLeadCount, StoreCounts};
pub use quarantine::QuarantineRow;
