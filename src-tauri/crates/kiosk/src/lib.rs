//! The kiosk: everything that visitors, staff and operators can do, as methods of [`Kiosk`]. Each method delegates to one
//! part. Layers, from the top: `facade`; `staff`; `visitor` and `link`; `catalogue`, `visit_counts`; `machine`; then the shared base
//! (`settings`, `lead_sealing`, `reference`, `error`, `views` …). Must not know: Tauri, HTTP, SQL.

mod atomic_file;
mod catalogue;
mod demonstration;
mod destination_fault;
mod enrolment_fault;
mod error;
mod event_file;
mod facade;
mod landmarks;
mod lead_sealing;
mod link;
mod lock;
mod machine;
mod notice;
mod published_secrets;
mod reference;
mod settings;
mod staff;
#[cfg(test)]
mod tests;
pub mod views;
mod visit_counts;
mod visitor;

pub use catalogue::Verified;
pub use demonstration::Demonstration;
pub use destination_fault::DestinationFault;
pub use enrolment_fault::EnrolmentFault;
pub use error::KioskError;
pub use event_file::EventFile;
pub use expo_bundle::publishing;
pub use expo_store::leads::{AuditChainFault, AuditCheck};
pub use expo_vault::signature::PublicKey;
pub use facade::Kiosk;
pub use link::provision::Provisioned;
pub use link::sync_port::SyncPort;
pub use machine::diagnosis::Finding;
pub use machine::graphics::Renderer;
pub use machine::lead_check::LeadCheckResult;
pub use machine::page_watch::{PageRecovery, PageWatch};
pub use machine::run_history::Exit;
pub use machine::{FileSystem, LinuxMachine, Machine, Medium};
pub use settings::Enrolment;
pub use staff::{
    Closed, ClosedFrom, ClosingCounts, ClosingRecord, ReceiptFault, ReceiptFileState, RecordedExport,
    RecordedFile, verify_receipt,
};
pub use staff::{Imported, Salvage, SalvageOrder, Session, Status};
pub use views::CloseOrder;
