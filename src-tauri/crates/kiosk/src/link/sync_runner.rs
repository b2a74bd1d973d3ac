//! Rounds with the platform: one now, or for ever beside the windows.

use crate::catalogue::install::unpoisoned;
use crate::link::provision::base;
use crate::settings::{ENROLMENT, Enrolment};
use crate::views::SyncReport;
use crate::{Kiosk, KioskError};
use protocol::EnrolmentRequest;
use std::future::Future;
use std::sync::Arc;
use store::{EnrolmentGuard, StoreError};
use sync::{Driver, Nudge, Platform, PlatformError, SystemClock};
use tokio::sync::{mpsc, oneshot};

/// Nudges that may wait; more say nothing new.
const NUDGES: usize = 8;

impl Kiosk {
    /// One whole round now, with the platform of an enrolment.
    pub async fn sync_once<P: Platform>(
        self: &Arc<Self>,
        enrolment: &Enrolment,
        platform: P,
    ) -> Result<SyncReport, KioskError> {
        self.serve(enrolment)?;
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start());
        let report = driver
            .map_err(|e| KioskError::Internal(e.to_string()))?
            .run_round()
            .await;
        Ok(Self::sync_report(&report))
    }

    /// Rounds for ever with the platform of an enrolment, driven by time, until `stop` is ready.
    pub async fn keep_in_sync<P: Platform>(
        self: &Arc<Self>,
        enrolment: &Enrolment,
        platform: P,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<(), KioskError> {
        self.serve(enrolment)?;
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start())
            .map_err(|e| KioskError::Internal(e.to_string()))?;
        let (sender, nudges) = mpsc::channel(NUDGES);
        *unpoisoned(&self.line) = Some(sender);
        driver.run(stop, nudges).await;
        *unpoisoned(&self.line) = None;
        Ok(())
    }

    /// Ties rounds to their enrolment: from the moment it is replaced by another, they are given nothing to send any more
    /// and what they bring is not kept.
    pub(crate) fn serve(&self, enrolment: &Enrolment) -> Result<(), KioskError> {
        let (now, guard) = self.leads.setting_with_guard::<Enrolment>(ENROLMENT)?;
        if now.as_ref() != Some(enrolment) {
            return Err(StoreError::Superseded { name: ENROLMENT }.into());
        }
        *unpoisoned(&self.served) = Some(guard);
        Ok(())
    }

    /// What rounds rest on; `None` when none were begun.
    pub(crate) fn served(&self) -> Option<EnrolmentGuard> {
        unpoisoned(&self.served).clone()
    }

    /// Tells the running rounds that a lead was taken. Without effect when none run: they look by themselves.
    pub fn nudge(&self) {
        if let Some(line) = unpoisoned(&self.line).as_ref() {
            // A full line means that a nudge is already on its way.
            let _ = line.try_send(Nudge::NewLead);
        }
    }

    /// Asks the running rounds for one now and waits for its report.
    pub async fn sync_now(&self) -> Result<SyncReport, KioskError> {
        let line = unpoisoned(&self.line).clone().ok_or(KioskError::NotEnrolled)?;
        let (sender, report) = oneshot::channel();
        let gone = || KioskError::Internal("the sync has stopped".to_owned());
        line.send(Nudge::RunRound(sender)).await.map_err(|_| gone())?;
        Ok(Self::sync_report(&report.await.map_err(|_| gone())?))
    }

    /// The token of this kiosk's enrolment, for a request to that very platform: so it knows which kiosk enrols anew. `None`
    /// for any other address, which must not learn it.
    pub fn token_at(&self, address: &str) -> Result<Option<String>, KioskError> {
        let known = self.enrolment()?;
        let known = known.filter(|known| known.platform.eq_ignore_ascii_case(base(address)));
        Ok(known.map(|known| known.token))
    }

    /// Redeems a one-time code at a platform and keeps what it brings. Returns how many waiting leads were sealed
    /// for the platform.
    pub async fn enrol_at<P: Platform>(
        &self,
        address: &str,
        platform: P,
        code: &str,
        phrase: Option<&str>,
    ) -> Result<u32, KioskError> {
        self.stop()?;
        let request = EnrolmentRequest {
            code: code.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let mut clock = SystemClock::start();
        let enrolled = sync::enrol(&platform, &mut clock, &request)
            .await
            .map_err(|error| KioskError::Setup {
                place: address.to_owned(),
                problem: why_not_enrolled(&error),
            })?;
        self.enrol(address, &enrolled, phrase)
    }
}

/// What stood in the way of enrolling, and what to do.
fn why_not_enrolled(error: &PlatformError) -> String {
    let code = match error {
        PlatformError::Refused { code, .. } => code.as_str(),
        PlatformError::RateLimited { .. } => "too_many_codes",
        _ => "",
    };
    match code {
        "code_unknown" => {
            "the platform does not know this code: look at it again, or ask for a new one".to_owned()
        }
        "code_used" => "this code was used before: ask for a new one".to_owned(),
        "code_expired" => "this code is too old: ask for a new one".to_owned(),
        "too_many_codes" => "too much was asked from here: wait ten minutes, then try again".to_owned(),
        _ => {
            let what = error.to_string();
            format!("{}. {}", what.trim_end_matches('.'), error.state().sentence())
        }
    }
}
