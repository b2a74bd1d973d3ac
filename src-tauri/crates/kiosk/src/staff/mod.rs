//! What staff and operators do: sessions, day close, retention, rejected leads, removable media, health. Must not know:
//! windows, HTTP, SQL.

mod catalogue_state;
mod closing_control;
mod closing_key;
mod closing_record;
mod day_close;
mod export_files;
mod export_history;
mod export_target;
mod export_writer;
mod figures;
mod health;
mod leads;
mod rejected_leads;
pub(crate) mod removable_media;
mod retention;
mod salvage;
mod secrets;
mod session;

pub(crate) use catalogue_state::catalogue_state;
pub use closing_record::{
    Closed, ClosedFrom, ClosingCounts, ClosingRecord, ReceiptFault, ReceiptFileState, RecordedExport,
    RecordedFile, verify_receipt,
};
pub use health::Status;
pub use removable_media::Imported;
pub use salvage::{Salvage, SalvageOrder};
pub use session::Session;

use crate::catalogue::install::CatalogueSupply;
use crate::lead_sealing::LeadSealing;
use crate::link::platform_link::PlatformLink;
use crate::machine::disk::Disk;
use crate::machine::lead_check::LeadCheck;
use crate::visit_counts::VisitCounter;
use day_close::DayClose;
use expo_store::Leads;
use figures::StaffFigures;
use health::HealthCheck;
use leads::StaffLeads;
use rejected_leads::RejectedLeads;
use removable_media::{BundleImport, MediaOperations};
use retention::Retention;
use salvage::LeadSalvage;
use secrets::StaffSecrets;
use session::StaffAccess;
use std::sync::Arc;

/// The parts for staff and operators.
pub(crate) struct Staff {
    pub access: StaffAccess,
    pub secrets: StaffSecrets,
    pub figures: StaffFigures,
    pub day_close: Arc<DayClose>,
    pub media: MediaOperations,
    pub retention: Retention,
    pub rejected_leads: RejectedLeads,
    pub bundle_import: Arc<BundleImport>,
    pub health: HealthCheck,
    pub salvage: LeadSalvage,
    pub leads: StaffLeads,
}

impl Staff {
    pub fn new(
        leads: &Arc<Leads>,
        sealing: LeadSealing,
        disk: &Disk,
        lead_check: &Arc<LeadCheck>,
        link: &Arc<PlatformLink>,
        supply: &Arc<CatalogueSupply>,
        visits: &Arc<VisitCounter>,
    ) -> Self {
        let env = &supply.env;
        Self {
            secrets: StaffSecrets::new(env.clone(), Arc::clone(leads), sealing.clone()),
            access: StaffAccess::new(env.clone(), Arc::clone(leads), sealing.clone()),
            figures: StaffFigures::new(
                Arc::clone(&supply.shown),
                Arc::clone(leads),
                Arc::clone(link),
                disk.clone(),
                Arc::clone(lead_check),
                Arc::clone(visits),
            ),
            day_close: Arc::new(DayClose::new(
                env.clone(),
                Arc::clone(leads),
                Arc::clone(lead_check),
            )),
            media: MediaOperations::default(),
            retention: Retention::new(env.clone(), Arc::clone(leads), Arc::clone(link)),
            rejected_leads: RejectedLeads::new(env.clone(), Arc::clone(leads), Arc::clone(link)),
            bundle_import: Arc::new(BundleImport::new(Arc::clone(supply))),
            health: HealthCheck::new(
                Arc::clone(leads),
                disk.clone(),
                Arc::clone(supply),
                Arc::clone(link),
                Arc::clone(lead_check),
            ),
            salvage: LeadSalvage::new(Arc::clone(leads), Arc::clone(link)),
            leads: StaffLeads::new(
                env.clone(),
                Arc::clone(leads),
                sealing,
                Arc::clone(&supply.shown.reference),
            ),
        }
    }
}
