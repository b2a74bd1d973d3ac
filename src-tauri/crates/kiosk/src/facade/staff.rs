//! Methods for staff and operators. Must not know: visitors, the platform.

use super::Kiosk;
use crate::error::KioskError;
use crate::staff::{ClosedFrom, Imported, Salvage, SalvageOrder, Session, catalogue_state};
use crate::views::{
    AuditLine, AuditRow, CatalogueState, CloseOrder, ClosingProgress, DayReceipt, DayRow, Destination,
    ErasureProof, FindingCode, ImportProgress, LeadChange, LeadList, LeadPage, LeadQuery, LeadsOpened,
    RejectedLeadRow, RejectedLine, StaffState, Today, UsbBundle,
};
use expo_domain::AuditAct;
use expo_store::leads::AuditCheck;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Number of audit log entries that the staff window shows.
const STAFF_AUDIT_ENTRIES: u32 = 200;

/// Methods with a session return an error unless the PIN was given, and the passphrase where leads are read.
impl Kiosk {
    /// State of the staff window. Needs no PIN.
    pub fn staff_state(&self, session: &Session) -> Result<StaffState, KioskError> {
        self.staff.access.state(session)
    }

    /// Unlocks the session with the PIN. The attempt is saved before it is checked, so that switching the machine off does
    /// not save an attempt.
    pub fn staff_unlock(&self, session: &mut Session, pin: &str) -> Result<(), KioskError> {
        self.staff.access.unlock(session, pin)
    }

    /// Opens the leads for the session, and seals leads taken before enrolment for the platform. Needs no PIN: the
    /// passphrase also unlocks the session, even during the lock-out after wrong PINs.
    pub fn staff_open_leads(&self, session: &mut Session, phrase: &str) -> Result<LeadsOpened, KioskError> {
        self.staff.access.open_leads(session, phrase)
    }

    /// Replaces the PIN; needs the passphrase.
    pub fn staff_change_pin(&self, session: &Session, phrase: &str, pin: &str) -> Result<(), KioskError> {
        session.require_pin()?;
        self.staff.secrets.change_pin(phrase, pin)
    }

    /// Replaces the passphrase; needs the present one, which opens nothing afterwards.
    pub fn staff_change_passphrase(
        &self,
        session: &mut Session,
        phrase: &str,
        new: &str,
    ) -> Result<(), KioskError> {
        session.require_pin()?;
        session.replace_opened(self.staff.secrets.change_passphrase(phrase, new)?);
        Ok(())
    }

    /// What the doctor finds, each kind once. Takes seconds, because it reads every picture.
    pub fn staff_diagnose(&self, session: &Session) -> Result<Vec<FindingCode>, KioskError> {
        session.require_pin()?;
        let mut found: Vec<FindingCode> = self.diagnose().into_iter().map(|finding| finding.code).collect();
        let mut known = Vec::new();
        found.retain(|code| {
            let is_new = !known.contains(code);
            known.push(*code);
            is_new
        });
        Ok(found)
    }

    /// Records that staff start the program again, and its regular end. The caller then starts it again.
    pub fn staff_restart(&self, session: &Session) -> Result<(), KioskError> {
        session.require_pin()?;
        self.env.audit(AuditAct::ProgramRestarted, &[])?;
        self.end_run()
    }

    /// Ends the session.
    pub fn staff_lock(&self, session: &mut Session) -> Result<(), KioskError> {
        self.staff.access.lock(session)
    }

    /// A session for the command line. An operator who can read the data folder and knows the passphrase needs no PIN.
    pub fn session_with_passphrase(&self, phrase: &str) -> Result<Session, KioskError> {
        self.staff.access.session_with_passphrase(phrase)
    }

    /// An error unless the PIN was given.
    pub const fn require_pin(&self, session: &Session) -> Result<(), KioskError> {
        session.require_pin()
    }

    /// Figures of today, and the state of the kiosk.
    pub fn staff_today(&self, session: &Session) -> Result<Today, KioskError> {
        session.require_pin()?;
        self.staff.figures.today()
    }

    /// Days with leads, and their exports.
    pub fn staff_days(&self, session: &Session) -> Result<Vec<DayRow>, KioskError> {
        session.require_pin()?;
        self.staff.figures.days()
    }

    /// Possible destinations of a day close: removable media first, then a folder next to the data folder.
    pub fn staff_destinations(&self, session: &Session) -> Result<Vec<Destination>, KioskError> {
        session.require_pin()?;
        let day_close = Arc::clone(&self.staff.day_close);
        self.staff.media.list(move || day_close.destinations())
    }

    /// Like [`Self::close_day`], as the only operation on removable media and with a limit on its time.
    pub fn staff_close_day(&self, session: &Session, order: CloseOrder) -> Result<DayReceipt, KioskError> {
        let opened = session.require_leads()?;
        let day_close = &self.staff.day_close;
        let closing = Arc::clone(day_close);
        let result = self.staff.media.transfer(
            || day_close.progress(),
            move || closing.close(&order, &opened, ClosedFrom::StaffWindow),
        );
        if matches!(result, Err(KioskError::MediaNotResponding)) {
            // If the stick answers after all, nothing is exported that staff do not know of.
            day_close.cancel();
        }
        result?
    }

    /// Progress of the day close that runs.
    pub fn staff_close_progress(&self, session: &Session) -> Result<ClosingProgress, KioskError> {
        session.require_pin()?;
        Ok(self.staff.day_close.progress())
    }

    /// Stops the day close that runs, unless its files are complete.
    pub fn staff_cancel_close(&self, session: &Session) -> Result<(), KioskError> {
        session.require_pin()?;
        self.staff.day_close.cancel();
        Ok(())
    }

    /// Day close: writes the leads to files and a receipt, all or none, and records the closing.
    pub fn close_day(&self, session: &Session, order: &CloseOrder) -> Result<DayReceipt, KioskError> {
        let opened = session.require_leads()?;
        self.staff.day_close.close(order, &opened, ClosedFrom::Command)
    }

    /// The leads that match a query. Leads are opened in the background: ask again until all are.
    pub fn staff_leads(&self, session: &Session, query: &LeadQuery) -> Result<LeadList, KioskError> {
        self.staff.leads.list(&session.require_leads()?, query)
    }

    /// Everything about one lead.
    pub fn staff_lead(&self, session: &Session, id: Uuid) -> Result<LeadPage, KioskError> {
        self.staff.leads.page(&session.require_leads()?, id)
    }

    /// Stores a correction as the next revision. An error if `revision` is not the newest one.
    pub fn staff_lead_revise(
        &self,
        session: &Session,
        id: Uuid,
        revision: u32,
        change: &LeadChange,
    ) -> Result<LeadPage, KioskError> {
        let opened = session.require_leads()?;
        self.staff.leads.revise(&opened, id, revision, change)
    }

    /// Merges lead `other` into lead `id`.
    pub fn staff_lead_merge(&self, session: &Session, id: Uuid, other: Uuid) -> Result<LeadPage, KioskError> {
        self.staff.leads.merge(&session.require_leads()?, id, other)
    }

    /// Erases all revisions of the lead with this ticket on this kiosk, and of leads merged with it.
    pub fn staff_lead_erase(&self, session: &Session, ticket: &str) -> Result<ErasureProof, KioskError> {
        self.staff.leads.erase(&session.require_leads()?, ticket)
    }

    /// The newest entries of the audit log, newest first.
    pub fn staff_audit_log(&self, session: &Session) -> Result<Vec<AuditRow>, KioskError> {
        session.require_pin()?;
        let lines = self.staff.access.audit_log(STAFF_AUDIT_ENTRIES)?;
        Ok(lines.into_iter().map(AuditRow::from).collect())
    }

    /// Checks that no entry of the audit log was changed or removed.
    pub fn check_audit_log(&self) -> Result<AuditCheck, KioskError> {
        self.staff.access.check_audit_log()
    }

    /// The newest entries of the audit log, for the command line.
    pub fn audit_log(&self, limit: u32) -> Result<Vec<AuditLine>, KioskError> {
        self.staff.access.audit_log(limit)
    }

    /// Leads that the platform rejects, with the reasons.
    pub fn staff_rejected_leads(&self, session: &Session) -> Result<Vec<RejectedLeadRow>, KioskError> {
        session.require_pin()?;
        let lines = self.rejected_leads()?;
        Ok(lines.into_iter().map(RejectedLeadRow::from).collect())
    }

    /// Queues the given rejected leads again, or all. Returns their number.
    pub fn staff_requeue(&self, session: &Session, ids: Option<&[Uuid]>) -> Result<u32, KioskError> {
        session.require_pin()?;
        self.requeue(ids)
    }

    /// Like [`Self::staff_rejected_leads`], for the command line.
    pub fn rejected_leads(&self) -> Result<Vec<RejectedLine>, KioskError> {
        self.staff.rejected_leads.list()
    }

    /// Like [`Self::staff_requeue`], for the command line.
    pub fn requeue(&self, ids: Option<&[Uuid]>) -> Result<u32, KioskError> {
        self.staff.rejected_leads.requeue(ids)
    }

    /// Gets leads out of damaged files.
    pub fn salvage_leads(&self, order: &SalvageOrder) -> Result<Salvage, KioskError> {
        self.staff.salvage.run(order)
    }

    /// The installed catalogue, and the one that staff can roll back to.
    pub fn staff_catalogue(&self, session: &Session) -> Result<CatalogueState, KioskError> {
        session.require_pin()?;
        catalogue_state(&self.supply)
    }

    /// Like [`Self::roll_back`].
    pub fn staff_roll_back(&self, session: &Session, from: u64) -> Result<u64, KioskError> {
        session.require_pin()?;
        self.roll_back(Some(from))
    }

    /// Progress of the current import; otherwise the result of the last one.
    pub fn staff_import_progress(&self, session: &Session) -> Result<ImportProgress, KioskError> {
        session.require_pin()?;
        Ok(self.staff.bundle_import.progress())
    }

    /// Imports a bundle for a command. After an error the installed catalogue is unchanged.
    pub fn import(&self, file: &Path) -> Result<Imported, KioskError> {
        self.staff.bundle_import.import_by_command(file)
    }

    /// Bundles on removable media, newest first. Fast enough to be called every few seconds.
    pub fn bundles_on_removable_media(&self) -> Result<Vec<UsbBundle>, KioskError> {
        let import = Arc::clone(&self.staff.bundle_import);
        self.staff.media.list(move || import.bundles())
    }

    /// Imports a bundle from a removable medium that is plugged in. Call [`Self::require_pin`] first.
    pub fn import_from_removable_media(&self, path: PathBuf) -> Result<Imported, KioskError> {
        let import = &self.staff.bundle_import;
        let importing = Arc::clone(import);
        (self.staff.media).transfer(|| import.progress(), move || importing.import_from_medium(&path))?
    }
}
