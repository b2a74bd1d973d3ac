//! Leads that the platform rejects, or holds with other bytes: staff see the reason and can queue them again. Must not
//! know: the sync.

use crate::error::KioskError;
use crate::link::platform_link::PlatformLink;
use crate::machine::environment::Environment;
use crate::views::RejectedLine;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_store::Leads;
use expo_sync::Rejection;
use std::sync::Arc;
use uuid::Uuid;

/// Lists and queues rejected leads.
pub(crate) struct RejectedLeads {
    env: Environment,
    leads: Arc<Leads>,
    link: Arc<PlatformLink>,
}

impl RejectedLeads {
    pub const fn new(env: Environment, leads: Arc<Leads>, link: Arc<PlatformLink>) -> Self {
        Self { env, leads, link }
    }

    /// The rejected leads.
    pub fn list(&self) -> Result<Vec<RejectedLine>, KioskError> {
        let rejected = self.leads.rejected()?;
        Ok(rejected
            .into_iter()
            .map(|lead| {
                let Rejection { code, detail } = Rejection::from_stored(&lead.reason);
                RejectedLine {
                    id: lead.id.to_string(),
                    ticket: lead.ticket,
                    taken_at: self.env.local_time_of(&lead.taken_at),
                    reason: code,
                    detail,
                }
            })
            .collect())
    }

    /// Queues the given rejected leads again, or all. Returns their number.
    pub fn requeue(&self, ids: Option<&[Uuid]>) -> Result<u32, KioskError> {
        let queued = self.leads.requeue(ids)?;
        if queued > 0 {
            self.env
                .audit(AuditAct::LeadsRequeued, &[(AuditDetail::Leads, &queued)])?;
            self.link.nudge();
        }
        Ok(queued)
    }
}
