//! The façade of the crate: builds the parts and delegates to them. Must not know: how the parts work.

mod link;
mod staff;
mod visitor;

use crate::catalogue::Verified;
use crate::catalogue::install::CatalogueSupply;
use crate::catalogue::pictures::CataloguePictures;
use crate::catalogue::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::event_file::EventFile;
use crate::lead_sealing::{LeadSealing, REPLACEMENT_RULES};
use crate::link::authorities;
use crate::link::platform_link::PlatformLink;
use crate::link::provision::{self, Provisioned};
use crate::link::sync_port::SyncPort;
use crate::machine::Machine;
use crate::machine::diagnosis::Finding;
use crate::machine::disk::{self, Disk};
use crate::machine::environment::Environment;
use crate::machine::lead_check::{LeadCheck, LeadCheckResult};
use crate::machine::run_history::RunHistory;
use crate::reference::Reference;
use crate::staff::{Staff, Status};
use crate::visit_counts::VisitCounter;
use crate::visitor::browse::Browse;
use crate::visitor::lead::LeadIntake;
use expo_domain::Stop;
use expo_store::Leads;
use expo_vault::signature::PublicKey;
use std::path::Path;
use std::sync::Arc;

/// A kiosk with its data folder.
pub struct Kiosk {
    pub(crate) env: Environment,
    pub(crate) leads: Arc<Leads>,
    pub(crate) disk: Disk,
    run_history: Arc<RunHistory>,
    pub(crate) supply: Arc<CatalogueSupply>,
    sync_port: Arc<SyncPort>,
    visitors: Visitors,
    pub(crate) staff: Staff,
}

/// The parts for visitors.
struct Visitors {
    browse: Browse,
    lead_intake: LeadIntake,
    visits: Arc<VisitCounter>,
}

impl Kiosk {
    /// Opens the data folder and creates what is missing. The kiosk may not be set up yet. A damaged `leads.db` is renamed
    /// and replaced; the audit log records it.
    pub fn open(folder: &Path, machine: Arc<dyn Machine>) -> Result<Self, KioskError> {
        let deleted_reserve = disk::make_room(folder, &*machine);
        let leads = Arc::new(Leads::open_or_replace(folder, REPLACEMENT_RULES)?);
        let reference = Arc::new(Reference::load()?);
        let env = Environment::new(folder, machine, Arc::clone(&leads));
        let sealing = LeadSealing::new(Arc::clone(&leads), env.settings().clone());
        let disk = Disk::new(env.clone());
        let run_history = Arc::new(RunHistory::new(env.clone(), Arc::clone(&leads)));
        let lead_check = Arc::new(LeadCheck::new(env.clone(), Arc::clone(&leads)));
        let shown = Arc::new(ShownCatalogue::new(env.clone(), Arc::clone(&reference)));
        let pictures = Arc::new(CataloguePictures::new(Arc::clone(&shown)));
        let supply = Arc::new(CatalogueSupply::new(
            Arc::clone(&shown),
            pictures,
            Arc::clone(&leads),
        ));
        let link = Arc::new(PlatformLink::new(
            env.clone(),
            Arc::clone(&leads),
            sealing.clone(),
        ));
        let visits = Arc::new(VisitCounter::new(env.clone()));
        let kiosk = Self {
            sync_port: Arc::new(SyncPort::new(
                Arc::clone(&link),
                Arc::clone(&supply),
                disk.clone(),
                Arc::clone(&run_history),
                Arc::clone(&lead_check),
                Arc::clone(&visits),
            )),
            visitors: Visitors {
                browse: Browse::new(Arc::clone(&shown), Arc::clone(&reference), env.clone()),
                lead_intake: LeadIntake::new(
                    Arc::clone(&leads),
                    sealing.clone(),
                    disk.clone(),
                    shown,
                    reference,
                ),
                visits: Arc::clone(&visits),
            },
            staff: Staff::new(&leads, sealing, &disk, &lead_check, &link, &supply, &visits),
            env,
            leads,
            disk,
            run_history,
            supply,
        };
        // A failure must not keep the kiosk from taking leads; the next start tries again.
        drop(kiosk.supply.record_last_shown());
        drop(authorities::adopt_earlier_pin(&kiosk.env, &kiosk.leads));
        drop(kiosk.staff.health.lead_check.audit_damaged_files());
        if deleted_reserve {
            kiosk.disk.audit_deleted_reserve();
        }
        Ok(kiosk)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.env.folder()
    }

    /// Sets the kiosk up. Errors for weak secrets outside a demonstration, and for a data folder with a stop.
    pub fn provision(&self, event: &EventFile) -> Result<Provisioned, KioskError> {
        provision::provision(&self.env, &self.leads, event)
    }

    /// The stop this kiosk is set up for.
    pub fn stop(&self) -> Result<Stop, KioskError> {
        Ok(self.env.settings().stop()?)
    }

    /// Records a start of the program, and tests the disk.
    pub fn begin_run(&self) -> Result<(), KioskError> {
        self.disk.test_write();
        Ok(self.run_history.begin()?)
    }

    /// Records a regular end of the program.
    pub fn end_run(&self) -> Result<(), KioskError> {
        self.visitors.visits.end();
        Ok(self.run_history.end()?)
    }

    /// Records that the page of a window was started again.
    pub fn record_page_restart(&self) -> Result<(), KioskError> {
        Ok(self.run_history.record_page_restart()?)
    }

    /// Tests whether the disk can be written, maintains the reserve for leads, and records a damaged file that was replaced:
    /// call it every few seconds.
    pub fn maintain_disk(&self) -> Result<(), KioskError> {
        self.disk.test_write();
        if self.disk.fault().is_none() {
            self.env.store_audit_entries()?;
            self.staff.health.lead_check.audit_damaged_files()?;
        }
        Ok(self.disk.maintain_reserve()?)
    }

    /// Checks the file of the leads and every lead in it: call it at the start, on a background thread.
    pub fn check_leads(&self) -> Result<LeadCheckResult, KioskError> {
        Ok(self.staff.health.lead_check.run()?)
    }

    /// Like [`Self::check_leads`], if the last check was a day ago: call it every hour. Returns whether it was.
    pub fn check_leads_daily(&self) -> Result<bool, KioskError> {
        Ok(self.staff.health.lead_check.run_if_due()?)
    }

    /// Retires an installed catalogue whose rows are damaged, so that visitors never see wrong ones: call it at the start
    /// and daily, on a background thread.
    pub fn check_catalogue(&self) -> Result<(), KioskError> {
        Ok(self.supply.retire_if_damaged()?)
    }

    /// Result of the last check of the leads, `None` before the first.
    pub fn last_lead_check(&self) -> Result<Option<LeadCheckResult>, KioskError> {
        Ok(self.staff.health.lead_check.known_damage()?.last_check)
    }

    /// Whether a restart of the program opens the leads again: the data folder could not be written at its start, and can
    /// be now.
    pub fn needs_restart(&self) -> bool {
        self.disk.works_again()
    }

    /// Whether there is room for logs.
    pub fn has_room_for_logs(&self) -> bool {
        self.disk.has_room_for_logs()
    }

    /// Deletes leads that the platform holds: exported ones from the second day after they were taken, others after the
    /// number of days in the configuration. Deletes nothing while the clock is known to be a day or more wrong. Returns
    /// the number of deleted leads.
    pub fn delete_old_leads(&self) -> Result<u32, KioskError> {
        self.staff.retention.delete_old_leads()
    }

    /// Removes pictures that neither the installed nor the previous catalogue uses, after a grace period.
    pub fn remove_unused_pictures(&self) -> Result<(), KioskError> {
        Ok(self.supply.pictures.remove_unused()?)
    }

    /// The kiosk in figures, without personal data.
    pub fn status(&self) -> Result<Status, KioskError> {
        self.staff.health.status()
    }

    /// All problems, empty for a healthy kiosk.
    pub fn diagnose(&self) -> Vec<Finding> {
        self.staff.health.diagnose()
    }

    /// Version of the time zone database in the program, such as `2026f`.
    pub fn time_zone_database() -> &'static str {
        expo_domain::zone::database_version()
    }

    /// The key that new catalogues must be signed with.
    pub fn publisher(&self) -> Result<PublicKey, KioskError> {
        Ok(self.env.settings().publisher()?)
    }

    /// Checks the installed catalogue: its rows against its signed checkpoint, its pictures against their hashes.
    pub fn verify(&self) -> Result<Verified, KioskError> {
        Ok(self.supply.verify()?)
    }

    /// Rolls back to the previous version and returns its number. The platform cannot replace it with the version rolled
    /// back from. `from` is the version that staff saw when they decided; an error if another one is installed since.
    pub fn roll_back(&self, from: Option<u64>) -> Result<u64, KioskError> {
        Ok(self.supply.roll_back(from)?)
    }
}
