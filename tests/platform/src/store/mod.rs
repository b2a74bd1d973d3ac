//! The store of the platform: SQLite in a folder, or a PostgreSQL database that several platforms share. All SQL of the
//! platform is here, one statement for both databases. Everything that must be the same for all instances is here. Must not
//! know: HTTP.

mod address;
mod audit;
mod backup;
mod catalogue;
mod configurations;
mod database;
mod enrolment;
mod erasures;
mod error;
mod kiosks;
mod leads;
mod overview;
mod overview_tokens;
mod postgres;
mod quarantine;
mod report_line;
mod sql;
mod sqlite;
mod tickets;
mod visits;

pub use address::StoreAddress;
pub use audit::AuditRow;
pub use backup::{BackupError, BackupSummary, restore};
pub use catalogue::{CatalogueError, FIRST_FORMAT};
pub use database::Store;
pub use enrolment::{Enrolment, EnrolmentError};
pub use erasures::ErasureError;
pub use error::StoreError;
pub use kiosks::{HeartbeatFindings, KioskRow};
pub use leads::{Inserted, LeadRow, ReceivedEnvelope};
pub use overview::{HourlyLeadCount, StoreCounts};
pub use overview_tokens::{OverviewTokenError, OverviewTokenRow};
pub use quarantine::QuarantineRow;
pub use tickets::ReusedTicketRow;
pub use visits::VisitDayRow;
