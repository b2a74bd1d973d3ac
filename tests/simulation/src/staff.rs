//! Staff who rate leads, in any state of network and disk. Every revision that is on the disk must arrive exactly once.

use crate::error::SimulationError;
use crate::simulated_kiosk::SimulatedKiosk;
use crate::visitor::{MAX_LEADS, StoredLead};
use expo_kiosk_core::views::LeadChange;
use expo_sync::{LocalStore, QueuePosition};

impl SimulatedKiosk {
    /// Staff write a remark about a lead. Nothing happens while the program is closed, or after the lead was deleted.
    pub fn revise_lead(&self, lead: &StoredLead) -> Result<(), SimulationError> {
        let (log, session) = (&self.disk.log, &self.context.fixture.session);
        let Some(kiosk) = self.kiosk() else {
            return Ok(());
        };
        let Ok(page) = kiosk.staff_lead(session, lead.id) else {
            log.count("revisions of deleted leads", 1);
            return Ok(());
        };
        let revision = page.summary.revision;
        let change = LeadChange {
            staff_note: Some(format!("remark {revision}")),
            ..LeadChange::default()
        };
        let mut revised = None;
        let call = self.disk.call("revise lead", || {
            revised = Some(kiosk.staff_lead_revise(session, lead.id, revision, &change));
            Ok(())
        });
        log.count("revisions not confirmed", u64::from(call.is_err()));
        let Some(revised) = revised else {
            return Ok(());
        };
        revised.map_err(SimulationError::new)?;
        log.count("revisions stored", 1);
        log.note(format!(
            "{} stores revision {} of {}",
            self.id(),
            revision + 1,
            lead.ticket
        ));
        let waiting = kiosk
            .sync_port()
            .waiting(QueuePosition::START, MAX_LEADS)
            .map_err(SimulationError::new)?;
        let stored = waiting
            .into_iter()
            .map(|waiting| waiting.envelope)
            .find(|envelope| envelope.header.id == lead.id && envelope.header.revision == revision + 1);
        if let Some(envelope) = stored {
            self.expected_leads.on_stored(envelope);
        } else {
            log.violated(format!("a revision of {} is not on the disk", lead.ticket));
        }
        Ok(())
    }
}
