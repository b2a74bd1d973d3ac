//! Leads the platform refused for good or holds differently: staff see why, and have them sent again.

use crate::views::AsideRow;
use crate::{Kiosk, KioskError, Session};
use uuid::Uuid;

impl Kiosk {
    /// Leads that people must look at.
    pub fn staff_set_aside(&self, session: &Session) -> Result<Vec<AsideRow>, KioskError> {
        session.demand_pin()?;
        self.set_aside_leads()
    }

    /// Has leads that were set aside wait again: those named, or all. Returns how many.
    pub fn staff_requeue(&self, session: &Session, ids: Option<&[Uuid]>) -> Result<u32, KioskError> {
        session.demand_pin()?;
        self.requeue(ids)
    }

    /// The same for the operator's command line.
    pub fn set_aside_leads(&self) -> Result<Vec<AsideRow>, KioskError> {
        let rows = self.leads.aside()?;
        Ok(rows
            .into_iter()
            .map(|lead| {
                let (code, detail) = lead.reason.split_once(": ").unwrap_or((&lead.reason, ""));
                AsideRow {
                    id: lead.id.to_string(),
                    ticket: lead.ticket,
                    taken_at: lead.taken_at,
                    reason: code.to_owned(),
                    detail: detail.to_owned(),
                }
            })
            .collect())
    }

    /// The same for the operator's command line.
    pub fn requeue(&self, ids: Option<&[Uuid]>) -> Result<u32, KioskError> {
        let queued = self.leads.requeue(ids)?;
        if queued > 0 {
            self.audit("leads_requeued", format!("leads={queued}"))?;
            self.nudge();
        }
        Ok(queued)
    }
}
