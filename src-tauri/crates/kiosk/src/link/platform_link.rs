//! The link to the platform: the enrolment that the running sync belongs to, and the channel to it. Must not know: the
//! network, catalogues.

use super::sync_views::report_view;
use crate::error::KioskError;
use crate::lead_sealing::LeadSealing;
use crate::lock::lock;
use crate::machine::environment::Environment;
use crate::settings::{ENROLMENT, Enrolment};
use crate::views::SyncReport;
use expo_store::leads::SettingValue;
use expo_store::{Leads, SettingGuard, StoreError};
use expo_sync::Nudge;
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, oneshot};

/// The link to the platform.
pub(crate) struct PlatformLink {
    pub env: Environment,
    pub leads: Arc<Leads>,
    pub sealing: LeadSealing,
    /// Guards the enrolment that the running sync belongs to. Its results are discarded after another enrolment.
    guard: Mutex<Option<SettingGuard>>,
    /// Channel to the running sync, if any.
    nudges: Mutex<Option<mpsc::Sender<Nudge>>>,
}

impl PlatformLink {
    pub fn new(env: Environment, leads: Arc<Leads>, sealing: LeadSealing) -> Self {
        Self {
            env,
            leads,
            sealing,
            guard: Mutex::new(None),
            nudges: Mutex::new(None),
        }
    }

    /// Ties the sync to an enrolment. After another enrolment it gets no more leads, and its results are discarded. Errors
    /// if the kiosk is enrolled differently already.
    pub fn bind_sync_to(&self, enrolment: &Enrolment) -> Result<(), StoreError> {
        let (current, guard) = self.leads.setting_with_guard::<Enrolment>(ENROLMENT)?;
        if current.as_ref() != Some(enrolment) {
            return Err(StoreError::Superseded { name: ENROLMENT });
        }
        *lock(&self.guard) = Some(guard);
        Ok(())
    }

    /// Guard of the enrolment that the sync belongs to; `None` before the first sync.
    pub fn guard(&self) -> Option<SettingGuard> {
        lock(&self.guard).clone()
    }

    /// Saves settings that the sync changes, if the kiosk was not enrolled again since.
    pub fn save_guarded(&self, settings: &[(&'static str, &dyn SettingValue)]) -> Result<(), StoreError> {
        self.leads.set_guarded(self.guard().as_ref(), settings)
    }

    /// Sets the channel to the running sync.
    pub fn set_nudges(&self, nudges: Option<mpsc::Sender<Nudge>>) {
        *lock(&self.nudges) = nudges;
    }

    /// Tells the running sync that there is a new lead. Without a nudge, or without a running sync, the next regular round
    /// sends it.
    pub fn nudge(&self) {
        if let Some(nudges) = lock(&self.nudges).as_ref() {
            // If the channel is full, a nudge is waiting in it already.
            let _ = nudges.try_send(Nudge::NewLead);
        }
    }

    /// Asks the running sync for a round and waits for its report.
    pub async fn sync_now(&self) -> Result<SyncReport, KioskError> {
        let nudges = lock(&self.nudges).clone().ok_or(KioskError::NotEnrolled)?;
        let (sender, report) = oneshot::channel();
        let stopped = || KioskError::internal("the sync has stopped");
        nudges
            .send(Nudge::RunRound(sender))
            .await
            .map_err(|_| stopped())?;
        Ok(report_view(&report.await.map_err(|_| stopped())?))
    }
}
