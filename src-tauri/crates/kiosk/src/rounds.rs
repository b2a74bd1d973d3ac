//! Rounds with the platform: one now, or for ever beside the windows.

use crate::catalogue::unpoisoned;
use crate::views::SyncReport;
use crate::{Kiosk, KioskError};
use protocol::EnrolmentRequest;
use std::future::Future;
use std::sync::Arc;
use sync::{Driver, Nudge, Platform, SystemClock};
use tokio::sync::{mpsc, oneshot};

/// Nudges that may wait; more say nothing new.
const NUDGES: usize = 8;

impl Kiosk {
    /// One whole round now.
    pub async fn sync_once<P: Platform>(self: &Arc<Self>, platform: P) -> Result<SyncReport, KioskError> {
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start());
        let report = driver
            .map_err(|e| KioskError::Internal(e.to_string()))?
            .once()
            .await;
        Ok(Self::sync_report(&report))
    }

    /// Rounds for ever, driven by time, until `stop` is ready.
    pub async fn keep_in_sync<P: Platform>(
        self: &Arc<Self>,
        platform: P,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<(), KioskError> {
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start())
            .map_err(|e| KioskError::Internal(e.to_string()))?;
        let (sender, nudges) = mpsc::channel(NUDGES);
        *unpoisoned(&self.line) = Some(sender);
        driver.run(stop, nudges).await;
        *unpoisoned(&self.line) = None;
        Ok(())
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
        line.send(Nudge::Now(sender)).await.map_err(|_| gone())?;
        Ok(Self::sync_report(&report.await.map_err(|_| gone())?))
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
                problem: format!("{error}. {}", error.state().sentence()),
            })?;
        self.enrol(address, &enrolled, phrase)
    }
}
